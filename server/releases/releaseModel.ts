import { type Connection, Schema, type Types } from 'mongoose'
import type { Agency } from '../../shared/meeting'
import type { Authority, Recipient, SignedForm } from '../../shared/release'
import type { SignedLine } from '../../shared/releaseWords'
import type { Gated } from '../../shared/roles'
import { DURABLE } from '../durable'

/** A signed permission as it lies in the database: what decides about rights is readable, all words are encrypted. */
export interface StoredRelease {
  _id: Types.ObjectId
  familyId: string
  /** Where it was signed. */
  meetingId: string
  /** The act of signing; one row a section. */
  sitting: string
  section: Gated
  /** Whose part of the plan it opens: the signer's own, or the one they have for a child they sign for. */
  subject: string
  /** The member who signed, and whose it stays. */
  signer: string
  /** Who has the records and may tell of them; null where only the person does. */
  discloser: Agency | null
  recipients: Recipient[]
  /** Members of the family who may see it too. */
  members: string[]
  signedAt: Date
  expiresAt: Date
  revokedAt: Date | null
  /** `ReleaseWords` as JSON, encrypted with the family's key. */
  words: Buffer
}

/** What people said in it, and the sentences they signed. */
export interface ReleaseWords extends Pick<SignedForm, 'purpose' | 'ownPurpose' | 'language' | 'signature'> {
  /** Whom it is about, by name. */
  about: string
  /** Of who signed, as the room called them. */
  signedBy: string
  /** In what right; null about oneself. */
  as: Authority | null
  told: string
  /** Who of the family may see it, by name. */
  members: string[]
  /** Of the sentences. */
  version: number
  lines: SignedLine[]
}

const text = { type: String, required: true }

const schema = new Schema<StoredRelease>(
  {
    familyId: text,
    meetingId: text,
    sitting: text,
    section: text,
    subject: text,
    signer: text,
    discloser: { type: String, default: null },
    recipients: { type: [String], required: true },
    members: { type: [String], required: true },
    signedAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    revokedAt: { type: Date, default: null },
    words: { type: Buffer, required: true },
  },
  { strict: 'throw', versionKey: false, collection: 'releases', writeConcern: DURABLE },
)
schema.index({ familyId: 1 })
schema.index({ expiresAt: 1 })
// What is sent twice is signed once.
schema.index({ sitting: 1, section: 1 }, { unique: true })

export const releaseModel = (db: Connection) => db.model<StoredRelease>('Release', schema)
