import { type Connection, Schema, type Types } from 'mongoose'
import type { Confided } from '../../shared/confidence'
import type { Language } from '../../shared/meeting'
import { encryptWords } from '../access/encryptedWords'
import { DURABLE } from '../durable'

/** That somebody keeps what is said in a meeting. Said once, and never changed. */
export interface StoredConfidence {
  _id: Types.ObjectId
  familyId: string
  meetingId: string
  participantId: string
  name: string
  language: Language
  words: number
  lead: string
  at: Date
}

const text = { type: String, required: true }

const schema = new Schema<StoredConfidence>(
  {
    familyId: text,
    meetingId: text,
    participantId: text,
    name: text,
    language: text,
    words: { type: Number, required: true },
    lead: text,
    at: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, collection: 'confidences', writeConcern: DURABLE },
)
// What is sent twice is said once.
schema.index({ meetingId: 1, participantId: 1 }, { unique: true })
encryptWords(schema, ['name', 'lead'], async ({ familyId }) => String(familyId))

export const confidenceModel = (db: Connection) => db.model<StoredConfidence>('Confidence', schema)

export function toConfided({ participantId, name, language, words, lead, at }: StoredConfidence): Confided {
  return { participantId, name, language, words, lead, at: at.toISOString() }
}
