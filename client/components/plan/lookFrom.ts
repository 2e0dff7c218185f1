import type { Meeting } from '../../../shared/meeting'
import { todayIn } from '../../todayIn'

/** The day from which a plan is looked ahead: that of the meeting, or today when it has been. */
export function lookFrom({ startsAt, timeZone }: Meeting): string {
  const [today, met] = [todayIn(timeZone), todayIn(timeZone, new Date(startsAt))]
  return today > met ? today : met
}
