import { dayNumber, type DayNumber, dayOf, weekdayOf } from './days'

const MONDAY = 0
const THURSDAY = 3
const SATURDAY = 5
const SUNDAY = 6

const at = (year: number, month: number, date: number): DayNumber => Date.UTC(year, month - 1, date) / 86_400_000

/** The first such weekday on or after a day. */
const onOrAfter = (day: DayNumber, weekday: number): DayNumber => day + ((weekday - weekdayOf(day) + 7) % 7)

/** Offices close on the Friday before a Saturday and on the Monday after a Sunday. */
function observed(day: DayNumber): DayNumber {
  const weekday = weekdayOf(day)
  return weekday === SATURDAY ? day - 1 : weekday === SUNDAY ? day + 1 : day
}

/**
 * Days on which federal offices are closed in a year (5 U.S.C. 6103), the earliest first, as they are observed: where
 * New Year's Day is a Saturday, that is in the year before.
 */
export function federalHolidays(year: number): string[] {
  const days = [
    observed(at(year, 1, 1)),
    onOrAfter(at(year, 1, 15), MONDAY), // Martin Luther King
    onOrAfter(at(year, 2, 15), MONDAY), // Washington
    onOrAfter(at(year, 5, 25), MONDAY), // Memorial Day
    observed(at(year, 6, 19)), // Juneteenth
    observed(at(year, 7, 4)), // Independence
    onOrAfter(at(year, 9, 1), MONDAY), // Labor Day
    onOrAfter(at(year, 10, 8), MONDAY), // Columbus
    observed(at(year, 11, 11)), // Veterans
    onOrAfter(at(year, 11, 22), THURSDAY), // Thanksgiving
    observed(at(year, 12, 25)), // Christmas
    observed(at(year + 1, 1, 1)),
  ]
  return days.map(dayOf).filter((day) => day.startsWith(String(year)))
}

/** What a county says about its holidays. */
export interface Holidays {
  federal: boolean
  /** Days as `2027-03-31`, or as `03-31` for every year. */
  days: readonly string[]
  /** Federal holidays on which people work here all the same, written the same way. */
  worked: readonly string[]
}

/** Is a day one on which an office works? */
export function isWorkday(day: string, { federal, days, worked }: Holidays): boolean {
  if (weekdayOf(dayNumber(day)!) >= SATURDAY) return false
  const isIn = (list: readonly string[]) => list.includes(day) || list.includes(day.slice(5))
  if (isIn(days)) return false
  return isIn(worked) || !federal || !federalHolidays(Number(day.slice(0, 4))).includes(day)
}
