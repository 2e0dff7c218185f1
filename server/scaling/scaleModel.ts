import { type Connection, Schema, type Types } from 'mongoose'
import type { Agency } from '../../shared/meeting'
import type { Role } from '../../shared/roles'
import { encryptWords } from '../access/encryptedWords'
import { DURABLE } from '../durable'

/** A question from 0 to 10. Asked again, or with other words, it is another row: an answer always has its question. */
export interface StoredScale {
  _id: Types.ObjectId
  familyId: string
  meetingId: string
  question: string
  zero: string
  ten: string
  item: string | null
  askedAt: Date
  /** `stopped`: what was answered is shown to nobody, ever. */
  state: 'open' | 'shown' | 'stopped'
  shownAt: Date | null
}

/** One answer. None is ever changed: who answers again while it is open adds one. */
export interface StoredScore {
  _id: Types.ObjectId
  familyId: string
  meetingId: string
  scale: string
  who: string
  participantId: string | null
  name: string
  role: Role
  agency: Agency | null
  /** A number in words, as it is encrypted. */
  score: string
  higher: string
  named: boolean
  typedBy: string
  at: Date
}

const text = { type: String, required: true }
const maybe = { type: String, default: '' }
const none = { type: String, default: null }
const moment = { type: Date, required: true }
const belongs = { familyId: text, meetingId: text }
const options = (collection: string) => ({
  strict: 'throw' as const,
  versionKey: false as const,
  collection,
  writeConcern: DURABLE,
})

const scales = new Schema<StoredScale>(
  {
    ...{ ...belongs, question: text, zero: text, ten: text, item: none },
    ...{ askedAt: moment, state: text, shownAt: { type: Date, default: null } },
  },
  options('scales'),
)
const scores = new Schema<StoredScore>(
  {
    ...{ ...belongs, scale: text, who: text, participantId: none, name: text, role: text, agency: none },
    ...{ score: text, higher: maybe, named: { type: Boolean, required: true }, typedBy: maybe, at: moment },
  },
  options('scores'),
)
scales.index({ meetingId: 1 })
scores.index({ scale: 1 })
encryptWords(scales, ['question', 'zero', 'ten'], async ({ familyId }) => String(familyId))
encryptWords(scores, ['who', 'name', 'score', 'higher', 'typedBy'], async ({ familyId }) => String(familyId))

export const scaleModel = (db: Connection) => db.model<StoredScale>('Scale', scales)
export const scoreModel = (db: Connection) => db.model<StoredScore>('Score', scores)
