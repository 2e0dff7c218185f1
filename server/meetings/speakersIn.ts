import type { Connection } from 'mongoose'
import type { Participant } from '../../shared/meeting'
import { participantModel } from './participantModel'

export type Speaker = Pick<Participant, 'role' | 'attendance'>

/** What everybody is, or was last, who is or was in a meeting, by participant id. */
export function createSpeakersIn({ db }: { db: Connection }) {
  const model = participantModel(db)

  return async function speakersIn(meetingId: string): Promise<Map<string, Speaker>> {
    const all = await model.find({ meetingId }, { role: 1, attendance: 1 }).lean()
    return new Map(
      all.map(({ _id, role, attendance }) => [_id.toHexString(), { role, attendance: attendance ?? null }]),
    )
  }
}
