import type * as Y from 'yjs'
import { PlanError } from '../../shared/errors'
import { isLockedField } from '../../shared/ordered'
import { type Part, partKey } from '../../shared/part'
import { BELONGS, choose, type Kind, type Plan, type PlanItem, readPlan } from '../../shared/plan'
import type { VersionSummary } from '../../shared/version'
import { writeItem, writePlan } from '../../shared/writePlan'
import type { Visitor } from '../access/Access'
import { inTurn } from '../inTurn'
import type { LivePlans } from '../live/livePlans'
import type { Versions } from './versions'

interface Needs {
  livePlans: LivePlans
  versions: Versions
}

interface Asked {
  versionId: string
  /** One item of it; left out for the whole plan. */
  item?: { kind: Kind; id: string }
  /** Of which part of the plan. */
  part: Part
  by: { participantId: string; name: string }
  /** May they change what a court ordered? */
  changesOrders: boolean
  /** The same person, as they stand in the version's meeting. */
  reader: Visitor
}

/** What was read for it, and the plan as it is after. */
interface Restored {
  from: VersionSummary
  plan: Plan
}

export type Restore = ReturnType<typeof createRestore>

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

function find(plan: Plan, kind: Kind, id: string): PlanItem | undefined {
  return (plan[kind] as PlanItem[]).find((item) => item.id === id)
}

/** An item without what it belongs to would be seen nowhere, so that comes back too: as it stands now, where it still is. */
function restoreItem(doc: Y.Doc, plan: Plan, kind: Kind, id: string): void {
  const item = find(plan, kind, id)
  if (!item) throw new PlanError('version/item-not-found')
  const belongs = kind in BELONGS ? BELONGS[kind as keyof typeof BELONGS] : undefined
  if (belongs) {
    const ownerId = (item as unknown as Record<string, string>)[belongs.by]!
    if (!doc.getMap(belongs.to).has(ownerId)) restoreItem(doc, plan, belongs.to, ownerId)
    choose(doc, belongs.to, ownerId, { removed: false })
  }
  writeItem(doc, kind, item)
}

/** What a court ordered, in one of two plans, as this one says it. */
function ordersIn(plan: Plan, other: Plan): unknown[] {
  const isOrdered = (id: string) =>
    [plan, other].some(({ actions }) => actions.some((one) => one.id === id && one.ordered))
  const locked = (action: object) => Object.entries(action).filter(([field]) => isLockedField(field))
  return plan.actions.filter(({ id }) => isOrdered(id)).map(locked)
}

/** Would words that stand in the plan be gone with it? What was only hidden, or is not there, is not lost. */
function replacesWords(before: Plan, after: Plan, item: Asked['item']): boolean {
  if (!item) return true
  const [was, is] = [before, after].map((plan) => find(plan, item.kind, item.id))
  return was !== undefined && !same({ ...was, removed: false }, { ...is, removed: false })
}

/** Brings back what a version says, as new words of the asker. The version stays, and so do today's words: in a copy. */
export function createRestore({ livePlans, versions }: Needs) {
  const turns = inTurn()

  /** What of the version's words somebody may bring back. */
  async function wordsOf(versionId: string, part: Part, reader: Visitor): Promise<Restored> {
    const { plan, parts, commitments: _said, ...from } = await versions.read(versionId, reader)
    if (part.section === 'plan') return { from, plan }
    const words = parts.find((one) => partKey(one) === partKey(part))
    if (!words) throw new PlanError('version/item-not-found')
    return { from, plan: words.plan }
  }

  async function restore(meetingId: string, { versionId, item, part, by, reader, ...asked }: Asked): Promise<Restored> {
    const { from, plan } = await wordsOf(versionId, part, reader)
    // The copies of a plan are listed for everybody, so they must not tell that somebody was at work in another part.
    const keepsCopies = part.section === 'plan'
    let changed = false
    const bringBack = async (doc: Y.Doc) => {
      const before = readPlan(doc)
      if (item) restoreItem(doc, plan, item.kind, item.id)
      else writePlan(doc, plan)
      const after = readPlan(doc)
      changed = !same(before, after)
      if (!asked.changesOrders && !same(ordersIn(before, after), ordersIn(after, before)))
        throw new PlanError('plan/ordered')
      // Exactly what is replaced is kept; what others write meanwhile is not, and stays in the plan.
      if (keepsCopies && changed && replacesWords(before, after, item)) {
        await versions.checkpoint(meetingId, 'before-restore', { madeBy: by.name, plan: before })
      }
    }
    await livePlans.edit(meetingId, by.participantId, bringBack, part)
    if (keepsCopies && changed && !item) await versions.checkpoint(meetingId, 'restored', { madeBy: by.name })
    return { from, plan: await livePlans.readPlan(meetingId, part) }
  }

  /**
   * Two who bring back the same words at once would write them twice, so they take turns.
   *
   * @throws version/not-found, version/item-not-found; plan/sealed when the plan was sealed meanwhile
   */
  return (meetingId: string, asked: Asked): Promise<Restored> => turns(meetingId, () => restore(meetingId, asked))
}
