import type { PlanDiff } from '../../../shared/planDiff'

export const COUNTED = ['done', 'added', 'strengths', 'withdrawn'] as const
export type Counted = (typeof COUNTED)[number]

/** How many promises were done, are new or were let go of, and how many strengths are new: what the plan itself says. */
export function countChanges({ items }: PlanDiff): Record<Counted, number> {
  const promises = items.filter(({ kind }) => kind === 'actions')
  const count = (happened: 'done' | 'added' | 'withdrawn') =>
    promises.filter(({ what }) => what.includes(happened)).length
  const strengths = items.filter(({ kind, what }) => kind === 'strengths' && what.includes('added')).length
  return { done: count('done'), added: count('added'), strengths, withdrawn: count('withdrawn') }
}
