import { byPerson } from './byPerson'
import { type DayNumber, dayOf, mondayOf } from './days'
import type { Occurrence } from './occurrences'
import type { Column } from './plan'
import { placeKey, wayBetween } from './wayBetween'
import { nameKey } from './whoComes'

/** Longest pause between two things that is spent waiting and not at home, in minutes. */
const WAIT_MOST = 120

/** What a plan asks of one person in their fullest week. */
export interface Load {
  person: string
  /** The Monday of that week. */
  week: string
  /** All in minutes. */
  minutes: number
  byColumn: { column: Column; minutes: number }[]
  /** How many times they have to go somewhere. */
  trips: number
  /** Pauses of at most two hours between two things on one day, without the way. */
  waiting: number
}

const lengthOf = ({ starts, ends }: Occurrence) => ends - starts
const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)

/** Minutes that a person waits in a week: from the end of all that was before to the way to the next, day by day. */
function waitingIn(week: readonly Occurrence[]): number {
  let waiting = 0
  let before: Occurrence | undefined
  for (const next of week) {
    if (before?.day === next.day) {
      const pause = next.starts - before.ends - wayBetween(before.action, next.action)
      if (pause > 0 && pause <= WAIT_MOST) waiting += pause
    }
    if (!before || before.day !== next.day || next.ends > before.ends) before = next
  }
  return waiting
}

function loadOf(person: string, monday: DayNumber, week: readonly Occurrence[]): Load {
  const columns = new Map<Column, number>()
  for (const one of week) columns.set(one.action.column, (columns.get(one.action.column) ?? 0) + lengthOf(one))
  const byColumn = [...columns].map(([column, minutes]) => ({ column, minutes })).filter(({ minutes }) => minutes > 0)
  return {
    person,
    week: dayOf(monday),
    minutes: sum(week.map(lengthOf)),
    byColumn: byColumn.sort((a, b) => b.minutes - a.minutes),
    trips: week.filter(({ action }) => action.travel > 0 || placeKey(action.where) !== '').length,
    waiting: waitingIn(week),
  }
}

function fullestWeek(person: string, times: readonly Occurrence[]): Load {
  const weeks = new Map<DayNumber, Occurrence[]>()
  for (const one of times) weeks.set(mondayOf(one.day), [...(weeks.get(mondayOf(one.day)) ?? []), one])
  const loads = [...weeks].map(([monday, week]) => loadOf(person, monday, week))
  return loads.reduce((most, one) => (one.minutes > most.minutes ? one : most))
}

/**
 * Hours, trips and waiting of each of the family in their fullest week, Monday to Sunday; who has nothing to go to
 * is left out.
 *
 * @param occurrences the earliest first
 * @param members those of the family, by name
 */
export function weighLoad(occurrences: readonly Occurrence[], members: readonly string[]): Load[] {
  const people = byPerson(occurrences)
  const keys = [...new Set(members.map(nameKey))]
  return keys.flatMap((key) => {
    const person = people.get(key)
    const load = person && fullestWeek(person.name, person.times)
    return load && (load.minutes > 0 || load.trips > 0) ? [load] : []
  })
}
