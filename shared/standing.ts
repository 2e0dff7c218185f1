import { BELONGS, type Kind, type Plan, type PlanItem } from './plan'

/** The choices that say beside what an item stands on the page. */
const TOGETHER: Partial<Record<Kind, readonly string[]>> = {
  actions: ['goal', 'column'],
  disagreements: ['agreement'],
  safety: ['part'],
  ideas: ['pile', 'group'],
}

/** Done, or let go of: it stays to be seen, below what is still open. */
export const isClosed = (item: object) => 'state' in item && item.state !== 'open'

/** Put to later, or parked: it waits, below all others, until somebody takes it up again. */
export const isWaiting = (item: object) =>
  !isClosed(item) && (('later' in item && item.later === true) || ('pile' in item && item.pile !== 'now'))

/** A family can keep so many goals in mind at a time; a plan with more suggests that some of them wait. */
export const GOALS_FEW = 4

const rankOf = (item: object) => (isWaiting(item) ? 2 : Number(isClosed(item)))

/** The item to which the kept one belongs stays too, or there would be no place for it. */
function ownerOf(plan: Plan, kind: Kind, keepId: string | null): unknown {
  for (const [owned, { to, by }] of Object.entries(BELONGS)) {
    const kept = to === kind && plan[owned as keyof typeof BELONGS].find(({ id }) => id === keepId)
    if (kept) return (kept as unknown as Record<string, unknown>)[by]
  }
}

/**
 * The items of a kind as they stand on the page: what is open, then what is closed, then what waits, without what was
 * removed.
 *
 * @param keepId an item that stays to be seen though somebody removed it: the one this person is writing in
 */
export function standing<K extends Kind>(plan: Plan, kind: K, keepId: string | null = null): Plan[K] {
  const owner = keepId && ownerOf(plan, kind, keepId)
  const items = (plan[kind] as PlanItem[]).filter(({ removed, id }) => !removed || id === keepId || id === owner)
  return items.sort((a, b) => rankOf(a) - rankOf(b)) as Plan[K]
}

/** Those between which an item moves up and down, it included. */
export function rowOf(plan: Plan, kind: Kind, id: string): PlanItem[] {
  const items: PlanItem[] = standing(plan, kind, id)
  const item = items.find((one) => one.id === id)
  if (!item) return []
  const valueOf = (one: PlanItem, field: string) => (one as unknown as Record<string, unknown>)[field]
  const beside = (one: PlanItem) =>
    (TOGETHER[kind] ?? []).every((field) => valueOf(one, field) === valueOf(item, field))
  return items.filter((one) => beside(one) && rankOf(one) === rankOf(item))
}
