import { type Connection, Schema, type Types } from 'mongoose'
import type { Commitments } from '../../shared/commitments'
import type { Removal, Seal, Version, VersionKind, VersionReason, VersionSummary } from '../../shared/version'
import type { SealedSection, SealedSignature } from '../../shared/versionExport'
import { DURABLE } from '../durable'
import type { PartWords } from '../live/livePlans'

/** A version as it lies in the database: what people wrote, names and labels included, is encrypted. */
export interface StoredVersion {
  _id: Types.ObjectId
  meetingId: string
  familyId: string
  /** Counts from 1 in its meeting. */
  number: number
  kind: VersionKind
  reason: VersionReason
  generation: number
  madeAt: Date
  /** What makes a sealed version checkable; a checkpoint has none. */
  seal?: StoredSeal
  /** `VersionHead` as JSON, encrypted. */
  head: Buffer
  /** `VersionContent` as JSON, encrypted. */
  content: Buffer
}

/** Holds no words, only what they hash to. */
export interface StoredSeal {
  /** Place in the family's chain, from 1. */
  chain: number
  /** The header as it was hashed: canonical JSON. */
  header: string
  headerHash: string
  /** Ed25519, base64. */
  signature: string
  /** Fingerprint of the key it was signed with. */
  key: string
  /** How far the signatures of the family are covered by this header and those before; absent where it covers none. */
  signedUpTo?: number
}

export type VersionHead = Pick<VersionSummary, 'label' | 'madeBy'>
/** One of the other parts of a meeting's plan. */
export interface VersionPartWords extends PartWords {
  /** In a sealed version: where its hash stands in the header, */
  slot?: number
  /** and its salt, base64; gone with the words. */
  salt?: string
  /** Its words were destroyed. */
  removed?: Removal
}

/** With the salts of a sealed version's sections, base64. */
export type VersionContent = Pick<Version, 'plan' | 'people' | 'removed'> & {
  salts?: Partial<Record<SealedSection, string>>
  /** Versions from before there were other parts, or before people answered for themselves, have none. */
  parts?: VersionPartWords[]
  commitments?: Commitments
  /** In a sealed version: what was signed in the family since the one before. */
  signatures?: SealedSignature[]
}

const text = { type: String, required: true }
const number = { type: Number, required: true }
const bytes = { type: Buffer, required: true }

const schema = new Schema<StoredVersion>(
  {
    meetingId: text,
    familyId: text,
    number,
    kind: text,
    reason: text,
    generation: number,
    madeAt: { type: Date, required: true },
    seal: {
      type: new Schema<StoredSeal>(
        { chain: number, header: text, headerHash: text, signature: text, key: text, signedUpTo: Number },
        { _id: false },
      ),
    },
    head: bytes,
    content: bytes,
  },
  { strict: 'throw', versionKey: false, collection: 'versions', writeConcern: DURABLE },
)
// Two taps at once, or two facilitators: one of them gets the number, the other is told.
schema.index({ meetingId: 1, number: 1 }, { unique: true })
// Two meetings of one family that seal at the same moment: one of them comes after the other in the chain.
schema.index(
  { familyId: 1, 'seal.chain': 1 },
  { unique: true, partialFilterExpression: { 'seal.chain': { $exists: true } } },
)

export const versionModel = (db: Connection) => db.model<StoredVersion>('Version', schema)

export function toVersionSummary(stored: Omit<StoredVersion, 'content'>, head: VersionHead): VersionSummary {
  const { _id, meetingId, number, kind, reason, generation, madeAt, seal } = stored
  const made = { number, kind, reason, generation, madeAt: madeAt.toISOString(), ...head }
  return { id: _id.toHexString(), meetingId, ...made, seal: seal ? toSeal(seal) : null }
}

export function toSeal({ chain, headerHash, key }: StoredSeal): Seal {
  return { chain, headerHash, check: checkOf(headerHash), fingerprint: key }
}

/** The first signs of a header's hash, as people compare them on paper: `7F3A-91C2-0B6E`. */
function checkOf(headerHash: string): string {
  return headerHash.slice(0, 12).toUpperCase().match(/.{4}/g)!.join('-')
}
