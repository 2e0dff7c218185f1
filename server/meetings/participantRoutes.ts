import { Router } from 'express'
import { can } from '../../shared/roles'
import type { Access } from '../access/Access'
import { serve } from '../http/serve'
import { by } from '../record/actors'
import type { RecordKeeper } from '../record/record'
import type { Admission } from './admission'
import type { Participants } from './participants'
import type { TellPerson } from './tellPerson'

interface Needs {
  access: Access
  participants: Participants
  admission: Admission
  tellPerson: TellPerson
  record: RecordKeeper
}

export function createParticipantRoutes({ access, participants, admission, tellPerson, record }: Needs): Router {
  const router = Router()

  serve(router, 'listPeople', access.participant('people:read'), async ({ visitor }) => {
    const { admitted, waiting } = await participants.list(visitor.meetingId)
    return { people: can(visitor.standing, 'lobby:read', visitor) ? [...admitted, ...waiting] : admitted }
  })

  serve(router, 'admit', access.participant('participant:admit'), async ({ visitor, params, body }) => {
    const before = await participants.read(visitor.meetingId, params.participantId)
    const me = await admission.admit(visitor.meetingId, params.participantId, body)
    tellPerson(visitor.meetingId, me)
    const about = { participantId: me.id, role: me.role, roleBefore: before.role, agency: me.agency }
    record.report({ what: before.state === 'admitted' ? 'role-changed' : 'admitted', ...by(visitor), about })
    return me
  })

  serve(router, 'remove', access.participant('participant:remove'), async ({ visitor, params }) => {
    tellPerson(visitor.meetingId, await admission.remove(visitor.meetingId, params.participantId))
    record.report({ what: 'removed', ...by(visitor), about: { participantId: params.participantId } })
    return undefined
  })

  return router
}
