import { BELONGS, byOrder, type Kind, KINDS, type Plan, type PlanItem, TEXT_ROOTS } from './plan'
import type { Happened, Heading, ItemChange, PlanDiff } from './planDiff'

type Values = Record<string, unknown>

/** The choices that say in which row of its kind an item stands; its sort key counts there only. */
const ROW: Partial<Record<Kind, readonly string[]>> = {
  actions: ['goal', 'column'],
  disagreements: ['agreement'],
  safety: ['part'],
}
/** What is told as moved, done or removed, and what nobody sees: the id behind a name, the language of the words. */
const NOT_WORDS = ['id', 'order', 'removed', 'language', 'state', 'closedOn', 'whoId', ...Object.values(ROW).flat()]

const parentOf = (kind: Kind) => BELONGS[kind as keyof typeof BELONGS] as { to: Kind; by: string } | undefined
const valuesOf = (item: PlanItem) => item as unknown as Values
const stateOf = (item: PlanItem | null) => (item && 'state' in item ? item.state : 'open')
const closedOn = (item: PlanItem) => ('closedOn' in item ? item.closedOn : null)

/** What differs between two plans, and what happened to each item. */
export function diffPlans(from: Plan, to: Plan): PlanDiff {
  const texts = TEXT_ROOTS.filter((root) => from[root] !== to[root])
  return {
    texts: texts.map((root) => ({ root, before: from[root], after: to[root] })),
    items: KINDS.flatMap((kind) => diffKind(kind, from, to)),
  }
}

/** The plan that the difference leads to. */
export function applyDiff(from: Plan, diff: PlanDiff): Plan {
  const kinds = KINDS.map((kind) => {
    const items = byId(from[kind])
    for (const change of diff.items) {
      if (change.kind !== kind) continue
      if (change.after) items.set(change.id, change.after)
      else items.delete(change.id)
    }
    return [kind, [...items.values()].sort(byOrder)]
  })
  const texts = diff.texts.map(({ root, after }) => [root, after])
  return { ...from, ...Object.fromEntries([...kinds, ...texts]) }
}

/** The hopes, promises and agreements that what changed belongs to, in the reading order of the later plan, gone ones last. */
export function headingsOf(diff: PlanDiff, from: Plan, to: Plan): Heading[] {
  const wanted = new Set(diff.items.flatMap((change) => parentKeys(change)))
  return (['goals', 'actions', 'agreements'] as const).flatMap((kind) => {
    const known = new Set(to[kind].map(({ id }) => id))
    const all = [...to[kind], ...from[kind].filter(({ id }) => !known.has(id))]
    return all.filter(({ id }) => wanted.has(`${kind}/${id}`)).map(({ id, words }) => ({ kind, id, words }))
  })
}

function parentKeys({ kind, before, after }: ItemChange): string[] {
  const parent = parentOf(kind)
  if (!parent) return []
  return [before, after].flatMap((item) => (item ? [`${parent.to}/${String(valuesOf(item)[parent.by])}`] : []))
}

function diffKind(kind: Kind, from: Plan, to: Plan): ItemChange[] {
  const [before, after] = [byId(from[kind]), byId(to[kind])]
  const [shownBefore, shownAfter] = [byId(shown(kind, from)), byId(shown(kind, to))]
  const stayed = [...shownBefore.values()].filter(({ id }) => shownAfter.has(id))
  const moved = findMoved(kind, stayed, shownAfter)
  return [...new Set([...after.keys(), ...before.keys()])].flatMap((id) => {
    const [old, now] = [before.get(id) ?? null, after.get(id) ?? null]
    const seen = { before: shownBefore.has(id), after: shownAfter.has(id), moved: moved.has(id) }
    const what = whatHappened(old, now, seen)
    const same = old && now && !differ(valuesOf(old), valuesOf(now))
    return same && !what.length ? [] : [{ kind, id, before: old, after: now, what } as ItemChange]
  })
}

