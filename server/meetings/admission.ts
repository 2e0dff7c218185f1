import { type Connection, Types } from 'mongoose'
import type { Body } from '../../shared/api'
import { PlanError } from '../../shared/errors'
import type { Participant } from '../../shared/meeting'
import { can, MEMBERS, type Role } from '../../shared/roles'
import type { Clock } from '../Clock'
import { inTurn } from '../inTurn'
import { meetingModel } from './meetingModel'
import { hasAccount, participantModel, stateOf, type StoredParticipant } from './participantModel'
import type { Participants } from './participants'

/** What the family says when it is by itself. */
const FAMILYS_OWN = { phase: 'private', section: 'family' } as const

export type Admission = ReturnType<typeof createAdmission>

/** What the facilitator decides at the door and inside. */
export function createAdmission(needs: { db: Connection; clock: Clock; participants: Participants }) {
  const { db, clock, participants } = needs
  const model = participantModel(db)
  const meetings = meetingModel(db)
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

  /** Who this is for the family: as at an earlier meeting where the same browser was let in, else somebody new. */
  async function memberFor(person: StoredParticipant, role: Role): Promise<Types.ObjectId | null> {
    if (!(MEMBERS as readonly Role[]).includes(role)) return null
    if (person.memberId) return person.memberId
    const meeting = await meetings.findById(person.meetingId, { familyId: 1 }).lean()
    const familys = await meetings.find({ familyId: meeting!.familyId }, { _id: 1 }).lean()
    const known = await model
      .findOne({ holder: person.holder, meetingId: { $in: familys.map(({ _id }) => _id) }, memberId: { $ne: null } })
      .lean()
    return known?.memberId ?? new Types.ObjectId()
  }

  return {
    /**
     * Lets somebody in, or gives somebody inside another role.
     *
     * @throws request/invalid for an agency person without an agency, a facilitator without an account, or who has an
     *   account and would be let in on the family’s side: there are words that professionals never read
     */
    admit: (meetingId: string, participantId: string, as: Body<'admit'>): Promise<Participant> =>
      turns(meetingId, async () => {
        const person = await participants.findIn(meetingId, participantId)
        const agency = as.role === 'agency' ? (as.agency ?? person.agency) : null
        if (as.role === 'agency' && !agency) throw new PlanError('request/invalid')
        if (as.role === 'facilitator' && !hasAccount(person)) throw new PlanError('request/invalid')
        if (hasAccount(person) && can(as.role, 'plan:read', FAMILYS_OWN)) throw new PlanError('request/invalid')
        if (as.role !== 'facilitator') await keepOneFacilitator(person)
        const memberId = await memberFor(person, as.role)
        const admittedAt = person.admittedAt ?? clock()
        const admitted = await change(person, { role: as.role, agency, memberId, admittedAt })
        if (!admitted) throw new PlanError('participant/not-found')
        return participants.show(admitted)
      }),

    /**
     * Others do not learn any more that somebody is in the meeting, or do again.
     *
     * @throws request/invalid for who leads it: everybody is told who lets them in
     */
    async hide(meetingId: string, participantId: string, hidden: boolean): Promise<Participant> {
      const person = await participants.findIn(meetingId, participantId)
      if (person.role === 'facilitator') throw new PlanError('request/invalid')
      const changed = await change(person, { hidden })
      if (!changed) throw new PlanError('participant/not-found')
      return participants.show(changed)
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
