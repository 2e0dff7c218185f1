import type { Connection } from 'mongoose'
import { meetingModel } from './meetingModel'
import { participantModel } from './participantModel'

/** What the people of a family's meetings are called: each by participant id, and those it knows again by member id. */
export function createFamilyPeople({ db }: { db: Connection }) {
  const meetings = meetingModel(db)
  const participants = participantModel(db)

  return async function familyPeople(familyId: string): Promise<Map<string, string>> {
    const held = await meetings.find({ familyId }, { _id: 1 }).lean()
    const people = await participants
      .find({ meetingId: { $in: held.map(({ _id }) => _id) } }, { name: 1, memberId: 1 })
      .sort({ askedAt: 1 })
      .lean()
    const called = new Map<string, string>()
    for (const { _id, memberId, name } of people) {
      called.set(_id.toHexString(), name)
      if (memberId) called.set(memberId.toHexString(), name)
    }
    return called
  }
}
