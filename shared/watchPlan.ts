import { findClashes, type Clash } from './clashes'
import { findDuplicates, type Duplicate } from './duplicates'
import { type Load, weighLoad } from './load'
import { occurrencesIn, type Span } from './occurrences'
import type { Plan } from './plan'
import { nameKey, whoComes } from './whoComes'

/** Somebody in the room, as far as a plan has to know. */
export interface Person {
  name: string
  role: string
}

/** What there is to watch out for in a plan. */
export interface Watch {
  clashes: Clash[]
  loads: Load[]
  duplicates: Duplicate[]
}

const OF_THE_FAMILY = ['family', 'youth', 'support']

/**
 * Those of the family, by name: who is in the room on its side, and whom the plan names in its column or as having to
 * come, unless they are in the room for somebody else.
 */
export function membersOf(plan: Plan, people: readonly Person[]): string[] {
  const others = new Set(people.filter(({ role }) => !OF_THE_FAMILY.includes(role)).map(({ name }) => nameKey(name)))
  for (const { column, who } of plan.actions) if (column !== 'family') others.add(nameKey(who))
  const own = people.filter(({ role }) => OF_THE_FAMILY.includes(role)).map(({ name }) => name)
  const named = plan.actions.flatMap((action) => (action.column === 'family' || action.attends ? whoComes(action) : []))
  const members = new Map(named.filter((name) => !others.has(nameKey(name))).map((name) => [nameKey(name), name]))
  for (const name of own) members.set(nameKey(name), name)
  return [...members.values()]
}

/** What the times and the people of a plan can be watched for, in one reading. What it lacks depends on more: `findGaps`. */
export function watchPlan(plan: Plan, span: Span, people: readonly Person[] = []): Watch {
  const occurrences = occurrencesIn(plan, span)
  const members = membersOf(plan, people)
  return {
    clashes: findClashes(occurrences),
    loads: weighLoad(occurrences, members),
    duplicates: findDuplicates(plan, members),
  }
}
