import { Router } from 'express'
import { can } from '../../shared/roles'
import type { Access } from '../access/Access'
import { serve } from '../http/serve'
import type { Admission } from './admission'
import type { MeetingSocket } from './meetingSocket'
import type { Participants } from './participants'

interface Needs {
  access: Access
  participants: Participants
  admission: Admission
  socket: MeetingSocket
}

export function createParticipantRoutes({ access, participants, admission, socket }: Needs): Router {
  const router = Router()

  serve(router, 'listPeople', access.participant('people:read'), async ({ visitor }) => {
    const { admitted, waiting } = await participants.list(visitor.meetingId)
    return { people: can(visitor.standing, 'lobby:read', visitor) ? [...admitted, ...waiting] : admitted }
  })

  serve(router, 'admit', access.participant('participant:admit'), async ({ visitor, params, body }) => {
    const me = await admission.admit(visitor.meetingId, params.participantId, body)
    tell(visitor.meetingId, me)
    return me
  })

  serve(router, 'remove', access.participant('participant:remove'), async ({ visitor, params }) => {
    tell(visitor.meetingId, await admission.remove(visitor.meetingId, params.participantId))
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
