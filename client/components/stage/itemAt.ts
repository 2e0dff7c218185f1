import type { Kind, Plan, PlanItem } from '../../../shared/plan'

/** The item that is pointed at, `kind/id`, while it stands in the plan. */
export function itemAt(plan: Plan, at: string | undefined): PlanItem | undefined {
  const [kind, id] = at?.split('/') ?? []
  const items: PlanItem[] | undefined = plan[kind as Kind]
  return items?.find((item) => item.id === id && !item.removed)
}
