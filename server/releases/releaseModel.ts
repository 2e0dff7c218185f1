import { type Connection, Schema, type Types } from 'mongoose'
import type { Agency } from '../../shared/meeting'
import type { Recipient } from '../../shared/release'
import type { Gated } from '../../shared/roles'
import { DURABLE } from '../durable'

/** A signed permission as it lies in the database: what decides about rights is readable, all words are encrypted. */
export interface StoredRelease {
  _id: Types.ObjectId
  familyId: string
  /** Where it was signed. */
  meetingId: string
  section: Gated
  /** The member it is about. */
  subject: string
  /** Who has the records and may tell of them; null where only the person does. */
  discloser: Agency | null
  recipients: Recipient[]
  /** Members of the family who may see it too. */
  members: string[]
  signedAt: Date
  expiresAt: Date
  revokedAt: Date | null
  /** Names, purpose, what may be told, the words that were signed: JSON, encrypted with the family's key. */
  words: Buffer
}

const text = { type: String, required: true }

const schema = new Schema<StoredRelease>(
  {
    familyId: text,
    meetingId: text,
    section: text,
    subject: text,
    discloser: { type: String, default: null },
    recipients: { type: [String], required: true },
    members: { type: [String], required: true },
    signedAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    revokedAt: { type: Date, default: null },
    words: { type: Buffer, required: true },
  },
  { strict: 'throw', versionKey: false, collection: 'releases', writeConcern: DURABLE },
)
schema.index({ familyId: 1 })

export const releaseModel = (db: Connection) => db.model<StoredRelease>('Release', schema)
