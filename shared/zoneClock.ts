import type { DayNumber } from './days'

const DAY = 24 * 60

/** Turns what a clock on a wall shows into moments, in minutes since 1 January 1970 UTC. */
export interface ZoneClock {
  /**
   * The moment at which a clock in the zone shows `minute` (of the day, from 0) on `day`: the first, where it does so
   * twice. An hour that the clock leaves out is read as if it had not been put forward: 2:30 becomes 3:30.
   */
  at(day: DayNumber, minute: number): number
}

const clocks = new Map<string, ZoneClock>()

/** @param timeZone IANA name */
export function zoneClock(timeZone: string): ZoneClock {
  const clock = clocks.get(timeZone) ?? makeClock(timeZone)
  clocks.set(timeZone, clock)
  return clock
}

function makeClock(timeZone: string): ZoneClock {
  const two = { month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const
  const format = new Intl.DateTimeFormat('en-US', { timeZone, year: 'numeric', ...two, hourCycle: 'h23' })
  /** Asking the calendar is slow: once a moment. Asked are midnights, and times on the few days beside a change. */
  const known = new Map<number, number>()

  function askCalendar(moment: number): number {
    const part: Record<string, number> = {}
    for (const { type, value } of format.formatToParts(moment * 60_000)) part[type] = Number(value)
    const shown = Date.UTC(part['year']!, part['month']! - 1, part['day'], part['hour'], part['minute'])
    return shown / 60_000 - moment
  }

  /** By how many minutes the zone is ahead of UTC. */
  function aheadAt(moment: number): number {
    const ahead = known.get(moment) ?? askCalendar(moment)
    known.set(moment, ahead)
    return ahead
  }

  function at(day: DayNumber, minute: number): number {
    const shown = day * DAY + minute
    // Zones are up to 14 hours away: what the clock shows on this day lies between these two.
    const before = aheadAt((day - 1) * DAY)
    const after = aheadAt((day + 2) * DAY)
    if (before === after) return shown - before
    const moments = [shown - before, shown - after].sort((a, b) => a - b)
    return moments.find((moment) => moment + aheadAt(moment) === shown) ?? shown - before
  }

  return { at }
}
