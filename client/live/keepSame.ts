import { KINDS, type Plan, type PlanItem } from '../../shared/plan'

function sameItem<T extends object>(a: T, b: T): boolean {
  return (Object.keys(b) as (keyof T)[]).every((key) => a[key] === b[key])
}

/** The old list's objects wherever nothing in them changed, and the old list itself where nothing changed at all. */
export function keepSameItems<T extends { id: string }>(before: readonly T[], after: readonly T[]): readonly T[] {
  const known = new Map(before.map((item) => [item.id, item]))
  const kept = after.map((item) => {
    const old = known.get(item.id)
    return old && sameItem(old, item) ? old : item
  })
  return kept.length === before.length && kept.every((item, index) => item === before[index]) ? before : kept
}

/** A plan read afresh, with the objects of the one before where nothing changed: only what changed is drawn again. */
export function keepSame(before: Plan | null, after: Plan): Plan {
  if (!before) return after
  const kept = { ...after }
  for (const kind of KINDS) Object.assign(kept, { [kind]: keepSameItems<PlanItem>(before[kind], after[kind]) })
  return sameItem(before, kept) ? before : kept
}
