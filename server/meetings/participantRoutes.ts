import { Router } from 'express'
import type { Participant } from '../../shared/meeting'
import { can } from '../../shared/roles'
import type { Access } from '../access/Access'
import { maySee } from '../access/maySee'
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
  /** Calls somebody in a meeting what they want to be called. */
  callMe(participantId: string, name: string): Promise<Participant>
}

export function createParticipantRoutes({
  access,
  participants,
  admission,
  tellPerson,
  record,
  callMe,
}: Needs): Router {
  const router = Router()

  serve(router, 'listPeople', access.participant('people:read'), async ({ visitor }) => {
    const { admitted, waiting } = await participants.list(visitor.meetingId)
    const seen = admitted.filter((person) => maySee(visitor, person))
    return { people: can(visitor.standing, 'lobby:read', visitor) ? [...seen, ...waiting] : seen }
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

  serve(router, 'hide', access.participant('participant:hide'), async ({ visitor, params, body }) => {
    const person = await admission.hide(visitor.meetingId, params.participantId, body.hidden)
    tellPerson(visitor.meetingId, person)
    const about = { participantId: person.id }
    record.report({ what: body.hidden ? 'hidden' : 'shown-again', ...by(visitor), about })
    return person
  })

  serve(router, 'callMe', access.participant('people:read'), async ({ visitor, body }) => {
    const me = await callMe(visitor.participantId!, body.name)
    tellPerson(visitor.meetingId, me)
    return me
  })

  return router
}
