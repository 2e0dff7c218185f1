import type { Preparation } from '../../shared/api'
import type { Visitor } from '../access/Access'
import type { LivePlans } from '../live/livePlans'
import type { Meetings } from './meetings'
import type { Participants } from './participants'

const PREP = { section: 'prep', subject: null } as const

interface Needs {
  livePlans: LivePlans
  meetings: Meetings
  participants: Participants
}

/** The day of a moment where the meeting takes place: `2027-03-01`. */
function dayIn(timeZone: string, at: Date): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  const part = Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, value]))
  return `${part['year']}-${part['month']}-${part['day']}`
}

/** Who of the professionals prepared a meeting, and on which days; none of their words. */
export function createPreparation({ livePlans, meetings, participants }: Needs) {
  return async function listPreparation(meetingId: string, viewer: Visitor): Promise<Preparation[]> {
    const [events, names, { timeZone }] = await Promise.all([
      livePlans.history(meetingId, PREP),
      participants.namesIn(meetingId, viewer),
      meetings.read(meetingId),
    ])
    const days = new Map<string, Set<string>>()
    for (const { actor, at } of events) {
      const name = names.get(actor)
      if (!name) continue
      const day = dayIn(timeZone, at)
      days.set(day, (days.get(day) ?? new Set()).add(name))
    }
    return [...days].map(([day, who]) => ({ day, names: [...who] }))
  }
}
