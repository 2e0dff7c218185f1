import { type Connection, Schema, type Types } from 'mongoose'
import type { InviteWords, WAYS } from '../../shared/invite'
import { encryptWords } from '../access/encryptedWords'
import { DURABLE } from '../durable'

/** Somebody who is asked to come to a meeting. */
export interface StoredInvite extends InviteWords {
  _id: Types.ObjectId
  familyId: string
  meetingId: string
  /** The wish of somebody of the family that it comes from; null where who leads thought of them. */
  supporterId: string | null
  /** How and when it was given away last; null while nobody did. */
  way: (typeof WAYS)[number] | null
  givenAt: Date | null
  /** Name of who did. */
  givenBy: string
  /** The time of the meeting it told. */
  told: Date | null
  /** How often giving it away was begun; missing where that was not counted yet. */
  tries?: number
  /** Name of who began an email of which nothing was heard yet, and when; written before anything is sent. */
  tryingBy: string
  tryingAt: Date | null
  /** The line to the mail server broke while it was on its way. */
  lost: boolean
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
    supporterId: none,
    way: none,
    givenAt: moment,
    givenBy: maybe,
    told: moment,
    tries: { type: Number, default: 0 },
    tryingBy: maybe,
    tryingAt: moment,
    lost: { type: Boolean, default: false },
    at: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, collection: 'invites', writeConcern: DURABLE },
)
schema.index({ meetingId: 1 })
encryptWords(schema, ['name', 'address', 'givenBy', 'tryingBy'], async ({ familyId }) => String(familyId))

export const inviteModel = (db: Connection) => db.model<StoredInvite>('Invite', schema)

/** After this long, ms, nothing more is heard of an email that was begun: the server was stopped meanwhile. */
const HEARD_MS = 60_000

/** Will nobody hear any more whether the email that was begun went out? */
export const isLost = ({ tryingAt, lost }: Pick<StoredInvite, 'tryingAt' | 'lost'>, now: Date): boolean =>
  lost || (tryingAt !== null && now.getTime() - tryingAt.getTime() > HEARD_MS)
