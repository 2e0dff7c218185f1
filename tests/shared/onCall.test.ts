import { describe, expect, test } from 'vitest'
import { isOnCall, type Hours } from '../../shared/onCallHours'

const LA = 'America/Los_Angeles'
const day: Hours = { days: ['tu', 'we'], starts: '08:00', ends: '17:00', timeZone: LA }
const night: Hours = { days: ['su'], starts: '22:00', ends: '06:00', timeZone: LA }
const at = (moment: string) => new Date(moment)

describe('who is on call', () => {
  test('[BE46] is told by the clock of the line’s own zone, minute by minute', () => {
    // Tuesday 2 March 2027, still winter time.
    expect(isOnCall(day, at('2027-03-02T08:00:00-08:00'))).toBe(true)
    expect(isOnCall(day, at('2027-03-02T07:59:59-08:00'))).toBe(false)
    expect(isOnCall(day, at('2027-03-02T16:59:59-08:00'))).toBe(true)
    expect(isOnCall(day, at('2027-03-02T17:00:00-08:00'))).toBe(false)
    expect(isOnCall(day, at('2027-03-04T12:00:00-08:00'))).toBe(false)
    expect(isOnCall({ ...day, timeZone: 'America/New_York' }, at('2027-03-02T07:00:00-08:00'))).toBe(true)
    // The same hour by the clock after the clocks were changed on 14 March.
    expect(isOnCall(day, at('2027-03-16T08:00:00-07:00'))).toBe(true)
  })

  test('[BE46] past midnight too, and in the night in which clocks are changed', () => {
    expect(isOnCall(night, at('2027-03-07T23:00:00-08:00'))).toBe(true)
    expect(isOnCall(night, at('2027-03-08T05:59:00-08:00'))).toBe(true)
    expect(isOnCall(night, at('2027-03-08T06:00:00-08:00'))).toBe(false)
    expect(isOnCall(night, at('2027-03-07T05:00:00-08:00'))).toBe(false)
    const saturday: Hours = { ...night, days: ['sa'] }
    expect(isOnCall(saturday, at('2027-03-14T05:30:00-07:00'))).toBe(true)
    expect(isOnCall(saturday, at('2027-03-14T06:00:00-07:00'))).toBe(false)
    const always: Hours = { ...night, days: ['mo'], starts: '00:00', ends: '00:00' }
    expect(isOnCall(always, at('2027-03-08T00:00:00-08:00'))).toBe(true)
    expect(isOnCall(always, at('2027-03-08T23:59:00-08:00'))).toBe(true)
    expect(isOnCall(always, at('2027-03-09T00:00:00-08:00'))).toBe(false)
  })
})
