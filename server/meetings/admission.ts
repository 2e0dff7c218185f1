import { type Connection, Types } from 'mongoose'
import type { Body } from '../../shared/api'
import { PlanError } from '../../shared/errors'
import type { Participant } from '../../shared/meeting'
import { can, MEMBERS, type Role } from '../../shared/roles'
import type { Clock } from '../Clock'
import { inTurn } from '../inTurn'
import type { Members } from './members'
import { hasAccount, participantModel, stateOf, type StoredParticipant } from './participantModel'
import type { Participants } from './participants'

/** What the family says when it is by itself. */
const FAMILYS_OWN = { phase: 'private', section: 'family' } as const

interface Needs {
  db: Connection
  clock: Clock
  participants: Participants
  members: Members
  /** Pairs of members of the meeting’s family who must not be in one meeting. */
  apartIn(meetingId: string): Promise<[string, string][]>
}

export type Admission = ReturnType<typeof createAdmission>

/** What the facilitator decides at the door and inside. */
export function createAdmission({ db, clock, participants, members, apartIn }: Needs) {
  const model = participantModel(db)
  /** Whether somebody else leads must still be true when it is written. */
  const turns = inTurn()

  /** @throws access/denied when the meeting would be left without a facilitator: nobody could lead it any more */
  async function keepOneFacilitator(person: StoredParticipant): Promise<void> {
    if (stateOf(person) !== 'admitted' || person.role !== 'facilitator') return
    const { meetingId } = person
    const facilitators = await model.find({ meetingId, role: 'facilitator', removedAt: null }).lean()
    const others = facilitators.filter((other) => other.admittedAt && !other._id.equals(person._id))
    if (others.length === 0) throw new PlanError('access/denied')
  }

  /** Changes somebody who is present; undefined when they were removed meanwhile. */
  async function change(person: StoredParticipant, values: Partial<StoredParticipant>) {
    const present = { _id: person._id, removedAt: null }
    return model.findOneAndUpdate(present, { $set: values }, { returnDocument: 'after' }).lean()
  }

  /**
   * Who this is for the family: whom the facilitator says, or else as at an earlier meeting where the same browser was
   * let in, or else somebody new. Being somebody the family knows opens what is theirs, so it is decided once.
   *
   * @throws request/invalid for nobody of this family, and for another one than somebody already is
   */
  async function memberFor(person: StoredParticipant, as: Body<'admit'>): Promise<Types.ObjectId | null> {
    const { role, memberId: said } = as
    const isMember = (MEMBERS as readonly Role[]).includes(role)
    if (said && !(isMember && (await members.isKnown(person, said)))) throw new PlanError('request/invalid')
    if (!isMember) return null
    if (said && person.memberId && !person.memberId.equals(said)) throw new PlanError('request/invalid')
    if (person.memberId) return person.memberId
    if (said) return new Types.ObjectId(said)
    return (said === undefined && (await members.ofBrowser(person))) || new Types.ObjectId()
  }

  /** @throws participant/apart while somebody is inside whom this person must not meet, as whatever they come */
  async function keepApart(person: StoredParticipant, memberId: Types.ObjectId | null): Promise<void> {
    const { meetingId } = person
    const coming = (memberId ?? (await members.ofBrowser(person)))?.toHexString()
    const pairs = (await apartIn(meetingId.toHexString())).filter((pair) => pair.some((one) => one === coming))
    const others = pairs.flat().filter((one) => one !== coming)
    if (others.length === 0) return
    if (await members.isAnyInside(meetingId, others)) throw new PlanError('participant/apart')
  }

  return {
    /**
     * Lets somebody in, or gives somebody inside another role.
     *
     * @throws request/invalid for an agency person without an agency, a facilitator without an account, or who has an
     *   account and would be let in on the family’s side: there are words that professionals never read; participant/apart
     */
    admit: (meetingId: string, participantId: string, as: Body<'admit'>): Promise<Participant> =>
      turns(meetingId, async () => {
        const person = await participants.findIn(meetingId, participantId)
        const agency = as.role === 'agency' ? (as.agency ?? person.agency) : null
        if (as.role === 'agency' && !agency) throw new PlanError('request/invalid')
        if (as.role === 'facilitator' && !hasAccount(person)) throw new PlanError('request/invalid')
        if (hasAccount(person) && can(as.role, 'plan:read', FAMILYS_OWN)) throw new PlanError('request/invalid')
        if (as.role !== 'facilitator') await keepOneFacilitator(person)
        const memberId = await memberFor(person, as)
        if (!person.admittedAt || !person.memberId) await keepApart(person, memberId)
        const hidden = person.hidden || (await members.isHidden(person.meetingId, memberId))
        const admittedAt = person.admittedAt ?? clock()
        const admitted = await change(person, { role: as.role, agency, memberId, admittedAt, hidden })
        if (!admitted) throw new PlanError('participant/not-found')
        return participants.show(admitted)
      }),

    /**
     * Others do not learn any more that somebody is in the meeting, or do again; on every screen of theirs.
     *
     * @returns the person first, then as what else they are here
     * @throws request/invalid for who leads it: everybody is told who lets them in
     */
    async hide(meetingId: string, participantId: string, hidden: boolean): Promise<Participant[]> {
      const person = await participants.findIn(meetingId, participantId)
      if (person.role === 'facilitator') throw new PlanError('request/invalid')
      const changed = await change(person, { hidden })
      if (!changed) throw new PlanError('participant/not-found')
      if (!changed.memberId) return [participants.show(changed)]
      const twins = { meetingId, memberId: changed.memberId, _id: { $ne: changed._id } }
      await model.updateMany(twins, { $set: { hidden } })
      return [changed, ...(await model.find(twins).lean())].map(participants.show)
    },

    /** Turns somebody away or takes them out; once more changes nothing. */
    remove: (meetingId: string, participantId: string): Promise<Participant> =>
      turns(meetingId, async () => {
        const person = await participants.findIn(meetingId, participantId)
        await keepOneFacilitator(person)
        return participants.show((await change(person, { removedAt: clock() })) ?? person)
      }),
  }
}
