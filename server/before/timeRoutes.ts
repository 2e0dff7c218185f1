import { Router } from 'express'
import { PlanError } from '../../shared/errors'
import { momentOf } from '../../shared/localMinute'
import type { Meeting } from '../../shared/meeting'
import type { Access } from '../access/Access'
import type { Config } from '../config'
import { publicUrl } from '../http/publicUrl'
import { serve } from '../http/serve'
import { by } from '../record/actors'
import type { RecordKeeper } from '../record/record'
import type { Calendars } from './calendars'

interface Needs {
  config: Config
  access: Access
  record: RecordKeeper
  meetings: {
    read(meetingId: string): Promise<{ timeZone: string }>
    setTime(meetingId: string, from: Date, to: Date): Promise<void>
  }
  calendarOf: Calendars
  meetingChanged(meetingId: string): Promise<Meeting>
}

/** When a meeting is: putting it to another time, and taking it into a calendar of one’s own. */
export function createTimeRoutes(needs: Needs): Router {
  const { config, access, record, meetings } = needs
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
    const calendar = await needs.calendarOf(meetingId, publicUrl(config, request), language)
    response.type('text/calendar').attachment('meeting.ics').write(calendar)
    return undefined
  })

  return router
}
