import { describe, expect, it } from 'vitest'
import { comingHour } from '../../client/comingHour'
import { dayWords, momentWords, timeWords } from '../../client/dateWords'

const now = new Date('2027-02-20T12:00:00Z')
const ROOM = 'America/Los_Angeles'

describe('dates in words', () => {
  it('[UI13] reads the hour of the room wherever the reader is', () => {
    expect(momentWords('2027-03-02T18:00:00Z', ROOM, 'en', now)).toBe('Tue 2 Mar, 10:00\u00a0am')
    expect(momentWords('2027-03-02T18:00:00Z', ROOM, 'es', now)).toBe('martes 2 de marzo, 10:00')
  })

  it('[UI13] keeps the clock right where summer time begins', () => {
    expect(timeWords('2027-03-14T09:30:00Z', ROOM, 'en')).toBe('1:30\u00a0am')
    expect(timeWords('2027-03-14T10:30:00Z', ROOM, 'en')).toBe('3:30\u00a0am')
  })

  it('[UI13] says noon, midnight and the afternoon as each language does', () => {
    expect(timeWords('2027-03-02T20:00:00Z', ROOM, 'en')).toBe('12:00\u00a0pm')
    expect(timeWords('2027-03-02T08:05:00Z', ROOM, 'en')).toBe('12:05\u00a0am')
    expect(timeWords('2027-03-02T08:05:00Z', ROOM, 'es')).toBe('00:05')
    expect(timeWords('2027-03-02T23:15:00Z', ROOM, 'es')).toBe('15:15')
  })

  it('[UI13] says a day the same in every zone, with the year when it is another one', () => {
    expect(dayWords('2027-03-05', 'en', now)).toBe('Fri 5 Mar')
    expect(dayWords('2028-01-01', 'en', now)).toBe('Sat 1 Jan 2028')
    expect(dayWords('2028-01-01', 'es', now)).toBe('sábado 1 de enero de 2028')
  })

  it('[UI14] proposes the next full hour for a new meeting, also over midnight', () => {
    expect(comingHour(new Date(2027, 2, 2, 9, 41))).toEqual({ day: '2027-03-02', time: '10:00' })
    expect(comingHour(new Date(2027, 11, 31, 23, 5))).toEqual({ day: '2028-01-01', time: '00:00' })
  })
})
