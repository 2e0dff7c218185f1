import { askedActions } from './askedActions'
import { type DayNumber, dayNumber, dayOf, mondayOf } from './days'
import { type Occurrence, occurrencesIn, type Span, WEEKS_AHEAD } from './occurrences'
import type { ActionItem, Plan, Program } from './plan'
import { PROGRAM_OFFICE } from './programOffice'
import { nameKey, whoComes } from './whoComes'

/** The time of one week that counts toward the hours a program asks for. */
export interface CountedWeek {
  /** Its Monday. */
  week: string
  minutes: number
  /** What counts, in the order it takes place first; of two at once, the time they share counts for the earlier. */
  parts: { action: ActionItem; minutes: number }[]
}

type Whose = Pick<Program, 'program' | 'who'>

/**
 * Does the time of a promise count there? What the office itself asks for does, and what is tagged so: a class, therapy,
 * helping at school. It counts for who has to be there.
 */
function counts(action: ActionItem, { program, who }: Whose): boolean {
  const office = PROGRAM_OFFICE[program]
  if (action.column !== office && !action.counts.split(' ').includes(office)) return false
  const people = whoComes(action).map(nameKey)
  return who.trim() ? people.includes(nameKey(who)) : people.length > 0
}

/** @param times the earliest first */
function countWeek(monday: DayNumber, times: readonly Occurrence[]): CountedWeek {
  const parts = new Map<string, CountedWeek['parts'][number]>()
  let counted = -Infinity
  for (const { action, starts, ends } of times) {
    const minutes = Math.max(0, ends - Math.max(starts, counted))
    counted = Math.max(counted, ends)
    const known = parts.get(action.id)
    if (known) known.minutes += minutes
    else parts.set(action.id, { action, minutes })
  }
  const all = [...parts.values()]
  return { week: dayOf(monday), minutes: all.reduce((sum, { minutes }) => sum + minutes, 0), parts: all }
}

/**
 * The hours that count toward a program in each of the eight weeks from the one of `from` on, Monday to Sunday; the way
 * there counts nowhere.
 */
export function hoursThatCount(plan: Plan, program: Whose, { timeZone, from }: Span): CountedWeek[] {
  const today = dayNumber(from)
  if (today === null) return []
  const first = mondayOf(today)
  const times = occurrencesIn(plan, { timeZone, from: dayOf(first) }).filter(({ action }) => counts(action, program))
  return Array.from({ length: WEEKS_AHEAD }, (_, week) => {
    const monday = first + 7 * week
    return countWeek(
      monday,
      times.filter(({ day }) => mondayOf(day) === monday),
    )
  })
}

/** What is tagged to count there and has no hours in the plan: nobody can count it yet. */
export function countsWithoutHours(plan: Plan, program: Whose): ActionItem[] {
  const office = PROGRAM_OFFICE[program.program]
  return askedActions(plan).filter(
    (action) =>
      action.counts.split(' ').includes(office) &&
      counts(action, program) &&
      (action.starts === null || action.ends === null),
  )
}
