import { Schema, type Connection, type Types } from 'mongoose'
import type { Meeting } from '../../shared/meeting'
import type { Phase } from '../../shared/roles'

export interface StoredMeeting {
  _id: Types.ObjectId
  familyId: Types.ObjectId
  kind: Meeting['kind']
  title: string
  startsAt: Date
  timeZone: string
  phase: Phase
  leadName: string
  /** Eight characters as `readJoinCode` makes them. */
  joinCode: string
  joiningOpen: boolean
}

const schema = new Schema<StoredMeeting>(
  {
    familyId: { type: Schema.Types.ObjectId, required: true },
    kind: { type: String, required: true },
    title: { type: String, required: true },
    startsAt: { type: Date, required: true },
    timeZone: { type: String, required: true },
    phase: { type: String, required: true },
    leadName: { type: String, required: true },
    joinCode: { type: String, required: true },
    joiningOpen: { type: Boolean, required: true },
  },
  { strict: 'throw', versionKey: false, collection: 'meetings' },
)
schema.index({ joinCode: 1 }, { unique: true })
schema.index({ familyId: 1, startsAt: -1 })

export const meetingModel = (db: Connection) => db.model<StoredMeeting>('Meeting', schema)

export function toMeeting(stored: StoredMeeting, familyName: string): Meeting {
  const { kind, title, timeZone, phase, leadName } = stored
  return {
    id: stored._id.toHexString(),
    familyId: stored.familyId.toHexString(),
    familyName,
    kind,
    title,
    startsAt: stored.startsAt.toISOString(),
    timeZone,
    phase,
    leadName,
    sealed: null,
  }
}
