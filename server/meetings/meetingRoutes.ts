import { Router, type Request } from 'express'
import type { Body } from '../../shared/api'
import { PlanError } from '../../shared/errors'
import { momentOf } from '../../shared/localMinute'
import type { Joining, Meeting } from '../../shared/meeting'
import { can } from '../../shared/roles'
import type { RuleFacts } from '../../shared/ruleClocks'
import type { Running } from '../../shared/running'
import type { Access, Visitor } from '../access/Access'
import { authorize, may } from '../access/authorize'
import type { Session } from '../access/sessions'
import type { Config } from '../config'
import type { Families } from '../families/families'
import { publicUrl } from '../http/publicUrl'
import { serve } from '../http/serve'
import { by, byStaff } from '../record/actors'
import type { RecordKeeper } from '../record/record'
import { showJoinCode } from './joinCode'
import type { ListMeetings } from './listMeetings'
import type { StoredMeeting } from './meetingModel'
import type { Meetings } from './meetings'
import type { MeetingNews } from './meetingNews'
import type { MeetingSocket } from './meetingSocket'
import type { OpenMeeting } from './openMeeting'
import type { Members } from './members'
import type { Participants } from './participants'

interface Needs {
  config: Config
  access: Access
  families: Families
  meetings: Meetings
  participants: Participants
  members: Members
  openMeeting: OpenMeeting
  listMeetings: ListMeetings
  socket: MeetingSocket
  record: RecordKeeper
  meetingChanged: MeetingNews
  kinds: { has(kind: string): boolean }
  /** By when a meeting has to be held, from why it is. */
  clocks: { setFacts(where: { meetingId: string; familyId: string }, facts: RuleFacts): Promise<void> }
  /** Where a meeting is in its course. */
  running: { read(meetingId: string): Promise<Running> }
  /** Keeps a version of the plan as the meeting ends; once more changes nothing. */
  checkpoint(meetingId: string, reason: 'meeting-ended'): Promise<unknown>
}

export function createMeetingRoutes(needs: Needs): Router {
  const { config, access, families, meetings, participants, socket, record } = needs
  const router = Router()

  serve(router, 'createMeeting', access.staff('meeting:create'), async ({ visitor, body, request }) => {
    await families.readFor(visitor.person.id, body.familyId)
    if (!needs.kinds.has(body.kind)) throw new PlanError('request/invalid')
    const opened = await needs.openMeeting(body, visitor.person, visitor.session)
    const joining = await meetings.joiningOf(opened, publicUrl(config, request))
    const where = { familyId: body.familyId, meetingId: opened._id.toHexString() }
    if (body.facts) await needs.clocks.setFacts(where, body.facts)
    record.report({ what: 'meeting-opened', ...byStaff(visitor.person), ...where, about: {} })
    return { ...(await meetings.show(opened)), joinCode: showJoinCode(opened.joinCode), joinUrl: joining.url ?? '' }
  })

  /** A family's browser has no standing outside of meetings; it may see the ones it is in all the same. */
  async function admitLister(request: Request): Promise<Session> {
    const { session } = await access.anyone(request)
    if (!session) throw new PlanError('session/missing')
    if (session.staffId) await access.staff('meeting:list')(request)
    return session
  }
  serve(router, 'listMeetings', admitLister, async ({ visitor: session }) => {
    return { meetings: await needs.listMeetings.of(session) }
  })

  serve(router, 'readMeeting', access.atTheDoor, async ({ visitor, request }) => {
    const stored = await meetings.read(visitor.meetingId)
    const person = await participants.findIn(visitor.meetingId, visitor.participantId)
    const leads = visitor.state === 'admitted' && can(visitor.standing, 'joining:change', visitor)
    const joining = leads ? await meetings.joiningOf(stored, publicUrl(config, request)) : null
    const running = visitor.state === 'admitted' ? await needs.running.read(visitor.meetingId) : null
    const me = participants.show(person)
    return { meeting: await meetings.show(stored), me, ids: await needs.members.idsOf(person), joining, running }
  })

  serve(router, 'setPhase', access.participant('meeting:read'), async ({ visitor, body, request }) => {
    authorizePhase(visitor, body.phase)
    const meeting = await changePhase(visitor, body.phase, request)
    const about = { phase: meeting.phase, phaseBefore: visitor.phase }
    if (about.phase !== about.phaseBefore) record.report({ what: 'phase-changed', ...by(visitor), about })
    // After the phase: what was written until then is in the plan, and nothing comes after the copy.
    if (body.phase === 'ended') await needs.checkpoint(visitor.meetingId, 'meeting-ended')
    return meeting
  })

  serve(router, 'setJoining', access.participant('joining:change'), async ({ visitor, body, request }) => {
    const changed = await meetings.setJoining(visitor.meetingId, body.open, body.newCode ?? false)
    return tellJoining(changed, request)
  })

  serve(router, 'setNext', access.participant('meeting:set-next'), async ({ visitor, body }) => {
    const { meetingId } = visitor
    const { timeZone } = await meetings.read(meetingId)
    const at = body.at === null ? null : momentOf(body.at, timeZone)
    if (body.at !== null && !at) throw new PlanError('request/invalid')
    await meetings.setNext(meetingId, at)
    return needs.meetingChanged(meetingId)
  })

  async function changePhase(
    { meetingId, phase: before }: Visitor,
    phase: AskedPhase,
    request: Request,
  ): Promise<Meeting> {
    const now = before === 'sealed' ? 'open' : before
    if (now === phase) return meetings.show(await meetings.read(meetingId))
    await tellJoining(await meetings.setPhase(meetingId, now, phase), request)
    return needs.meetingChanged(meetingId)
  }

  async function tellJoining(changed: StoredMeeting, request: Request): Promise<Joining> {
    const joining = await meetings.joiningOf(changed, publicUrl(config, request))
    socket.announce(changed._id.toHexString(), 'joining:changed', { joining }, 'facilitators-and-projector')
    return joining
  }

  return router
}

type AskedPhase = Body<'setPhase'>['phase']

/**
 * May this visitor bring the meeting there? Who asks for what is so already is asked as if it were not, so that tapping
 * twice is no mistake.
 */
function authorizePhase(visitor: Visitor, phase: AskedPhase): void {
  const before = visitor.phase
  if (phase === 'ended') authorize({ ...visitor, phase: 'open' }, 'meeting:end')
  else if (phase === 'private')
    authorize(before === 'private' ? { ...visitor, phase: 'open' } : visitor, 'family-time:start')
  else if (before === 'private') authorize(visitor, 'family-time:end')
  else if (before === 'ended' || !may({ ...visitor, phase: 'private' }, 'family-time:end'))
    authorize({ ...visitor, phase: 'ended' }, 'meeting:reopen')
}
