import { type Connection, Schema, type Types } from 'mongoose'
import type { OnCall, OnCallWords } from '../../shared/onCall'
import { DURABLE } from '../durable'

/** Who can be reached for an agency, and when: of agency people, never of a family. */
export interface StoredOnCall extends OnCallWords {
  _id: Types.ObjectId
}

const text = { type: String, required: true }

const schema = new Schema<StoredOnCall>(
  {
    agency: text,
    name: text,
    phone: { type: String, default: '' },
    email: { type: String, default: null },
    days: { type: [String], required: true },
    starts: text,
    ends: text,
    timeZone: text,
  },
  { strict: 'throw', versionKey: false, collection: 'onCall', writeConcern: DURABLE },
)
schema.index({ agency: 1 })

export const onCallModel = (db: Connection) => db.model<StoredOnCall>('OnCall', schema)

export const toOnCall = ({ _id, ...words }: StoredOnCall): OnCall => ({ id: _id.toHexString(), ...words })
