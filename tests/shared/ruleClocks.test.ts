import { describe, expect, it } from 'vitest'
import { federalHolidays, isWorkday } from '../../shared/holidays'
import { momentOf } from '../../shared/localMinute'
import {
  daysLate,
  holdBy,
  NO_FACTS,
  renewalOf,
  RULE_CLOCKS,
  RuleFacts,
  type Why,
  withCounty,
} from '../../shared/ruleClocks'

const WEST = 'America/Los_Angeles'
const PLAIN = RULE_CLOCKS.holidays
const by = (why: Why, words: Partial<RuleFacts>, rules = RULE_CLOCKS) => holdBy({ ...NO_FACTS, why, ...words }, rules)

describe('days on which offices are closed', () => {
  // As the Office of Personnel Management lists them.
  it.each([
    [2021, '01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31'],
    [2026, '01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25'],
    [2027, '01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31'],
    [2028, '01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25'],
  ])('[BE2] are the federal holidays of %i as they are observed', (year, days) => {
    expect(federalHolidays(year)).toEqual(days.split(' ').map((day) => `${year}-${day}`))
  })

  it('[BE2] are weekends too, and what the county says; on others it works', () => {
    expect(['2027-03-05', '2027-03-06', '2027-03-07', '2027-07-05'].map((day) => isWorkday(day, PLAIN))).toEqual([
      true,
      false,
      false,
      false,
    ])
    expect(isWorkday('2027-03-31', { ...PLAIN, days: ['03-31'] })).toBe(false)
    expect(isWorkday('2028-03-31', { ...PLAIN, days: ['2027-03-31'] })).toBe(true)
    expect(isWorkday('2027-10-11', { ...PLAIN, worked: ['10-11', '2027-10-11'] })).toBe(true)
    expect(isWorkday('2027-07-05', { ...PLAIN, federal: false })).toBe(true)
  })
})

describe('by when a meeting has to be held', () => {
  it('[BE3] about a removal before the move: to the hour where it is known, else on the day before at the latest', () => {
    expect(by('removal', { event: '2027-03-05T14:00' })).toMatchObject({ day: '2027-03-05', hour: '14:00' })
    expect(by('removal', { event: '2027-03-05' })).toMatchObject({ day: '2027-03-04', hour: null, rule: 'before' })
    for (const why of ['placement-change', 'reunification'] as const) {
      expect(by(why, { event: '2027-03-08T09:00' })).toMatchObject({ day: '2027-03-08', hour: '09:00' })
    }
  })

  it('[BE3] in an emergency on the next working day, over weekends and holidays, and always before the first hearing', () => {
    expect(by('emergency', { event: '2027-03-02T23:30' })!.day).toBe('2027-03-03')
    expect(by('emergency', { event: '2027-03-05' })!.day).toBe('2027-03-08')
    expect(by('emergency', { event: '2027-07-02' })!.day).toBe('2027-07-06')
    const court = by('emergency', { event: '2027-07-02', hearing: '2027-07-06T08:30' })
    expect(court).toMatchObject({ day: '2027-07-06', hour: '08:30', from: 'hearing' })
  })

  it('[BE3] of a team within 60 days, 30 where the Indian Child Welfare Act holds, and before the hearing that decides', () => {
    expect(by('team', { event: '2027-03-02' })!.day).toBe('2027-05-01')
    expect(by('team', { event: '2027-03-02', icwa: true })).toMatchObject({ day: '2027-04-01', count: 30 })
    expect(by('team', { event: '2027-03-02', hearing: '2027-04-06' })!.day).toBe('2027-04-05')
    expect(by('first-plan', { event: '2027-01-12' })!.day).toBe('2027-02-11')
  })

  it('[BE3] is not said where nothing is known', () => {
    expect(by('removal', {})).toBeNull()
    expect(holdBy(NO_FACTS, RULE_CLOCKS)).toBeNull()
    expect(by('removal', { hearing: '2027-03-09' })).toMatchObject({ day: '2027-03-08', from: 'hearing' })
  })

  it('[BE3] again, to look at a plan anew: the earliest of all that is known counts', () => {
    const renewal = renewalOf('wraparound', '2027-02-09')!
    expect(renewal).toMatchObject({ day: '2027-04-10', count: 60, at: '2027-02-09' })
    expect(renewalOf('tdm', '2027-02-09')).toBeNull()
    expect(holdBy(NO_FACTS, RULE_CLOCKS, renewal)).toBe(renewal)
    expect(holdBy({ ...NO_FACTS, why: 'first-plan', event: '2027-02-01' }, RULE_CLOCKS, renewal)!.day).toBe(
      '2027-03-03',
    )
  })

  it('[BE4] is as the county says: its own limits, and where a last day falls on a day off', () => {
    const ours = withCounty({ clocks: { emergency: [{ from: 'event', workingDays: 3 }] }, renewals: { cft: null } })
    expect(by('emergency', { event: '2027-03-05', hearing: '2027-03-08' }, ours)!.day).toBe('2027-03-10')
    expect(by('removal', { event: '2027-03-05' }, ours)!.day).toBe('2027-03-04')
    expect(renewalOf('cft', '2027-02-09', ours)).toBeNull()
    expect(renewalOf('wraparound', '2027-02-09', withCounty({ weekend: 'earlier' }))!.day).toBe('2027-04-09')
    expect(renewalOf('wraparound', '2027-02-09', withCounty({ weekend: 'later' }))!.day).toBe('2027-04-12')
    // Before the move stays before it: a last day is never put off beyond what it is about.
    expect(by('removal', { event: '2027-03-08' }, withCounty({ weekend: 'later' }))!.day).toBe('2027-03-07')
    expect(by('removal', { event: '2027-03-08' }, withCounty({ weekend: 'earlier' }))!.day).toBe('2027-03-05')
  })
})

describe('a meeting that is too late', () => {
  const renewal = renewalOf('wraparound', '2027-02-09')!
  const at = (local: string, timeZone = WEST) => momentOf(local, timeZone)!

  it('[BE5] is told by days on the calendar of its own zone', () => {
    expect(daysLate(renewal, at('2027-05-04T15:30'), WEST)).toBe(24)
    expect(daysLate(renewal, at('2027-04-10T23:30'), WEST)).toBeNull()
    expect(daysLate(renewal, at('2027-04-11T00:00'), WEST)).toBe(1)
    // The same moment is the next day already where the sun rises first.
    expect(daysLate(renewal, at('2027-04-10T23:30'), 'America/New_York')).toBe(1)
  })

  it('[BE5] by the hour where that is known, also on the day on which clocks are changed', () => {
    const move = by('removal', { event: '2027-03-14T03:30' })!
    expect(daysLate(move, at('2027-03-14T01:59'), WEST)).toBeNull()
    expect(daysLate(move, at('2027-03-14T03:00'), WEST)).toBeNull()
    expect(daysLate(move, at('2027-03-14T03:30'), WEST)).toBe(0)
    expect(daysLate(move, at('2027-03-15T09:00'), WEST)).toBe(1)
  })

  it.each(['2027-02-30', '2027-3-5', '2027-03-05T25:00', '2027-03-05T', '', '2027-03-05T10:00:00'])(
    '[BE6] is not reckoned from %j, which is no day',
    (event) => {
      expect(RuleFacts.safeParse({ ...NO_FACTS, event }).success).toBe(false)
    },
  )
})
