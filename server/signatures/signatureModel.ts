import { type Connection, Schema, type Types } from 'mongoose'
import type { Signature, Signed } from '../../shared/signature'
import { DURABLE } from '../durable'

/** A signature as it lies in the database. Nothing here is ever changed; names and drawings are encrypted. */
export interface StoredSignature {
  _id: Types.ObjectId
  familyId: string
  /** Counts from 1 in its family, without a gap: a sealed header covers all up to a number. */
  seq: number
  meetingId: string
  versionId: string
  /** Of the sealed version's header: what was signed. */
  headerHash: string
  participantId: string
  did: Signed
  at: Date
  /** `SignatureWords` as JSON, encrypted with the family's key. */
  words: Buffer
}

export type SignatureWords = Pick<Signature, 'name' | 'drawing' | 'typedBy'>

const text = { type: String, required: true }

const schema = new Schema<StoredSignature>(
  {
    familyId: text,
    seq: { type: Number, required: true },
    meetingId: text,
    versionId: text,
    headerHash: text,
    participantId: text,
    did: text,
    at: { type: Date, required: true },
    words: { type: Buffer, required: true },
  },
  { strict: 'throw', versionKey: false, collection: 'signatures', writeConcern: DURABLE },
)
// Two that sign in the same moment: one of them comes after the other.
schema.index({ familyId: 1, seq: 1 }, { unique: true })
// What is sent twice is signed once.
schema.index({ versionId: 1, participantId: 1, did: 1 }, { unique: true })

export const signatureModel = (db: Connection) => db.model<StoredSignature>('Signature', schema)
