import { askedActions } from './askedActions'
import { type DayNumber, dayNumber, mondayOf, weekdayOf } from './days'
import { type ActionItem, type Plan, WEEKDAYS } from './plan'
import { zoneClock } from './zoneClock'

/** How far ahead a plan is looked at. */
export const WEEKS_AHEAD = 8
const DAYS_AHEAD = WEEKS_AHEAD * 7

/** Eight weeks from a day, in the zone in which the meeting takes place. */
export interface Span {
  timeZone: string
  /** The first day. */
  from: string
}

/** One time at which somebody has to be somewhere. */
export interface Occurrence {
  action: ActionItem
  /** The day on which it starts, in the meeting's zone. */
  day: DayNumber
  /** Minutes since 1970 UTC; the end is never before the start, and the same for what takes no time. */
  starts: number
  ends: number
}

const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
const numberOf = (day: string | null) => (day === null ? null : dayNumber(day))

/** Which of its weekday in the month a day is, 0 to 4; the fifth stands for the last. */
const weekOfMonth = (date: number) => Math.floor((date - 1) / 7)

/** Is `day` the same weekday of its month as `first` is of its own? */
function isSameOfMonth(first: DayNumber, day: DayNumber): boolean {
  if (weekdayOf(first) !== weekdayOf(day)) return false
  const dateOf = (number: DayNumber) => new Date(number * 86_400_000).getUTCDate()
  if (weekOfMonth(dateOf(first)) < 4) return weekOfMonth(dateOf(day)) === weekOfMonth(dateOf(first))
  // The last one: a week later it is another month.
  return dateOf(day + 7) <= 7
}

/** Whether a thing takes place on a day, as far as its rule goes; its first and last day are looked at elsewhere. */
function ruleOf(action: ActionItem, from: DayNumber): (day: DayNumber) => boolean {
  const first = numberOf(action.on)
  const { repeats } = action
  if (repeats === 'once') return (day) => day === first
  if (repeats === 'monthly') return (day) => first !== null && isSameOfMonth(first, day)
  const chosen = WEEKDAYS.flatMap((name, index) => (action.days.split(' ').includes(name) ? [index] : []))
  const days = chosen.length || first === null ? chosen : [weekdayOf(first)]
  const week = mondayOf(first ?? from)
  const every = repeats === 'weekly' ? 7 : 14
  return (day) => days.includes(weekdayOf(day)) && (mondayOf(day) - week) % every === 0
}

/** Every time a promise takes somebody somewhere within the span, whatever became of it. Without a time there is none. */
export function occurrencesOf(action: ActionItem, { timeZone, from }: Span): Occurrence[] {
  const start = numberOf(from)
  if (action.starts === null || start === null) return []
  const clock = zoneClock(timeZone)
  const takesPlace = ruleOf(action, start)
  const opens = minuteOf(action.starts)
  const closes = action.ends === null ? opens : minuteOf(action.ends)
  const once = action.repeats === 'once'
  const first = Math.max(start, numberOf(action.on) ?? start)
  const last = Math.min(start + DAYS_AHEAD - 1, (once ? null : numberOf(action.until)) ?? Infinity)
  const all: Occurrence[] = []
  for (let day = first; day <= last; day += 1) {
    if (!takesPlace(day)) continue
    const starts = clock.at(day, opens)
    // What ends earlier in the day than it starts goes on into the next one: somebody stays for the night.
    const ends = clock.at(closes < opens ? day + 1 : day, closes)
    all.push({ action, day, starts, ends: Math.max(starts, ends) })
  }
  return all
}

/** What a plan asks of people within the span, the earliest first. */
export function occurrencesIn(plan: Plan, span: Span): Occurrence[] {
  return askedActions(plan)
    .flatMap((action) => occurrencesOf(action, span))
    .sort((a, b) => a.starts - b.starts)
}
