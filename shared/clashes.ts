import { byPerson } from './byPerson'
import type { Occurrence } from './occurrences'
import { isSamePlace, wayBetween } from './wayBetween'
import { nameKey } from './whoComes'

/** One person is asked to be in two places at once. */
export interface Clash {
  person: string
  /** The promise that starts first, and the one that cannot be kept beside it. */
  first: string
  second: string
  /** How much of the second is missed, or how late somebody comes to a moment, in minutes, where it is worst. */
  minutes: number
  /** Both take place at once; else it is the way between them that is too long. */
  together: boolean
  /** When it comes to that the first time: minutes since 1970 UTC. */
  at: number
  /** How many times it does. */
  times: number
}

/** A moment that takes no time, such as a pick-up, while something else goes on in another place. */
function isWithin(before: Occurrence, after: Occurrence): boolean {
  const moment = after.starts === after.ends && before.starts < after.starts && after.starts < before.ends
  return moment && !isSamePlace(before.action, after.action)
}

/** Minutes by which two that start one after the other cannot both be kept; 0 or less where they can. */
function minutesShort(before: Occurrence, after: Occurrence): number {
  const way = wayBetween(before.action, after.action)
  const until = isWithin(before, after) ? before.ends : Math.min(before.ends, after.ends)
  return until + way - after.starts
}

const isTogether = (before: Occurrence, after: Occurrence) => before.ends > after.starts

function clashesOf(person: string, times: readonly Occurrence[], found: Map<string, Clash>): void {
  const longestWay = Math.max(...times.map(({ action }) => action.travel))
  times.forEach((before, index) => {
    for (let next = index + 1; next < times.length; next += 1) {
      const after = times[next]!
      if (after.starts >= before.ends + longestWay) break
      if (after.action === before.action) continue
      const minutes = minutesShort(before, after)
      if (minutes > 0) count(person, before, after, minutes, found)
    }
  })
}

function count(
  person: string,
  before: Occurrence,
  after: Occurrence,
  minutes: number,
  found: Map<string, Clash>,
): void {
  const [first, second] = [before.action.id, after.action.id]
  const pair = first < second ? `${first} ${second}` : `${second} ${first}`
  const key = `${pair} ${nameKey(person)}`
  const known = found.get(key)
  if (!known)
    found.set(key, { person, first, second, minutes, together: isTogether(before, after), at: after.starts, times: 1 })
  else {
    known.times += 1
    known.minutes = Math.max(known.minutes, minutes)
  }
}

/**
 * Where one person has to be in two places at once, ways included, once a pair of promises and person; those that come
 * first, first.
 *
 * @param occurrences the earliest first
 */
export function findClashes(occurrences: readonly Occurrence[]): Clash[] {
  const found = new Map<string, Clash>()
  for (const { name, times } of byPerson(occurrences).values()) clashesOf(name, times, found)
  return [...found.values()].sort((a, b) => a.at - b.at || b.minutes - a.minutes)
}
