import { type Connection, Schema, type Types } from 'mongoose'
import type { ReleaseAsk } from '../../shared/release'
import { DURABLE } from '../durable'

/** A form somebody filled in for a person of the family; it goes away when it is signed or set aside. */
export interface StoredAsk {
  _id: Types.ObjectId
  familyId: string
  meetingId: string
  /** Participants. */
  from: string
  to: string
  askedAt: Date
  /** `AskWords` as JSON, encrypted with the family's key. */
  words: Buffer
}

export type AskWords = Pick<ReleaseAsk, 'askedBy' | 'form'>

const text = { type: String, required: true }

const schema = new Schema<StoredAsk>(
  {
    familyId: text,
    meetingId: text,
    from: text,
    to: text,
    askedAt: { type: Date, required: true },
    words: { type: Buffer, required: true },
  },
  { strict: 'throw', versionKey: false, collection: 'releaseAsks', writeConcern: DURABLE },
)
schema.index({ meetingId: 1, to: 1 })

export const askModel = (db: Connection) => db.model<StoredAsk>('ReleaseAsk', schema)
