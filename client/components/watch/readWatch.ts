import type { Clash } from '../../../shared/clashes'
import type { Participant } from '../../../shared/meeting'
import type { ActionItem, Plan } from '../../../shared/plan'
import { type Watch, watchPlan } from '../../../shared/watchPlan'
import type { Watching } from '../plan/useWatching'

/** What there is to watch out for, with what is looked up for every card. */
export interface Reading extends Watch {
  plan: Plan
  actions: ReadonlyMap<string, ActionItem>
  /** By promise. */
  clashesAt: ReadonlyMap<string, Clash[]>
}

interface Known {
  people: readonly Participant[]
  from: string
  reading: Reading
}

/** A plan that did not change is the same object: it is reckoned once for the whole page. */
const known = new WeakMap<Plan, Known>()

function read(plan: Plan, { timeZone, from }: Watching, people: readonly Participant[]): Reading {
  const watch = watchPlan(plan, { timeZone, from }, people)
  const clashesAt = new Map<string, Clash[]>()
  for (const clash of watch.clashes) {
    for (const id of [clash.first, clash.second]) clashesAt.set(id, [...(clashesAt.get(id) ?? []), clash])
  }
  const actions = new Map(plan.actions.map((action) => [action.id, action]))
  return { ...watch, plan, actions, clashesAt }
}

/** What there is to watch out for in the plan as it is now; null before it has come. */
export function readWatch(watching: Watching): Reading | null {
  const plan = watching.plan.value
  if (!plan) return null
  const people = watching.people.value
  const before = known.get(plan)
  if (before?.people === people && before.from === watching.from) return before.reading
  const reading = read(plan, watching, people)
  known.set(plan, { people, from: watching.from, reading })
  return reading
}
