import { Schema, type Connection, type Types } from 'mongoose'
import type { Pause } from '../../shared/running'

/** Where a meeting is in its course. A meeting that did not begin has none. */
export interface StoredRun {
  meetingId: Types.ObjectId
  /** Of the meeting’s kind; null where the clock was stopped before the first. */
  stage: string | null
  /** Null while the clock stands still. */
  endsAt: Date | null
  /** What is left while it stands still, ms; less than nothing where the time was over. */
  leftMs: number | null
  paused: Pause | null
  look: { at: string; by: string; since: Date } | null
  /** Grows with every change, so that of two at once the second sees the first. */
  turn: number
}

const look = new Schema<NonNullable<StoredRun['look']>>(
  { at: { type: String, required: true }, by: { type: String, required: true }, since: { type: Date, required: true } },
  { _id: false },
)

const schema = new Schema<StoredRun>(
  {
    meetingId: { type: Schema.Types.ObjectId, required: true },
    stage: { type: String, default: null },
    endsAt: { type: Date, default: null },
    leftMs: { type: Number, default: null },
    paused: { type: String, default: null },
    look: { type: look, default: null },
    turn: { type: Number, required: true },
  },
  { strict: 'throw', versionKey: false, collection: 'meetingRuns' },
)
schema.index({ meetingId: 1 }, { unique: true })

export const runModel = (db: Connection) => db.model<StoredRun>('MeetingRun', schema)
