import { findClashes } from '../../shared/clashes'
import { weighLoad } from '../../shared/load'
import { occurrencesIn } from '../../shared/occurrences'
import { nameKey } from '../../shared/whoComes'
import { arbitrarySchedule } from './arbitrarySchedule'
import { type BruteClash, bruteClashes, bruteLoad } from './bruteClashes'
import { SeededRandom } from './seededRandom'

export interface Compared {
  schedules: number
  clashes: number
  /** Seeds of schedules about which the two do not agree. */
  different: number[]
}

/** Holds the plan's reckoning against the brute one, on so many schedules. */
export function compareClashes(schedules: number, firstSeed = 1): Compared {
  const compared: Compared = { schedules, clashes: 0, different: [] }
  for (let seed = firstSeed; seed < firstSeed + schedules; seed += 1) {
    const schedule = arbitrarySchedule(new SeededRandom(seed))
    const occurrences = occurrencesIn(schedule.plan, schedule)
    const names = schedule.plan.actions.flatMap(({ attends, who }) => [...attends.split('\n'), who])
    const clashes = Object.fromEntries(
      findClashes(occurrences).map(({ first, second, person, minutes, at, times }): [string, BruteClash] => {
        const pair = [first, second].sort().join(' ')
        return [`${pair} ${nameKey(person)}`, { minutes, at, times }]
      }),
    )
    const weighed = weighLoad(occurrences, names).filter(({ minutes }) => minutes > 0)
    const load = Object.fromEntries(weighed.map((one) => [nameKey(one.person), one.minutes]))
    compared.clashes += Object.keys(clashes).length
    const own = inOrder({ clashes, load })
    if (own !== inOrder({ clashes: bruteClashes(schedule), load: bruteLoad(schedule) })) compared.different.push(seed)
  }
  return compared
}

/** As JSON with keys in order, so that equal things read the same. */
function inOrder(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
