import type { Connection } from 'mongoose'
import type { Person } from '../../shared/account'
import { PlanError } from '../../shared/errors'
import type { Agency, Participant } from '../../shared/meeting'
import type { Clock } from '../Clock'
import { isDuplicateKey } from '../durable'
import type { Admission } from './admission'
import { holderOfStaff, participantModel } from './participantModel'
import type { Participants } from './participants'

interface Needs {
  db: Connection
  clock: Clock
  participants: Participants
  admission: Admission
}

/** Lets an agency person in with their account, who did not ask at the door: the meeting stands on their home page. */
export function createLetStaffIn({ db, clock, participants, admission }: Needs) {
  const model = participantModel(db)

  /** @throws participant/apart; participant/not-found for who was taken out at this moment */
  return async function letStaffIn(meetingId: string, person: Person, agency: Agency): Promise<Participant> {
    const holder = holderOfStaff(person.id)
    const findPresent = () => model.findOne({ meetingId, holder, removedAt: null }).lean()
    if (!(await findPresent())) {
      const asks = { name: person.name, role: 'agency', agency, language: 'en', askedAt: clock() } as const
      await model.create({ meetingId, holder, ...asks }).catch((error: unknown) => {
        // They ask at the door at this moment.
        if (!isDuplicateKey(error)) throw error
      })
    }
    const present = await findPresent()
    if (!present) throw new PlanError('participant/not-found')
    // Whatever they are inside, they stay.
    if (present.admittedAt) return participants.show(present)
    return admission.admit(meetingId, present._id.toHexString(), { role: 'agency', agency })
  }
}
