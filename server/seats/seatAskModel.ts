import { type Connection, Schema } from 'mongoose'
import { DURABLE } from '../durable'

/** Somebody on call was asked into a meeting: until they come, their agency's seat is still empty. */
interface StoredSeatAsk {
  /** The participant they became. */
  _id: string
  familyId: string
  meetingId: string
  at: Date
}

const text = { type: String, required: true }

const schema = new Schema<StoredSeatAsk>(
  { _id: text, familyId: text, meetingId: text, at: { type: Date, required: true } },
  { strict: 'throw', versionKey: false, collection: 'seatAsks', writeConcern: DURABLE },
)
schema.index({ meetingId: 1 })

export const seatAskModel = (db: Connection) => db.model<StoredSeatAsk>('SeatAsk', schema)
