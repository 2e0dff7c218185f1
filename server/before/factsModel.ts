import { type Connection, Schema, type Types } from 'mongoose'
import { encryptWords } from '../access/encryptedWords'
import { DURABLE } from '../durable'

/** Why a meeting is held, as somebody said it. None is ever changed: the last one counts. */
export interface StoredFacts {
  _id: Types.ObjectId
  familyId: string
  meetingId: string
  /** `RuleFacts` as JSON. */
  facts: string
  at: Date
}

const text = { type: String, required: true }

const schema = new Schema<StoredFacts>(
  { familyId: text, meetingId: text, facts: text, at: { type: Date, required: true } },
  { strict: 'throw', versionKey: false, collection: 'ruleFacts', writeConcern: DURABLE },
)
schema.index({ meetingId: 1 })
encryptWords(schema, ['facts'], async ({ familyId }) => String(familyId))

export const factsModel = (db: Connection) => db.model<StoredFacts>('RuleFacts', schema)
