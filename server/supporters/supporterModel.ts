import { type Connection, Schema, type Types } from 'mongoose'
import { encryptWords } from '../access/encryptedWords'
import { DURABLE } from '../durable'

/** Somebody whom a person of the family wants at their side in a meeting. */
export interface StoredSupporter {
  _id: Types.ObjectId
  familyId: string
  meetingId: string
  /** Who wishes for them, in this meeting and across the family’s. */
  participantId: string
  memberId: string | null
  by: string
  name: string
  relation: string
  reach: string
  at: Date
  /** Name of who asked them to come; empty while nobody did. */
  askedBy: string
  askedAt: Date | null
}

const text = { type: String, required: true }
const maybe = { type: String, default: '' }

const schema = new Schema<StoredSupporter>(
  {
    familyId: text,
    meetingId: text,
    participantId: text,
    memberId: { type: String, default: null },
    by: text,
    name: text,
    relation: text,
    reach: maybe,
    at: { type: Date, required: true },
    askedBy: maybe,
    askedAt: { type: Date, default: null },
  },
  { strict: 'throw', versionKey: false, collection: 'supporters', writeConcern: DURABLE },
)
schema.index({ meetingId: 1 })
encryptWords(schema, ['by', 'name', 'relation', 'reach', 'askedBy'], async ({ familyId }) => String(familyId))

export const supporterModel = (db: Connection) => db.model<StoredSupporter>('Supporter', schema)
