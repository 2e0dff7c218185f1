import { type Connection, Schema, type Types } from 'mongoose'
import type { Version, VersionKind, VersionReason, VersionSummary } from '../../shared/version'
import { DURABLE } from '../durable'

/** A version as it lies in the database: what people wrote, names and labels included, is sealed. */
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
  /** `VersionHead` as JSON, sealed. */
  head: Buffer
  /** `VersionContent` as JSON, sealed. */
  content: Buffer
}

export type VersionHead = Pick<VersionSummary, 'label' | 'madeBy'>
export type VersionContent = Pick<Version, 'plan' | 'people'>

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
    head: bytes,
    content: bytes,
  },
  { strict: 'throw', versionKey: false, collection: 'versions', writeConcern: DURABLE },
)
// Two taps at once, or two facilitators: one of them gets the number, the other is told.
schema.index({ meetingId: 1, number: 1 }, { unique: true })

export const versionModel = (db: Connection) => db.model<StoredVersion>('Version', schema)

export function toVersionSummary(stored: Omit<StoredVersion, 'content'>, head: VersionHead): VersionSummary {
  const { _id, meetingId, number, kind, reason, generation, madeAt } = stored
  return {
    id: _id.toHexString(),
    meetingId,
    number,
    kind,
    reason,
    generation,
    madeAt: madeAt.toISOString(),
    seal: null,
    ...head,
  }
}
