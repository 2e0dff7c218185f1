import { type Connection, Schema, type Types } from 'mongoose'
import type { PollAnswer, TimePoll } from '../../shared/timePoll'
import { DURABLE } from '../durable'

/** What one person said about the times, one answer a time. */
export interface StoredAnswers {
  /** Somebody of the family by member id, so that it is theirs on every phone; others by participant id. */
  who: string
  answers: (PollAnswer | null)[]
  /** Participant id of who wrote it down for them; null for their own hands. */
  typedBy: string | null
}

/** Times offered for one meeting, with what people said: all in one row, so that nothing is said after a pick. */
export interface StoredPoll {
  _id: Types.ObjectId
  familyId: string
  meetingId: string
  state: TimePoll['state']
  /** Participant id of who offered them. */
  askedBy: string
  askedAt: Date
  times: Date[]
  picked: number | null
  answers: StoredAnswers[]
  /** Grows with every change: who changes it must have read what it is. */
  changes: number
}

const text = { type: String, required: true }
const none = { type: String, default: null }

const answers = new Schema<StoredAnswers>({ who: text, answers: { type: [String] }, typedBy: none }, { _id: false })

const schema = new Schema<StoredPoll>(
  {
    familyId: text,
    meetingId: text,
    state: text,
    askedBy: text,
    askedAt: { type: Date, required: true },
    times: { type: [Date], required: true },
    picked: { type: Number, default: null },
    answers: { type: [answers], default: [] },
    changes: { type: Number, default: 0 },
  },
  { strict: 'throw', versionKey: false, collection: 'timePolls', writeConcern: DURABLE },
)
schema.index({ meetingId: 1 }, { unique: true })

export const pollModel = (db: Connection) => db.model<StoredPoll>('TimePoll', schema)
