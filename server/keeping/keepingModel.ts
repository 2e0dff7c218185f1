import { type Connection, Schema } from 'mongoose'
import { DURABLE } from '../durable'

/** What was decided about keeping a family; nothing is stored while nobody decided. */
export interface StoredKeeping {
  /** The family's id. */
  _id: string
  years?: number
  hold?: boolean
  /** Encrypted with the family's key. */
  reason?: Buffer
  /** Somebody asked to remove the family, and was asked whether they mean it. */
  asked?: { tokenHash: string; until: Date }
  /** What stays of a family that was removed: when, and by which account. */
  expungedAt?: Date
  expungedBy?: string
  /** Nothing is left to be done. */
  gone?: boolean
}

const asked = new Schema({ tokenHash: { type: String }, until: { type: Date } }, { _id: false })

const schema = new Schema<StoredKeeping>(
  {
    _id: { type: String, required: true },
    years: { type: Number },
    hold: { type: Boolean },
    reason: { type: Buffer },
    asked: { type: asked },
    expungedAt: { type: Date },
    expungedBy: { type: String },
    gone: { type: Boolean },
  },
  { strict: 'throw', versionKey: false, collection: 'keeping', writeConcern: DURABLE },
)

export const keepingModel = (db: Connection) => db.model<StoredKeeping>('Keeping', schema)
