import type { ActionItem, Plan } from './plan'
import { isClosed, isWaiting } from './standing'

/**
 * What a plan asks of people now: what is open, under a goal that stands and does not wait. What a court ordered is asked
 * whatever becomes of its goal.
 */
export function askedActions({ goals, actions }: Plan): ActionItem[] {
  const idle = new Set(goals.filter((goal) => goal.removed || isWaiting(goal)).map(({ id }) => id))
  return actions.filter((action) => !action.removed && !isClosed(action) && (action.ordered || !idle.has(action.goal)))
}

/** What a court ordered under a goal that somebody removed: it stays to be seen. */
export function strayOrders({ goals, actions }: Plan): ActionItem[] {
  const there = new Set(goals.filter((goal) => !goal.removed).map(({ id }) => id))
  return actions.filter((action) => action.ordered && !action.removed && !there.has(action.goal))
}
