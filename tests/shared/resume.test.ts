import { describe, expect, it } from 'vitest'
import type { Strength } from '../../shared/plan'
import { byPerson, growResume, type ResumeReading } from '../../shared/resume'
import { LINE } from '../support/unsaid'

const strength = (id: string, words: string, more: Partial<Strength> = {}): Strength => {
  return { ...LINE, id: id.padEnd(16, '0'), order: 'a0', removed: false, who: '', day: null, words, ...more }
}
const at = (startsAt: string, title: string, ...strengths: Strength[]): ResumeReading => {
  return { meeting: { title, startsAt, timeZone: 'America/Los_Angeles' }, strengths }
}
// Five in the afternoon in Los Angeles; in UTC it is the next day.
const MARCH = '2027-03-03T01:00:00Z'
const APRIL = '2027-04-13T18:00:00Z'

describe('a strengths résumé', () => {
  it('[LG11] has a strength once, in its latest words, with the meeting and the day it was told first', () => {
    const entries = growResume([
      at(MARCH, 'First', strength('bed', 'Keeps bedtime'), strength('late', 'On time', { day: '2027-04-14' })),
      at(APRIL, 'Second', strength('bed', 'Keeps bedtime, every night'), strength('club', 'Finished class')),
    ])
    expect(entries.map(({ words, day, meeting }) => [words, day, meeting.title])).toEqual([
      ['Keeps bedtime, every night', '2027-03-02', 'First'],
      ['Finished class', '2027-04-13', 'Second'],
      ['On time', '2027-04-14', 'First'],
    ])
  })

  it('[LG11] has none that was taken out later, and none without words', () => {
    const before = at(MARCH, 'First', strength('bed', 'Keeps bedtime'), strength('blank', ' '))
    expect(growResume([before, at(APRIL, 'Second', strength('bed', 'Keeps bedtime', { removed: true }))])).toEqual([])
    expect(growResume([before, at(APRIL, 'Second')])).toHaveLength(1)
  })

  it('[LG11] stands person by person, the whole family before them', () => {
    const told = [
      strength('a', 'Sings', { who: 'Rosa' }),
      strength('b', 'Eat together'),
      strength('c', 'Cooks', { who: 'Rosa' }),
    ]
    expect(
      byPerson(growResume([at(MARCH, 'First', ...told)])).map(({ who, entries }) => [who, entries.length]),
    ).toEqual([
      ['', 1],
      ['Rosa', 2],
    ])
  })
})
