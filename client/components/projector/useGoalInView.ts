import { onScopeDispose, ref, watch, type Ref } from 'vue'
import type { Plan } from '../../../shared/plan'
import type { Presence } from '../../../shared/planFrames'

/** A goal in which nothing was written for so long may give way to another, in milliseconds. */
const QUIET = 8_000

/** The goal an address belongs to. */
function goalAt(plan: Plan, address: string | null): string | null {
  const [kind, id] = address?.split('/') ?? []
  if (kind === 'goals') return id ?? null
  return kind === 'actions' ? (plan.actions.find((action) => action.id === id)?.goal ?? null) : null
}

/** Goals in which something differs between two readings of the plan; what did not change is the same object. */
function changedGoals(before: Plan, after: Plan): string[] {
  const known = new Set<unknown>([...before.goals, ...before.actions])
  const goals = after.goals.filter((goal) => !known.has(goal)).map(({ id }) => id)
  return [...goals, ...after.actions.filter((action) => !known.has(action)).map(({ goal }) => goal)]
}

/**
 * The goal to show when not all fit: where somebody writes. It stays while there is writing in it, so that two people
 * in two goals do not make the wall jump.
 */
export function useGoalInView(plan: Ref<Plan | null>, others: Ref<Presence[]>): Ref<string | null> {
  const inView = ref<string | null>(null)
  let lastChange = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  function suggest(goal: string | null): void {
    if (!plan.value?.goals.some(({ id, removed }) => id === goal && !removed)) return
    const now = Date.now()
    if (goal === inView.value) lastChange = now
    else if (inView.value === null || now - lastChange >= QUIET) {
      inView.value = goal
      lastChange = now
    } else {
      clearTimeout(timer)
      timer = setTimeout(() => suggest(goal), lastChange + QUIET - now)
    }
  }

  watch(plan, (after, before) => {
    if (!after) return
    const standing = after.goals.filter(({ removed }) => !removed)
    if (!standing.some(({ id }) => id === inView.value)) {
      inView.value = standing[0]?.id ?? null
      lastChange = 0
    }
    if (before) for (const goal of changedGoals(before, after)) suggest(goal)
  })
  watch(others, (now) => {
    const writing = now.map(({ at }) => plan.value && goalAt(plan.value, at))
    if (!writing.includes(inView.value)) suggest(writing.find(Boolean) ?? null)
  })
  onScopeDispose(() => clearTimeout(timer))
  return inView
}
