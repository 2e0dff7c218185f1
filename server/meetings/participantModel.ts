import { Schema, type Connection, type Types } from 'mongoose'
import type { Agency, Attendance, Language, Participant, ParticipantState } from '../../shared/meeting'
import type { Role } from '../../shared/roles'
import { encryptWords } from '../access/encryptedWords'
import type { Session } from '../access/sessions'
import { familyOfPlan } from '../live/familyOfPlan'

export interface StoredParticipant {
  _id: Types.ObjectId
  meetingId: Types.ObjectId
  /** Who this is across requests: an account on any browser, or else one browser. */
  holder: string
  /** Who this is in all meetings of the family; null for who is there for an agency, and at the door. */
  memberId: Types.ObjectId | null
  name: string
  /** Before admission a wish, afterwards what the facilitator said. */
  role: Role
  agency: Agency | null
  language: Language
  askedAt: Date
  admittedAt: Date | null
  removedAt: Date | null
  /** For their safety others do not learn that they are in the meeting. */
  hidden: boolean
  /** How they take part; null where nobody said. */
  attendance: Attendance | null
}

const schema = new Schema<StoredParticipant>(
  {
    meetingId: { type: Schema.Types.ObjectId, required: true },
    holder: { type: String, required: true },
    memberId: { type: Schema.Types.ObjectId, default: null },
    name: { type: String, required: true },
    role: { type: String, required: true },
    agency: { type: String, default: null },
    language: { type: String, required: true },
    askedAt: { type: Date, required: true },
    admittedAt: { type: Date, default: null },
    removedAt: { type: Date, default: null },
    hidden: { type: Boolean, default: false },
    attendance: { type: String, default: null },
  },
  { strict: 'throw', versionKey: false, collection: 'participants' },
)
// Nobody is twice in a meeting: those present all have the same `removedAt`, null.
schema.index({ meetingId: 1, holder: 1, removedAt: 1 }, { unique: true })
schema.index({ holder: 1 })
// The plan of a meeting is there before anybody is in it.
encryptWords(schema, ['name'], async ({ meetingId }, db) => familyOfPlan(db, String(meetingId)))

export const participantModel = (db: Connection) => db.model<StoredParticipant>('Participant', schema)

/** What a browser is in meetings by: its person's account, so that they may change browsers, or itself. */
export function holderOf(session: Session): string {
  return session.staffId ? holderOfStaff(session.staffId) : `session:${session.id}`
}

export const holderOfStaff = (staffId: string): string => `staff:${staffId}`

export function hasAccount(participant: StoredParticipant): boolean {
  return participant.holder.startsWith('staff:')
}

export function stateOf({ admittedAt, removedAt }: StoredParticipant): ParticipantState {
  if (removedAt) return 'removed'
  return admittedAt ? 'admitted' : 'waiting'
}

export function toParticipant(stored: StoredParticipant, here: boolean): Participant {
  const { name, role, agency, language } = stored
  const memberId = stored.memberId?.toHexString() ?? null
  const attendance = stored.attendance ?? null
  const is = { state: stateOf(stored), memberId, here: here || attendance === 'proxy', attendance }
  const person = { id: stored._id.toHexString(), name, role, agency, language, ...is }
  return stored.hidden ? { ...person, hidden: true } : person
}
