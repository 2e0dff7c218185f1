/** Days counted from 1 January 1970, which was a Thursday: plain numbers to reckon with, the same in every zone. */
export type DayNumber = number

/** The number of a day as plans write it (`2027-03-05`); null for one that is in no calendar. */
export function dayNumber(day: string): DayNumber | null {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const number = Date.UTC(year, month - 1, date) / 86_400_000
  return dayOf(number) === day ? number : null
}

/** The day with this number, as plans write it. */
export function dayOf(number: DayNumber): string {
  return new Date(number * 86_400_000).toISOString().slice(0, 10)
}

/** Which day of the week it is: 0 is Monday. */
export const weekdayOf = (number: DayNumber): number => (((number + 3) % 7) + 7) % 7

/** The Monday of its week. */
export const mondayOf = (number: DayNumber): DayNumber => number - weekdayOf(number)
