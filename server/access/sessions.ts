import { Schema, type Types, type Connection } from 'mongoose'
import type { Clock } from '../Clock'
import { COOKIES, readCookie, type CookieName } from './cookies'
import { hashToken, secretToken } from './secretToken'

/** `guest`: a person without an account; `staff`: an agency person; `projector`: a screen of one meeting. */
export type SessionKind = 'guest' | 'staff' | 'projector'

/** One browser as we know it. */
export interface Session {
  id: string
  kind: SessionKind
  staffId: string | null
  /** The meeting a projector shows; people are tied to meetings by their participants. */
  meetingId: string | null
}

interface StoredSession {
  _id: Types.ObjectId
  tokenHash: string
  kind: SessionKind
  staffId: Types.ObjectId | null
  meetingId: Types.ObjectId | null
  expiresAt: Date
}

const HOUR_MS = 60 * 60_000
/** How long a session lasts after it was last used. */
const LASTS_MS: Record<SessionKind, number> = { guest: 30 * 24 * HOUR_MS, staff: 12 * HOUR_MS, projector: 24 * HOUR_MS }
/** A session is prolonged after this part of its time, so that reading does not mean writing. */
const PROLONG_AFTER = 1 / 24

const schema = new Schema<StoredSession>(
  {
    tokenHash: { type: String, required: true },
    kind: { type: String, required: true },
    staffId: { type: Schema.Types.ObjectId, default: null },
    meetingId: { type: Schema.Types.ObjectId, default: null },
    expiresAt: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, collection: 'sessions' },
)
schema.index({ tokenHash: 1 }, { unique: true })
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 })

function toSession(stored: StoredSession): Session {
  return {
    id: stored._id.toHexString(),
    kind: stored.kind,
    staffId: stored.staffId?.toHexString() ?? null,
    meetingId: stored.meetingId?.toHexString() ?? null,
  }
}

export type Sessions = ReturnType<typeof createSessions>

/** Who a browser is, kept behind opaque cookies; only the hash of a cookie is stored. */
export function createSessions({ db, clock }: { db: Connection; clock: Clock }) {
  const model = db.model<StoredSession>('Session', schema)
  const expiry = (kind: SessionKind) => new Date(clock().getTime() + LASTS_MS[kind])

  async function prolong(stored: StoredSession): Promise<void> {
    const used = LASTS_MS[stored.kind] - (stored.expiresAt.getTime() - clock().getTime())
    if (used < LASTS_MS[stored.kind] * PROLONG_AFTER) return
    await model.updateOne({ _id: stored._id }, { $set: { expiresAt: expiry(stored.kind) } })
  }

  return {
    /** The session behind a request's cookies, or null; its time starts anew. */
    async find(cookieHeader: string | undefined, name: CookieName = COOKIES.person): Promise<Session | null> {
      const token = readCookie(cookieHeader, name)
      if (!token) return null
      const stored = await model.findOne({ tokenHash: hashToken(token) }).lean()
      if (!stored || stored.expiresAt <= clock()) return null
      if ((stored.kind === 'projector') !== (name === COOKIES.projector)) return null
      await prolong(stored)
      return toSession(stored)
    },

    /** A new session and the secret for its cookie. */
    async start(as: {
      kind: SessionKind
      staffId?: string
      meetingId?: string
    }): Promise<{ session: Session; token: string }> {
      const { token, tokenHash } = secretToken()
      const stored = await model.create({ ...as, tokenHash, expiresAt: expiry(as.kind) })
      return { session: toSession(stored), token }
    },

    async end(sessionId: string): Promise<void> {
      await model.deleteOne({ _id: sessionId })
    },
  }
}
