import { Router } from 'express'
import { can } from '../../shared/roles'
import type { Access } from '../access/Access'
import { serve } from '../http/serve'
import { by } from '../record/actors'
import type { RecordKeeper } from '../record/record'
import type { Admission } from './admission'
import type { MeetingSocket } from './meetingSocket'
import type { Participants } from './participants'

interface Needs {
  access: Access
  participants: Participants
  admission: Admission
  socket: MeetingSocket
  record: RecordKeeper
}

export function createParticipantRoutes({ access, participants, admission, socket, record }: Needs): Router {
  const router = Router()

  serve(router, 'listPeople', access.participant('people:read'), async ({ visitor }) => {
    const { admitted, waiting } = await participants.list(visitor.meetingId)
    return { people: can(visitor.standing, 'lobby:read', visitor) ? [...admitted, ...waiting] : admitted }
  })

  serve(router, 'admit', access.participant('participant:admit'), async ({ visitor, params, body }) => {
    const before = await participants.read(visitor.meetingId, params.participantId)
    const me = await admission.admit(visitor.meetingId, params.participantId, body)
    tell(visitor.meetingId, me)
    const about = { participantId: me.id, role: me.role, roleBefore: before.role, agency: me.agency }
    record.report({ what: before.state === 'admitted' ? 'role-changed' : 'admitted', ...by(visitor), about })
    return me
  })

  serve(router, 'remove', access.participant('participant:remove'), async ({ visitor, params }) => {
    tell(visitor.meetingId, await admission.remove(visitor.meetingId, params.participantId))
    record.report({ what: 'removed', ...by(visitor), about: { participantId: params.participantId } })
    return undefined
  })

  /** The person first: whoever is removed has no connection to hear it on after the change. */
  function tell(meetingId: string, me: Awaited<ReturnType<Admission['admit']>>): void {
    socket.announce(meetingId, 'admission:changed', { me }, { participantId: me.id })
    access.changes.emit('changed', { meetingId, participantId: me.id })
    socket.peopleChanged(meetingId)
  }

  return router
}
