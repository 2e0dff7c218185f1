import { Schema, type Connection, type Types } from 'mongoose'
import type { Speaking } from '../../shared/speaking'

export interface StoredSpeaking extends Speaking {
  meetingId: Types.ObjectId
}

const circle = new Schema<NonNullable<Speaking['circle']>>(
  { had: { type: [String], required: true }, coming: { type: [String], required: true } },
  { _id: false },
)

const schema = new Schema<StoredSpeaking>(
  {
    meetingId: { type: Schema.Types.ObjectId, required: true },
    hands: { type: [String], required: true },
    word: { type: String, default: null },
    circle: { type: circle, default: null },
  },
  { strict: 'throw', versionKey: false, collection: 'speaking' },
)
schema.index({ meetingId: 1 }, { unique: true })

export const speakModel = (db: Connection) => db.model<StoredSpeaking>('Speaking', schema)
