import { Router } from 'express'
import type { Participant } from '../../shared/meeting'
import { PlanError } from '../../shared/errors'
import { can } from '../../shared/roles'
import type { Access, Visitor } from '../access/Access'
import { maySee } from '../access/maySee'
import type { Families } from '../families/families'
import { serve } from '../http/serve'
import { by } from '../record/actors'
import type { RecordKeeper } from '../record/record'
import type { Admission } from './admission'
import type { By } from './leading'
import type { Members } from './members'
import type { Participants } from './participants'
import type { TellPerson } from './tellPerson'

interface Needs {
  access: Access
  participants: Participants
  admission: Admission
  tellPerson: TellPerson
  record: RecordKeeper
  members: Members
  families: Families
  /** What follows from somebody being something else in a meeting now, or out of it. */
  settleAfter(me: Participant, meetingId: string, by: By): Promise<void>
  /** Calls somebody in a meeting what they want to be called. */
  callMe(participantId: string, name: string): Promise<Participant>
}

export function createParticipantRoutes({
  access,
  participants,
  admission,
  tellPerson,
  record,
  members,
  families,
  settleAfter,
  callMe,
}: Needs): Router {
  const router = Router()
  const isOnTeam = async ({ staffId, familyId }: Visitor) => staffId !== null && families.isInTeam(staffId, familyId)

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
    // Reported beside the admission: it opens what is this person's alone.
    if (body.memberId && !before.memberId)
      record.report({
        what: 'admitted-as-same-member',
        ...by(visitor),
        about: { participantId: me.id, memberId: body.memberId },
      })
    await settleAfter(me, visitor.meetingId, by(visitor))
    return me
  })

  serve(router, 'listMembers', access.participant('participant:admit'), async ({ visitor }) => {
    const apart = (await isOnTeam(visitor)) ? await families.apartIn(visitor.familyId) : null
    return { members: await members.list(visitor.meetingId), apart }
  })

  serve(router, 'keepApart', access.participant('participant:admit'), async ({ visitor, params, body }) => {
    if (!(await isOnTeam(visitor))) throw new PlanError('access/denied')
    const known = new Set((await members.list(visitor.meetingId)).map(({ memberId }) => memberId))
    const two = [params.memberId, body.from] as const
    if (two[0] === two[1] || !two.every((one) => known.has(one))) throw new PlanError('participant/not-found')
    await families.keepApart(visitor.familyId, two, body.apart)
    return undefined
  })

  serve(router, 'remove', access.participant('participant:remove'), async ({ visitor, params }) => {
    const gone = await admission.remove(visitor.meetingId, params.participantId)
    tellPerson(visitor.meetingId, gone)
    record.report({ what: 'removed', ...by(visitor), about: { participantId: gone.id } })
    await settleAfter(gone, visitor.meetingId, by(visitor))
    return undefined
  })

  serve(router, 'hide', access.participant('participant:hide'), async ({ visitor, params, body }) => {
    const screens = await admission.hide(visitor.meetingId, params.participantId, body.hidden)
    for (const one of screens.filter(({ state }) => state !== 'removed')) tellPerson(visitor.meetingId, one)
    const person = screens[0]!
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
