import { type Connection, Schema } from 'mongoose'
import { DURABLE } from '../durable'

/** One entry as it lies in the database. Nothing here is ever changed or taken away. */
export interface StoredEntry {
  chain: string
  seq: number
  /** The entry as it was hashed: canonical JSON. */
  entry: string
  hash: string
}

const text = { type: String, required: true }

const schema = new Schema<StoredEntry>(
  { chain: text, seq: { type: Number, required: true }, entry: text, hash: text },
  { strict: 'throw', versionKey: false, collection: 'record', writeConcern: DURABLE },
)
// Two that write at once: one of them comes after the other.
schema.index({ chain: 1, seq: 1 }, { unique: true })

export const recordModel = (db: Connection) => db.model<StoredEntry>('RecordEntry', schema)
