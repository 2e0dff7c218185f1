import { askedActions } from './askedActions'
import { dayNumber } from './days'
import type { Column, Plan, Program } from './plan'
import type { NextStep } from './program'

/** One day on the strip of everybody's clocks. */
export interface Deadline {
  day: string
  /** What has to be by then: a promise kept, something that takes place once or ends, or the plan looked at anew. */
  what: 'due' | 'on' | 'until' | 'renewal' | NextStep
  /** Whose clock it is; null for the plan's own. */
  column: Column | null
  /** The promise; null for the plan itself. */
  action: string | null
  /** The benefit or program whose next step it is; left out for everything else. */
  program?: Program
  /** Days it is late on the day looked from; 0 while it is not. */
  late: number
}

function daysLate(day: string, today: string): number {
  const [due, now] = [dayNumber(day), dayNumber(today)]
  return due === null || now === null ? 0 : Math.max(0, now - due)
}

/**
 * Every dated thing of a plan on one strip, the earliest first, with whose clock it is. What is over has no clock any
 * more; what took place is not late.
 *
 * @param today the day from which it is looked, in the meeting's zone
 * @param renewal by when the plan is to be looked at anew, where it is
 */
export function findDeadlines(plan: Plan, today: string, renewal: string | null = null): Deadline[] {
  const found = askedActions(plan).flatMap(({ id, column, due, on, until, repeats }): Deadline[] => {
    const clock = { column, action: id, late: 0 }
    const dates: Deadline[] = []
    if (due) dates.push({ ...clock, day: due, what: 'due', late: daysLate(due, today) })
    if (on && on >= today && on !== due && repeats === 'once') dates.push({ ...clock, day: on, what: 'on' })
    if (until && until >= today && repeats !== 'once') dates.push({ ...clock, day: until, what: 'until' })
    return dates
  })
  if (renewal) found.push({ day: renewal, what: 'renewal', column: null, action: null, late: daysLate(renewal, today) })
  return found.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
}
