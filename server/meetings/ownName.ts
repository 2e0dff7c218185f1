import { type Connection } from 'mongoose'
import { PlanError } from '../../shared/errors'
import type { Participant } from '../../shared/meeting'
import { participantModel } from './participantModel'
import type { Participants } from './participants'

/** What somebody wants to be called in a meeting, from now on. */
export function createOwnName({ db, participants }: { db: Connection; participants: Participants }) {
  const model = participantModel(db)

  return async function callMe(participantId: string, name: string): Promise<Participant> {
    const present = { _id: participantId, removedAt: null }
    const called = await model.findOneAndUpdate(present, { $set: { name } }, { returnDocument: 'after' }).lean()
    if (!called) throw new PlanError('participant/not-found')
    return participants.show(called)
  }
}
