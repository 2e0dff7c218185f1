import type { PollPerson, TimePoll } from './timePoll'

/** Those whose plan it is. Whom they want at their side is told beside them and decides no time. */
export const isOfFamily = ({ role }: Pick<PollPerson, 'role'>): boolean => role === 'family' || role === 'youth'

/** What the family’s answers come to: a help for who picks, and no choice made for them. */
export interface FamilyTimes {
  /** Times that work for everybody of the family, from the earliest on. */
  works: number[]
  /** Others that all of them can make, somebody only if they must. */
  ifMust: number[]
  /** Names of those who left a time without an answer. */
  silent: string[]
  /** All times in the order in which they are told: those that all of the family can make first. */
  order: number[]
}

/** Which of the times all of the family can make. */
export function familyTimes({ times, people }: Pick<TimePoll, 'times' | 'people'>): FamilyTimes {
  const family = people.filter(isOfFamily)
  const all = times.map((_, time) => time)
  const can = all.filter(
    (time) =>
      family.length > 0 && family.every(({ answers }) => answers[time] === 'works' || answers[time] === 'if-must'),
  )
  const works = can.filter((time) => family.every(({ answers }) => answers[time] === 'works'))
  const ifMust = can.filter((time) => !works.includes(time))
  return {
    works,
    ifMust,
    silent: family.filter(({ answers }) => answers.includes(null)).map(({ name }) => name),
    order: [...works, ...ifMust, ...all.filter((time) => !can.includes(time))],
  }
}
