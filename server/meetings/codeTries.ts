import { EventEmitter } from 'node:events'
import { Schema, type Connection } from 'mongoose'
import type { Clock } from '../Clock'
import { DURABLE } from '../durable'
import { inTurn } from '../inTurn'
import { meetingPart } from './joinCode'

/** Wrong guesses, from any number of addresses, after which a code opens nothing any more. */
export const TRIES_MAX = 10
/** Far longer than any code opens a door, ms: a shut code never comes back by waiting. */
const KEPT_MS = 400 * 24 * 60 * 60_000

interface StoredTries {
  /** The part of a code that names a meeting, whether or not there is one. */
  _id: string
  wrong: number
  expiresAt: Date
}

const schema = new Schema<StoredTries>(
  {
    _id: { type: String, required: true },
    wrong: { type: Number, required: true },
    expiresAt: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, collection: 'codeTries' },
)
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 })

export type CodeTries = ReturnType<typeof createCodeTries>

/**
 * Counts wrong guesses a meeting. The first half of a code names the meeting, the second is the secret, so a wrong code
 * counts against the meeting it names. Halves that name no meeting are counted just the same: a wrong code, an ended
 * one and one that never was cost the same work, and their answers take the same time.
 */
export function createCodeTries({ db, clock }: { db: Connection; clock: Clock }) {
  const model = db.model<StoredTries>('CodeTries', schema)
  const turns = inTurn()
  /** `shut`: the codes that begin so open nothing any more. */
  const news = new EventEmitter<{ shut: [string] }>()

  const count = async (part: string) => (await model.findById(part).lean())?.wrong ?? 0

  async function add(part: string): Promise<void> {
    const expiresAt = new Date(clock().getTime() + KEPT_MS)
    const { wrong } = await model
      .findOneAndUpdate(
        { _id: part },
        { $inc: { wrong: 1 }, $set: { expiresAt } },
        { upsert: true, returnDocument: 'after', writeConcern: DURABLE },
      )
      .lean()
    if (wrong === TRIES_MAX) news.emit('shut', part)
  }

  return {
    news,

    /** Did somebody guess this code's meeting too often? */
    isShut: async (code: string): Promise<boolean> => (await count(meetingPart(code))) >= TRIES_MAX,

    /** Has nobody ever guessed at this code's meeting? */
    isUntouched: async (code: string): Promise<boolean> => (await count(meetingPart(code))) === 0,

    /**
     * What a code opens, or null and one guess more. One at a time for each meeting: of a hundred guesses sent at once
     * ten are looked at.
     *
     * @param find tells what the code opens; null for nothing
     */
    look: <T>(code: string, find: () => Promise<T | null>): Promise<T | null> =>
      turns(meetingPart(code), async () => {
        const wrong = await count(meetingPart(code))
        const found = await find()
        if (found !== null && wrong < TRIES_MAX) return found
        await add(meetingPart(code))
        return null
      }),
  }
}
