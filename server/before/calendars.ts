import type { Language } from '../../shared/meeting'
import type { MeetingKindWords } from '../../shared/meetingKinds'
import type { Clock } from '../Clock'
import { calendarFile } from './calendarFile'

interface Needs {
  clock: Clock
  kinds: { find(kind: string): MeetingKindWords }
  meetings: {
    read(meetingId: string): Promise<{ kind: string; startsAt: Date; timeChanges?: number }>
  }
}

export type Calendars = ReturnType<typeof createCalendars>

/** Meetings as files for people’s own calendars, as long as their stages are. */
export function createCalendars({ clock, kinds, meetings }: Needs) {
  return async function calendarOf(meetingId: string, origin: string, language: Language): Promise<string> {
    const { kind, startsAt, timeChanges = 0 } = await meetings.read(meetingId)
    const minutes = kinds.find(kind).stages.reduce((sum, stage) => sum + stage.minutes, 0)
    return calendarFile({ meetingId, startsAt, minutes, changes: timeChanges, at: clock(), origin, language })
  }
}
