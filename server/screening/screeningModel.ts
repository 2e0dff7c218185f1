import { type Connection, Schema, type Types } from 'mongoose'
import type { ScreeningAnswer } from '../../shared/screening'
import { encryptWords } from '../access/encryptedWords'
import { DURABLE } from '../durable'

/** One answer. None is ever changed: who answers again adds one. */
export interface StoredAnswer {
  _id: Types.ObjectId
  familyId: string
  meetingId: string
  question: string
  answer: ScreeningAnswer
  /** Who it is across their phones: somebody of the family, or who led and wrote it down. */
  who: string
  name: string
  /** Somebody of the family said it to who leads, who wrote it down. */
  typed: boolean
  /** How many times everything had been asked again by then: the order, whatever clocks say. */
  round: number
  at: Date
}

/** All questions were asked again. */
export interface StoredRound {
  _id: Types.ObjectId
  familyId: string
  meetingId: string
  at: Date
}

const text = { type: String, required: true }
const belongs = { familyId: text, meetingId: text }
const at = { type: Date, required: true }
const options = (collection: string) => ({
  strict: 'throw' as const,
  versionKey: false as const,
  collection,
  writeConcern: DURABLE,
})

const answers = new Schema<StoredAnswer>(
  {
    ...belongs,
    question: text,
    answer: text,
    who: text,
    name: text,
    typed: { type: Boolean, required: true },
    round: { type: Number, required: true },
    at,
  },
  options('screeningAnswers'),
)
const rounds = new Schema<StoredRound>({ ...belongs, at }, options('screeningRounds'))
for (const schema of [answers, rounds]) schema.index({ familyId: 1 })
encryptWords(answers, ['question', 'answer', 'who', 'name'], async ({ familyId }) => String(familyId))

export const screeningAnswerModel = (db: Connection) => db.model<StoredAnswer>('ScreeningAnswer', answers)
export const screeningRoundModel = (db: Connection) => db.model<StoredRound>('ScreeningRound', rounds)
