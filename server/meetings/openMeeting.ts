import { Types, type Connection } from 'mongoose'
import type { Body, Person } from '../../shared/api'
import { PlanError } from '../../shared/errors'
import { emptyPlan } from '../../shared/plan'
import { SECTIONS } from '../../shared/roles'
import type { Session } from '../access/sessions'
import type { Clock } from '../Clock'
import type { LivePlans } from '../live/livePlans'
import type { StoredMeeting } from './meetingModel'
import type { Meetings } from './meetings'
import { holderOf, participantModel } from './participantModel'

interface Needs {
  db: Connection
  clock: Clock
  meetings: Meetings
  livePlans: LivePlans
}

export type OpenMeeting = ReturnType<typeof createOpenMeeting>

/** @throws request/invalid for a zone nobody knows */
function readTimeZone(timeZone: string | undefined): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone
  } catch (error) {
    throw new PlanError('request/invalid', { cause: error })
  }
}

/**
 * Opens a meeting that the person leads. The meeting itself is written last: when the server stops in between, what
 * is left behind is found by nobody, and no meeting is there that cannot be opened.
 */
export function createOpenMeeting({ db, clock, meetings, livePlans }: Needs) {
  const participants = participantModel(db)

  return async function openMeeting(
    words: Body<'createMeeting'>,
    person: Person,
    session: Session,
  ): Promise<StoredMeeting> {
    const { question = '', familyId, kind, title, startsAt } = words
    const timeZone = readTimeZone(words.timeZone)
    const _id = new Types.ObjectId()
    const meetingId = _id.toHexString()
    const plan = { ...emptyPlan(), question }
    for (const section of SECTIONS) await livePlans.birth({ meetingId, familyId, section, plan })
    await participants.create({
      meetingId: _id,
      holder: holderOf(session),
      name: person.name,
      role: 'facilitator',
      language: 'en',
      askedAt: clock(),
      admittedAt: clock(),
    })
    return meetings.insert({
      _id,
      familyId: new Types.ObjectId(familyId),
      kind,
      title,
      startsAt: new Date(startsAt),
      timeZone,
      phase: 'open',
      leadName: person.name.split(' ')[0] ?? person.name,
      joiningOpen: true,
    })
  }
}
