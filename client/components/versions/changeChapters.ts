import { BELONGS, type Kind, KINDS } from '../../../shared/plan'
import type { Happened, Heading, ItemChange, PlanDiff } from '../../../shared/planDiff'
import { fieldText } from './fieldText'

/** Changes under one hope or agreement; under none where the kind belongs to nothing. */
export interface ChangeGroup {
  heading: Heading | null
  changes: ItemChange[]
}

export interface ChangeChapter {
  kind: Kind
  groups: ChangeGroup[]
}

/** Good news first. */
const RANK: readonly Happened[] = ['done', 'added', 'put-back', 'reopened', 'changed', 'moved', 'withdrawn']
const rankOf = ({ what }: ItemChange) => Math.min(...what.map((one) => RANK.indexOf(one)))

function groupsOf(kind: Kind, changes: ItemChange[], headings: Heading[]): ChangeGroup[] {
  if (!(kind in BELONGS)) return [{ heading: null, changes }]
  const { to, by } = BELONGS[kind as keyof typeof BELONGS]
  const known = headings.filter((heading) => heading.kind === to)
  // Under what it belongs to now, or did: what it names now may be gone.
  const headingOf = ({ before, after }: ItemChange) =>
    [after, before].map((item) => known.find(({ id }) => id === fieldText(item, by))).find(Boolean) ?? null
  return [...known, null]
    .map((heading) => ({ heading, changes: changes.filter((change) => headingOf(change) === heading) }))
    .filter((group) => group.changes.length > 0)
}

/** What changed for the eyes of people: chapter by chapter in reading order, the good news of each first. */
export function changeChapters({ items }: PlanDiff, headings: Heading[]): ChangeChapter[] {
  const seen = items.filter(({ what }) => what.length > 0).sort((a, b) => rankOf(a) - rankOf(b))
  return KINDS.map((kind) => {
    const own = seen.filter((change) => change.kind === kind)
    return { kind, groups: own.length > 0 ? groupsOf(kind, own, headings) : [] }
  }).filter(({ groups }) => groups.length > 0)
}
