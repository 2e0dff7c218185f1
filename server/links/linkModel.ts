import { Schema, type Connection, type Types } from 'mongoose'
import type { Language } from '../../shared/meeting'
import { encryptWords } from '../access/encryptedWords'
import { DURABLE } from '../durable'

/** A link of one person of a family to the sealed plans of the meetings they were in. */
export interface StoredLink {
  _id: Types.ObjectId
  tokenHash: string
  familyId: Types.ObjectId
  memberId: Types.ObjectId
  language: Language
  /** Where codes are sent; null for a link on paper, whose code stands beside it. */
  email: string | null
  /** Hash of the code that opens it now; null until one is sent. */
  codeHash: string | null
  /** When that code stops; null for one on paper. */
  codeUntil: Date | null
  /** When a code was last sent. */
  sentAt: Date | null
  /** Wrong codes since the last right one. */
  wrong: number
  madeAt: Date
  expiresAt: Date
  endedAt: Date | null
  openedAt: Date | null
}

const link = new Schema<StoredLink>(
  {
    tokenHash: { type: String, required: true },
    familyId: { type: Schema.Types.ObjectId, required: true },
    memberId: { type: Schema.Types.ObjectId, required: true },
    language: { type: String, required: true },
    email: { type: String, default: null },
    codeHash: { type: String, default: null },
    codeUntil: { type: Date, default: null },
    sentAt: { type: Date, default: null },
    wrong: { type: Number, required: true },
    madeAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    endedAt: { type: Date, default: null },
    openedAt: { type: Date, default: null },
  },
  { strict: 'throw', versionKey: false, collection: 'links', writeConcern: DURABLE },
)
link.index({ tokenHash: 1 }, { unique: true })
link.index({ memberId: 1 })
encryptWords(link, ['email'], async ({ familyId }) => String(familyId))

/** A browser in which a link was opened with its code. */
export interface StoredReading {
  tokenHash: string
  linkId: Types.ObjectId
  expiresAt: Date
}

const reading = new Schema<StoredReading>(
  {
    tokenHash: { type: String, required: true },
    linkId: { type: Schema.Types.ObjectId, required: true },
    expiresAt: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, collection: 'linkReadings' },
)
reading.index({ tokenHash: 1 }, { unique: true })
reading.index({ expiresAt: 1 }, { expireAfterSeconds: 0 })

export const linkModel = (db: Connection) => db.model<StoredLink>('Link', link)
export const readingModel = (db: Connection) => db.model<StoredReading>('LinkReading', reading)
