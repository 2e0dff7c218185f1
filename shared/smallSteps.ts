import type { Plan, SmallStep } from './plan'

/** More small steps than this are a plan of their own. */
export const STEPS_MOST = 6

/** The small steps of a promise in the order they are taken, done or not. */
export function smallStepsOf({ steps }: Pick<Plan, 'steps'>, actionId: string): SmallStep[] {
  return steps.filter(({ removed, action }) => !removed && action === actionId)
}

/** The first that is not done yet and says something. */
export function nextStep(plan: Pick<Plan, 'steps'>, actionId: string): SmallStep | undefined {
  return smallStepsOf(plan, actionId).find(({ state, words }) => state === 'open' && words.trim())
}
