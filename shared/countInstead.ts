import type { Clash } from './clashes'
import { dayNumber, weekdayOf } from './days'
import { localMinute } from './localMinute'
import { AGENCIES } from './meeting'
import { type ActionItem, type Plan, WEEKDAYS } from './plan'
import { plainWords, serviceOf } from './services'

/** A way out of a clash: the hours of one thing count for the agency that asks for the other, which pauses on that day. */
export interface CountInstead {
  /** What goes on, and what its hours count towards then. */
  kept: ActionItem
  counts: string
  /** What pauses, and on which days it still takes place. */
  paused: ActionItem
  days: string
}

/** What agencies with required hours know as time well spent. */
const COUNTABLE = new Set(['parenting', 'work', 'anger', 'violence', 'recovery', 'money', 'diploma', 'english'])

function tryOne(kept: ActionItem, paused: ActionItem, weekday: string): CountInstead | null {
  const days = paused.days.split(' ').filter((day) => day !== weekday)
  const fits = kept.column !== paused.column && kept.column !== 'family' && paused.column !== 'family'
  const pauses =
    paused.ends !== null && paused.repeats === 'weekly' && paused.days.split(' ').includes(weekday) && days.length > 0
  if (!fits || !pauses || !COUNTABLE.has(serviceOf(plainWords(kept.words)) ?? '')) return null
  const counts = new Set([...kept.counts.split(' '), paused.column])
  return { kept, paused, days: days.join(' '), counts: AGENCIES.filter((agency) => counts.has(agency)).join(' ') }
}

/**
 * Whether a class could count as the thing it clashes with, which then takes place on its other days alone; null where it
 * could not: the same agency asks for both, or nothing would be left of the other.
 */
export function countInstead(plan: Plan, clash: Clash, timeZone: string): CountInstead | null {
  if (!clash.together) return null
  const [first, second] = [clash.first, clash.second].map((id) => plan.actions.find((action) => action.id === id))
  const day = dayNumber(localMinute(new Date(clash.at * 60_000), timeZone).slice(0, 10))
  if (!first || !second || day === null) return null
  const weekday = WEEKDAYS[weekdayOf(day)]!
  return tryOne(second, first, weekday) ?? tryOne(first, second, weekday)
}
