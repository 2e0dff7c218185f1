import { type Connection, Schema, type Types } from 'mongoose'
import type { ContactWords } from '../../shared/whoIsWho'
import { encryptWords } from '../access/encryptedWords'
import { DURABLE } from '../durable'

/** How somebody wants to be reached by others of one meeting. Of each only the latest row counts. */
export interface StoredContact {
  _id: Types.ObjectId
  familyId: string
  meetingId: string
  participantId: string
  /** Empty for none. */
  phone: string
  email: string
  to: ContactWords['to']
}

const text = { type: String, required: true }
const maybe = { type: String, default: '' }

const schema = new Schema<StoredContact>(
  { familyId: text, meetingId: text, participantId: text, phone: maybe, email: maybe, to: text },
  { strict: 'throw', versionKey: false, collection: 'contacts', writeConcern: DURABLE },
)
schema.index({ meetingId: 1 })
encryptWords(schema, ['phone', 'email'], async ({ familyId }) => String(familyId))

export const contactModel = (db: Connection) => db.model<StoredContact>('Contact', schema)
