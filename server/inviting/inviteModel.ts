import { type Connection, Schema, type Types } from 'mongoose'
import type { InviteWords, WAYS } from '../../shared/invite'
import { encryptWords } from '../access/encryptedWords'
import { DURABLE } from '../durable'

/** Somebody who is asked to come to a meeting. */
export interface StoredInvite extends InviteWords {
  _id: Types.ObjectId
  familyId: string
  meetingId: string
  /** How and when it was given away last; null while nobody did. */
  way: (typeof WAYS)[number] | null
  givenAt: Date | null
  /** Name of who did. */
  givenBy: string
  /** The time of the meeting it told. */
  told: Date | null
  at: Date
}

const text = { type: String, required: true }
const maybe = { type: String, default: '' }
const none = { type: String, default: null }
const moment = { type: Date, default: null }

const schema = new Schema<StoredInvite>(
  {
    familyId: text,
    meetingId: text,
    name: text,
    role: text,
    agency: none,
    language: text,
    channel: text,
    address: maybe,
    way: none,
    givenAt: moment,
    givenBy: maybe,
    told: moment,
    at: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, collection: 'invites', writeConcern: DURABLE },
)
schema.index({ meetingId: 1 })
encryptWords(schema, ['name', 'address', 'givenBy'], async ({ familyId }) => String(familyId))

export const inviteModel = (db: Connection) => db.model<StoredInvite>('Invite', schema)
