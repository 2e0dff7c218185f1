import { dayNumber, weekdayOf } from './days'
import { localMinute } from './localMinute'
import type { OnCallWords } from './onCall'
import { WEEKDAYS } from './plan'

export type Hours = Pick<OnCallWords, 'days' | 'starts' | 'ends' | 'timeZone'>

/** Past midnight: what ends at 7:00 began the day before. */
export const isOverNight = ({ starts, ends }: Pick<Hours, 'starts' | 'ends'>): boolean => ends <= starts

/** Is somebody with these hours on call then? From the first minute on, until the last begins. */
export function isOnCall(hours: Hours, at: Date): boolean {
  const [day, minute] = localMinute(at, hours.timeZone).split('T') as [string, string]
  const weekday = weekdayOf(dayNumber(day)!)
  const on = (offset: number) => hours.days.includes(WEEKDAYS[(weekday + offset + 7) % 7]!)
  const { starts, ends } = hours
  if (!isOverNight(hours)) return on(0) && starts <= minute && minute < ends
  return (on(0) && starts <= minute) || (on(-1) && minute < ends)
}

/** Whether the clock of this computer knows the zone. */
export function isTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone })
    return true
  } catch {
    return false
  }
}
