import { Schema, type Connection, type Types } from 'mongoose'
import { hashToken, secretToken } from '../access/secretToken'
import type { Clock } from '../Clock'

interface StoredPairing {
  tokenHash: string
  meetingId: Types.ObjectId
  expiresAt: Date
  usedAt: Date | null
}

/** Long enough to carry a link to the computer at the wall. */
const LASTS_MS = 15 * 60_000

const schema = new Schema<StoredPairing>(
  {
    tokenHash: { type: String, required: true },
    meetingId: { type: Schema.Types.ObjectId, required: true },
    expiresAt: { type: Date, required: true },
    usedAt: { type: Date, default: null },
  },
  { strict: 'throw', versionKey: false, collection: 'pairings' },
)
schema.index({ tokenHash: 1 }, { unique: true })
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 })

export type Pairings = ReturnType<typeof createPairings>

/** One-time links that make a browser the projector of a meeting. */
export function createPairings({ db, clock }: { db: Connection; clock: Clock }) {
  const model = db.model<StoredPairing>('Pairing', schema)

  return {
    /** @returns the secret of a new link */
    async make(meetingId: string): Promise<string> {
      const { token, tokenHash } = secretToken()
      await model.create({ tokenHash, meetingId, expiresAt: new Date(clock().getTime() + LASTS_MS) })
      return token
    },

    /** The meeting of a link, once: whoever comes second, or too late, gets null. */
    async use(token: string): Promise<string | null> {
      const usable = { tokenHash: hashToken(token), usedAt: null, expiresAt: { $gt: clock() } }
      const used = await model.findOneAndUpdate(usable, { $set: { usedAt: clock() } }).lean()
      return used?.meetingId.toHexString() ?? null
    },
  }
}