const byId = (items: PlanItem[]) => new Map(items.map((item) => [item.id, item]))

/** Those that stand on the page: not removed, and not gone with what they belong to; what a court ordered stays. */
function shown(kind: Kind, plan: Plan): PlanItem[] {
  const parent = parentOf(kind)
  const items: PlanItem[] = plan[kind]
  const there = items.filter(({ removed }) => !removed)
  if (!parent) return there
  const parents = byId(shown(parent.to, plan))
  return there.filter((item) => parents.has(String(valuesOf(item)[parent.by])) || ('ordered' in item && item.ordered))
}

function differ(before: Values, after: Values, except: readonly string[] = []): boolean {
  return Object.keys(after).some((field) => !except.includes(field) && before[field] !== after[field])
}

/** Did it stand on the page before, does it after, and is that in another place? */
interface Seen {
  before: boolean
  after: boolean
  moved: boolean
}

function whatHappened(before: PlanItem | null, after: PlanItem | null, seen: Seen): Happened[] {
  if (!seen.before && !seen.after) return []
  if (!seen.after || !after) return ['withdrawn']
  const [was, is] = [before ? stateOf(before) : 'open', stateOf(after)]
  if (!before) return ['added', ...closed(is)]
  if (!seen.before) return ['put-back', ...(is === was ? [] : closed(is))]
  const what: Happened[] = []
  if (is === 'open' && was !== 'open') what.push(was === 'done' ? 'reopened' : 'put-back')
  else if (is !== was) what.push(...closed(is))
  if (seen.moved) what.push('moved')
  const otherDay = is === was && closedOn(before) !== closedOn(after)
  if (otherDay || differ(valuesOf(before), valuesOf(after), NOT_WORDS)) what.push('changed')
  return what
}

function closed(state: 'open' | 'done' | 'withdrawn'): Happened[] {
  return state === 'open' ? [] : [state]
}

/** The ids of those in another row, or in another place among those that stayed in their row. */
function findMoved(kind: Kind, stayed: PlanItem[], after: ReadonlyMap<string, PlanItem>): Set<string> {
  const rowOf = (item: PlanItem) => (ROW[kind] ?? []).map((field) => String(valuesOf(item)[field])).join(' ')
  const moved = new Set<string>()
  const rows = new Map<string, PlanItem[]>()
  for (const item of stayed) {
    const row = rowOf(item)
    if (row !== rowOf(after.get(item.id)!)) moved.add(item.id)
    else rows.set(row, [...(rows.get(row) ?? []), item])
  }
  const place = new Map([...after.keys()].map((id, index) => [id, index]))
  for (const row of rows.values()) {
    const places = row.map((item) => ({
      at: place.get(item.id)!,
      untouched: after.get(item.id)!.order === item.order,
    }))
    const kept = longestInOrder(places)
    row.forEach((item, index) => {
      if (!kept.has(index)) moved.add(item.id)
    })
  }
  return moved
}

/**
 * The longest part of a row that kept its order, as indexes: all others were moved. Of several as long, the one with
 * the most untouched sort keys: when two changed places, it is the one that somebody took that was moved.
 */
function longestInOrder(row: { at: number; untouched: boolean }[]): Set<number> {
  const weight = (index: number) => row.length + 1 + (row[index]!.untouched ? 1 : 0)
  const best: { total: number; before: number }[] = []
  for (let index = 0; index < row.length; index++) {
    best[index] = { total: weight(index), before: -1 }
    for (let earlier = 0; earlier < index; earlier++) {
      const total = best[earlier]!.total + weight(index)
      if (row[earlier]!.at < row[index]!.at && total > best[index]!.total) best[index] = { total, before: earlier }
    }
  }
  const kept = new Set<number>()
  let end = best.reduce((top, { total }, index) => (total > (best[top]?.total ?? 0) ? index : top), -1)
  for (; end >= 0; end = best[end]!.before) kept.add(end)
  return kept
}
