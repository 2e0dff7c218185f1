import { type Connection, Schema, type Types } from 'mongoose'
import type { PromisedAnswer } from '../../shared/promise'
import { encryptWords } from '../access/encryptedWords'
import { DURABLE } from '../durable'

/** One answer of an owner to a promise. None is ever changed: who answers again adds one. */
export interface StoredPromise {
  _id: Types.ObjectId
  familyId: string
  meetingId: string
  actionId: string
  participantId: string | null
  name: string
  answer: PromisedAnswer
  words: string
  to: string
  /** Name of who typed it for them; empty for their own hands. */
  typedBy: string
  at: Date
}

const text = { type: String, required: true }
const maybe = { type: String, default: '' }

const schema = new Schema<StoredPromise>(
  {
    familyId: text,
    meetingId: text,
    actionId: text,
    participantId: { type: String, default: null },
    name: text,
    answer: text,
    words: maybe,
    to: text,
    typedBy: maybe,
    at: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, collection: 'promises', writeConcern: DURABLE },
)
schema.index({ meetingId: 1 })
encryptWords(schema, ['name', 'answer', 'words', 'to', 'typedBy'], async ({ familyId }) => String(familyId))

export const promiseModel = (db: Connection) => db.model<StoredPromise>('Promise', schema)
