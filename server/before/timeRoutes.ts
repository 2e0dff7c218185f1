import { Router } from 'express'
import { PlanError } from '../../shared/errors'
import { momentOf } from '../../shared/localMinute'
import type { Meeting } from '../../shared/meeting'
import type { MeetingKindWords } from '../../shared/meetingKinds'
import type { Access } from '../access/Access'
import type { Clock } from '../Clock'
import type { Config } from '../config'
import { publicUrl } from '../http/publicUrl'
import { serve } from '../http/serve'
import { by } from '../record/actors'
import type { RecordKeeper } from '../record/record'
import { calendarFile } from './calendarFile'

interface Needs {
  config: Config
  access: Access
  clock: Clock
  record: RecordKeeper
  kinds: { find(kind: string): MeetingKindWords }
  meetings: {
    read(meetingId: string): Promise<{ kind: string; startsAt: Date; timeZone: string; timeChanges?: number }>
    setTime(meetingId: string, from: Date, to: Date): Promise<void>
  }
  meetingChanged(meetingId: string): Promise<Meeting>
}

/** When a meeting is: putting it to another time, and taking it into a calendar of one’s own. */
export function createTimeRoutes(needs: Needs): Router {
  const { config, access, clock, record, kinds, meetings } = needs
  const router = Router()

  serve(router, 'setTime', access.participant('meeting:schedule'), async ({ visitor, body }) => {
    const { meetingId } = visitor
    const { timeZone } = await meetings.read(meetingId)
    const to = momentOf(body.to, timeZone)
    if (!to) throw new PlanError('request/invalid')
    await meetings.setTime(meetingId, new Date(body.from), to)
    record.report({ what: 'time-changed', ...by(visitor), about: {} })
    return needs.meetingChanged(meetingId)
  })

  serve(router, 'readCalendar', access.participant('meeting:read'), async ({ visitor, request, response }) => {
    const { meetingId, language } = visitor
    const { kind, startsAt, timeChanges = 0 } = await meetings.read(meetingId)
    const minutes = kinds.find(kind).stages.reduce((sum, stage) => sum + stage.minutes, 0)
    const origin = publicUrl(config, request)
    const entry = { meetingId, startsAt, minutes, changes: timeChanges, at: clock(), origin, language }
    response.type('text/calendar').attachment('meeting.ics').write(calendarFile(entry))
    return undefined
  })

  return router
}
