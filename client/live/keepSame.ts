import type { Plan } from '../../shared/plan'

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
  const goals = keepSameItems(before.goals, after.goals) as Plan['goals']
  const actions = keepSameItems(before.actions, after.actions) as Plan['actions']
  const same = goals === before.goals && actions === before.actions && before.question === after.question
  return same ? before : { question: after.question, goals, actions }
}
