import { type Connection, Schema, type Types } from 'mongoose'
import type { NEED_STATES, NeedKind } from '../../shared/needKinds'
import { encryptWords } from '../access/encryptedWords'
import { DURABLE } from '../durable'

/** What somebody needs to be able to take part in a meeting. */
export interface StoredNeed {
  _id: Types.ObjectId
  familyId: string
  meetingId: string
  kind: NeedKind
  words: string
  /** Who needs it: as they were called when it was said. */
  name: string
  /** Null where the facilitator typed it for somebody who had not asked to come in yet. */
  participantId: string | null
  /** Null for who is nobody of the family, or was only a name. */
  memberId: string | null
  /** Name of who typed it for them; empty for their own hands. */
  typedBy: string
  at: Date
  state: (typeof NEED_STATES)[number]
  /** Who said "I will see to it". */
  ownerId: string | null
  ownedAt: Date | null
  /** Name of who wrote the owner’s yes down for them; empty for their own hands. */
  ownerTypedBy: string
  /** Who was asked to see to it, and of them, who cannot. */
  asked: string[]
  cannot: string[]
  closedBy: string
  /** Who said so was not shown to others then. */
  closedHidden: boolean
  closedAt: Date | null
}

const text = { type: String, required: true }
const maybe = { type: String, default: '' }
const id = { type: String, default: null }
const moment = { type: Date, default: null }

const schema = new Schema<StoredNeed>(
  {
    familyId: text,
    meetingId: text,
    kind: text,
    words: maybe,
    name: text,
    participantId: id,
    memberId: id,
    typedBy: maybe,
    at: { type: Date, required: true },
    state: text,
    ownerId: id,
    ownedAt: moment,
    ownerTypedBy: maybe,
    asked: { type: [String], default: [] },
    cannot: { type: [String], default: [] },
    closedBy: maybe,
    closedHidden: { type: Boolean, default: false },
    closedAt: moment,
  },
  { strict: 'throw', versionKey: false, collection: 'needs', writeConcern: DURABLE },
)
schema.index({ meetingId: 1 })
encryptWords(schema, ['words', 'name', 'typedBy', 'ownerTypedBy', 'closedBy'], async ({ familyId }) => String(familyId))

export const needModel = (db: Connection) => db.model<StoredNeed>('Need', schema)
