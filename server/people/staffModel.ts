import { Schema, type Connection, type Types } from 'mongoose'
import type { Person } from '../../shared/api'
import type { Agency } from '../../shared/meeting'
import type { Duty } from '../../shared/roles'

export interface StoredStaff {
  _id: Types.ObjectId
  /** In small letters; what a person signs in with. */
  email: string
  name: string
  /** argon2id, with its salt and cost. */
  passwordHash: string
  duty: Duty
  agency: Agency | null
}

const schema = new Schema<StoredStaff>(
  {
    email: { type: String, required: true },
    name: { type: String, required: true },
    passwordHash: { type: String, required: true },
    duty: { type: String, required: true },
    agency: { type: String, default: null },
  },
  { strict: 'throw', versionKey: false, collection: 'staff' },
)
schema.index({ email: 1 }, { unique: true })

export const staffModel = (db: Connection) => db.model<StoredStaff>('Staff', schema)

export function toPerson({ _id, name, email, duty, agency }: StoredStaff): Person {
  return { id: _id.toHexString(), name, email, duty, agency }
}
