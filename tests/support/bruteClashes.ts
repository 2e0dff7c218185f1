import type { ActionItem } from '../../shared/plan'
import type { Schedule } from './arbitrarySchedule'
import { type Date3, momentAt, monthLength, nextDay, serialOf, weekday } from './zoneRules'

// What the plan's own reckoning is held against: every pair of times, every day looked at by itself, minutes counted one
// by one. Written from the rules alone and sharing nothing with what it checks.

interface Time {
  action: ActionItem
  day: number
  starts: number
  ends: number
}

function parse(day: string | null): Date3 | null {
  if (!day) return null
  const [, year, month, date] = /(\d+)-(\d+)-(\d+)/.exec(day)!.map(Number) as [number, number, number, number]
  return date <= monthLength(year, month) ? { year, month, date } : null
}

const NAMES_OF_DAYS = ['su', 'mo', 'tu', 'we', 'th', 'fr', 'sa']
const same = (a: Date3, b: Date3) => a.year === b.year && a.month === b.month && a.date === b.date

/** Counted by going through the month: 1 for the first of its weekday … */
function nthOfMonth(day: Date3): number {
  let nth = 0
  for (let date = 1; date <= day.date; date += 1) if (weekday({ ...day, date }) === weekday(day)) nth += 1
  return nth
}

function isLast(day: Date3): boolean {
  for (let date = day.date + 1; date <= monthLength(day.year, day.month); date += 1) {
    if (weekday({ ...day, date }) === weekday(day)) return false
  }
  return true
}

/** Goes back day by day to the Monday. */
function monday(day: Date3): number {
  let back = 0
  while ((weekday(day) - back + 7) % 7 !== 1) back += 1
  return serialOf(day) - back
}

function takesPlace(action: ActionItem, day: Date3, from: Date3): boolean {
  const on = parse(action.on)
  if (action.repeats === 'once') return on !== null && same(on, day)
  if (on && serialOf(day) < serialOf(on)) return false
  const until = parse(action.until)
  if (until && serialOf(day) > serialOf(until)) return false
  if (action.repeats === 'monthly') {
    if (!on || weekday(on) !== weekday(day)) return false
    return nthOfMonth(on) === 5 ? isLast(day) : nthOfMonth(day) === nthOfMonth(on)
  }
  const days = action.days ? action.days.split(' ') : on ? [NAMES_OF_DAYS[weekday(on)]!] : []
  if (!days.includes(NAMES_OF_DAYS[weekday(day)]!)) return false
  if (action.repeats === 'weekly') return true
  const weeks = (monday(day) - monday(on ?? from)) / 7
  return weeks % 2 === 0
}

const minutes = (time: string) => 60 * Number(time.split(':')[0]) + Number(time.split(':')[1])

function timesOf({ plan, timeZone, from }: Schedule): Time[] {
  const times: Time[] = []
  for (const action of plan.actions) {
    const goal = plan.goals.find(({ id }) => id === action.goal)
    if (action.removed || action.state !== 'open' || !action.starts) continue
    if (!action.ordered && (goal?.removed || (goal?.later && goal.state === 'open'))) continue
    let day = parse(from)!
    for (let count = 0; count < 56; count += 1) {
      if (takesPlace(action, day, parse(from)!)) {
        const starts = momentAt(timeZone, day, minutes(action.starts))
        const overnight = action.ends !== null && minutes(action.ends) < minutes(action.starts)
        const ends = action.ends ? momentAt(timeZone, overnight ? nextDay(day) : day, minutes(action.ends)) : starts
        times.push({ action, day: serialOf(day), starts, ends: ends < starts ? starts : ends })
      }
      day = nextDay(day)
    }
  }
  return times
}

const person = (name: string) =>
  [...name]
    .filter((sign) => sign.trim())
    .join('')
    .toLowerCase()

function peopleOf({ attends, who }: ActionItem): Set<string> {
  const names = attends ? attends.split('\n') : who ? [who] : []
  return new Set(names.map(person))
}

const place = (where: string) => where.toLowerCase().split(/\s+/).filter(Boolean).join(' ')

/** Minutes of the second that are missed, counted one by one. */
function missed(first: Time, second: Time): number {
  const samePlace = place(first.action.where) !== '' && place(first.action.where) === place(second.action.where)
  const way = samePlace ? 0 : Math.max(first.action.travel, second.action.travel)
  // Who picks up a child in the middle of a class comes when the class is over; the class is missed at no minute.
  const instant = second.ends === second.starts && first.starts !== second.starts && !samePlace
  const over = instant && first.ends > second.starts ? first.ends : Math.min(first.ends, second.ends)
  let count = 0
  for (let minute = second.starts; minute < over + way; minute += 1) count += 1
  return count
}

export interface BruteClash {
  minutes: number
  at: number
  times: number
}

/** Clashes by pair of promises (ids in order) and person. */
export function bruteClashes(schedule: Schedule): Record<string, BruteClash> {
  const times = timesOf(schedule)
  const found: Record<string, BruteClash> = {}
  for (const one of times) {
    for (const other of times) {
      if (one.action.id >= other.action.id) continue
      const [first, second] = one.starts <= other.starts ? [one, other] : [other, one]
      if (second.starts - first.ends > 480) continue
      const short = missed(first, second)
      if (short === 0) continue
      const others = peopleOf(other.action)
      for (const name of peopleOf(one.action)) {
        if (!others.has(name)) continue
        const key = `${one.action.id} ${other.action.id} ${name}`
        const known = found[key] ?? { minutes: 0, at: Infinity, times: 0 }
        const at = Math.min(known.at, second.starts)
        found[key] = { minutes: Math.max(known.minutes, short), at, times: known.times + 1 }
      }
    }
  }
  return found
}

/** Minutes of each person's fullest week, Monday to Sunday, of whoever has any. */
export function bruteLoad(schedule: Schedule): Record<string, number> {
  const weeks: Record<string, Record<number, number>> = {}
  for (const { action, day, starts, ends } of timesOf(schedule)) {
    // 5 January 1970 was a Monday.
    const week = Math.floor((day - 4) / 7)
    for (const name of peopleOf(action)) {
      const own = (weeks[name] ??= {})
      own[week] = (own[week] ?? 0) + ends - starts
    }
  }
  const fullest = Object.entries(weeks).map(([name, own]): [string, number] => [name, Math.max(...Object.values(own))])
  return Object.fromEntries(fullest.filter(([, total]) => total > 0))
}
