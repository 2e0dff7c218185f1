import type { Connection } from 'mongoose'
import type { Person } from '../../shared/account'
import { PlanError } from '../../shared/errors'
import type { Participant } from '../../shared/meeting'
import type { Clock } from '../Clock'
import { byStaff } from '../record/actors'
import type { Admission } from './admission'
import type { By } from './leading'
import type { Meetings } from './meetings'
import { holderOfStaff, participantModel, type StoredParticipant } from './participantModel'

interface Needs {
  db: Connection
  clock: Clock
  meetings: Meetings
  admission: Admission
  /** Tells the pages of a meeting that somebody is something else there now. */
  tell(meetingId: string, me: Participant): void
  /** What follows from that. */
  settleAfter(me: Participant, meetingId: string, by: By): Promise<void>
}

export type LeaveFamily = ReturnType<typeof createLeaveFamily>

/** Takes a colleague out of all meetings of a family; what they led alone, whoever takes them out leads from now on. */
export function createLeaveFamily({ db, clock, meetings, admission, tell, settleAfter }: Needs) {
  const model = participantModel(db)

  async function leadsAlone({ _id, meetingId, role, admittedAt }: StoredParticipant): Promise<boolean> {
    if (role !== 'facilitator' || !admittedAt) return false
    const others = { meetingId, role, removedAt: null, admittedAt: { $ne: null }, _id: { $ne: _id } }
    return (await model.countDocuments(others)) === 0
  }

  /** @throws team/leads when it cannot be handed to `by` */
  async function takeOver(meetingId: string, by: Person): Promise<void> {
    if (by.duty !== 'facilitator') throw new PlanError('team/leads')
    const holder = holderOfStaff(by.id)
    const here = await model.findOne({ meetingId, holder, removedAt: null }, { _id: 1 }).lean()
    const asked = { meetingId, holder, name: by.name, role: 'facilitator', language: 'en', askedAt: clock() } as const
    const { _id } = here ?? (await model.create(asked))
    tell(meetingId, await admission.admit(meetingId, _id.toHexString(), { role: 'facilitator' }))
  }

  return async function leaveFamily(familyId: string, staffId: string, by: Person): Promise<void> {
    const familys = (await meetings.list({ familyId })).map(({ _id }) => _id)
    const present = await model
      .find({ holder: holderOfStaff(staffId), removedAt: null, meetingId: { $in: familys } })
      .lean()
    for (const person of present) {
      const meetingId = person.meetingId.toHexString()
      if (await leadsAlone(person)) {
        if (by.id === staffId) throw new PlanError('team/leads')
        await takeOver(meetingId, by)
      }
      const gone = await admission.remove(meetingId, person._id.toHexString())
      tell(meetingId, gone)
      await settleAfter(gone, meetingId, { ...byStaff(by), familyId })
    }
  }
}
