import { type Connection, Types } from 'mongoose'
import type { Body } from '../../shared/api'
import { PlanError } from '../../shared/errors'
import type { Participant } from '../../shared/meeting'
import type { Clock } from '../Clock'
import type { Admission } from './admission'
import { participantModel } from './participantModel'
import type { Participants } from './participants'

interface Needs {
  db: Connection
  clock: Clock
  participants: Participants
  admission: Admission
}

export type Attending = ReturnType<typeof createAttending>

/** How people take part: in the room, on the phone, by video; or without a page, so that others type for them. */
export function createAttending({ db, clock, participants, admission }: Needs) {
  const model = participantModel(db)

  return {
    /** @throws participant/not-found; request/invalid for who has no page: they came as that */
    async attend(meetingId: string, participantId: string, { attendance }: Body<'attend'>): Promise<Participant> {
      const person = await participants.findIn(meetingId, participantId)
      if (person.attendance === 'proxy') throw new PlanError('request/invalid')
      const present = { _id: participantId, removedAt: null }
      const changed = await model
        .findOneAndUpdate(present, { $set: { attendance } }, { returnDocument: 'after' })
        .lean()
      if (!changed) throw new PlanError('participant/not-found')
      return participants.show(changed)
    },

    /**
     * Somebody who is there without a page of their own.
     *
     * @throws request/invalid for who leads; what `admit` throws
     */
    async addPerson(meetingId: string, { memberId, ...words }: Body<'addPerson'>): Promise<Participant> {
      if (words.role === 'facilitator') throw new PlanError('request/invalid')
      const _id = new Types.ObjectId()
      const id = _id.toHexString()
      const asked = { ...words, agency: words.agency ?? null, askedAt: clock(), attendance: 'proxy' } as const
      await model.create({ _id, meetingId, holder: `nobody:${id}`, ...asked })
      try {
        return await admission.admit(meetingId, id, { role: words.role, agency: words.agency, memberId })
      } catch (error) {
        await model.deleteOne({ _id, admittedAt: null })
        throw error
      }
    },
  }
}
