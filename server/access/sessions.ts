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
  expiresAt: Date
  /** It ends then in any case: using it does not put that off. */
  lastly: boolean
}

/** A session as its owner sees it among others. */
export interface OwnSession {
  id: string
  browser: string
  startedAt: Date
  usedAt: Date
}

interface StoredSession {
  _id: Types.ObjectId
  tokenHash: string
  kind: SessionKind
  staffId: Types.ObjectId | null
  meetingId: Types.ObjectId | null
  /** Browser and system by name; empty where nobody asks. */
  browser: string
  startedAt: Date
  usedAt: Date
  expiresAt: Date
}

const HOUR_MS = 60 * 60_000
const DAY_MS = 24 * HOUR_MS
/** How long a session lasts after it was last used; of accounts as NIST SP 800-63B-4, 2.2.3, has it. */
const IDLE_MS: Record<SessionKind, number> = { guest: 30 * DAY_MS, staff: HOUR_MS, projector: DAY_MS }
/** How long it lasts at most, however much it is used. */
const LONGEST_MS: Record<SessionKind, number> = { guest: Infinity, staff: DAY_MS, projector: Infinity }
/** A session is prolonged after this part of its time, so that reading does not mean writing. */
const PROLONG_AFTER = 1 / 24

const schema = new Schema<StoredSession>(
  {
    tokenHash: { type: String, required: true },
    kind: { type: String, required: true },
    staffId: { type: Schema.Types.ObjectId, default: null },
    meetingId: { type: Schema.Types.ObjectId, default: null },
    browser: { type: String, default: '' },
    startedAt: { type: Date, required: true },
    usedAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, collection: 'sessions' },
)
schema.index({ tokenHash: 1 }, { unique: true })
schema.index({ staffId: 1 })
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 })

const endInAnyCase = ({ kind, startedAt }: StoredSession) => startedAt.getTime() + LONGEST_MS[kind]

function toSession(stored: StoredSession): Session {
  return {
    id: stored._id.toHexString(),
    kind: stored.kind,
    staffId: stored.staffId?.toHexString() ?? null,
    meetingId: stored.meetingId?.toHexString() ?? null,
    expiresAt: stored.expiresAt,
    lastly: stored.expiresAt.getTime() >= endInAnyCase(stored),
  }
}

export interface Looking {
  name?: CookieName
  /** Is somebody there, or does only an open page ask again? What nobody does prolongs no account's session. */
  used?: boolean
}

export type Sessions = ReturnType<typeof createSessions>

/** Who a browser is, kept behind opaque cookies; only the hash of a cookie is stored. */
export function createSessions({ db, clock }: { db: Connection; clock: Clock }) {
  const model = db.model<StoredSession>('Session', schema)

  /** When it ends, used now. */
  function endOf(kind: SessionKind, startedAt: Date, usedAt: Date): Date {
    return new Date(Math.min(usedAt.getTime() + IDLE_MS[kind], startedAt.getTime() + LONGEST_MS[kind]))
  }

  async function prolong(stored: StoredSession): Promise<StoredSession> {
    const usedAt = clock()
    if (usedAt.getTime() - stored.usedAt.getTime() < IDLE_MS[stored.kind] * PROLONG_AFTER) return stored
    const times = { usedAt, expiresAt: endOf(stored.kind, stored.startedAt, usedAt) }
    await model.updateOne({ _id: stored._id }, { $set: times })
    return { ...stored, ...times }
  }

  return {
    /** The session behind a request's cookies, or null; its time starts anew where it is used. */
    async find(
      cookieHeader: string | undefined,
      { name = COOKIES.person, used = true }: Looking = {},
    ): Promise<Session | null> {
      const token = readCookie(cookieHeader, name)
      if (!token) return null
      const stored = await model.findOne({ tokenHash: hashToken(token) }).lean()
      // Of before sessions knew when they began: signing in, or asking at the door, makes a new one.
      if (!stored?.startedAt || stored.expiresAt <= clock()) return null
      if ((stored.kind === 'projector') !== (name === COOKIES.projector)) return null
      return toSession(used || stored.kind !== 'staff' ? await prolong(stored) : stored)
    },

    /** A new session and the secret for its cookie. */
    async start(as: {
      kind: SessionKind
      staffId?: string
      meetingId?: string
      browser?: string
    }): Promise<{ session: Session; token: string }> {
      const { token, tokenHash } = secretToken()
      const now = clock()
      const times = { startedAt: now, usedAt: now, expiresAt: endOf(as.kind, now, now) }
      const stored = await model.create({ ...as, tokenHash, ...times })
      return { session: toSession(stored), token }
    },

    async end(sessionId: string): Promise<void> {
      await model.deleteOne({ _id: sessionId })
    },

    /** Those of an account that go on, the last used first. */
    async listOf(staffId: string): Promise<OwnSession[]> {
      const stored = await model
        .find({ staffId, expiresAt: { $gt: clock() } })
        .sort({ usedAt: -1 })
        .lean()
      return stored.map(({ _id, browser, startedAt, usedAt }) => {
        return { id: _id.toHexString(), browser, startedAt, usedAt }
      })
    },

    /**
     * Ends the sessions of an account.
     *
     * @param except one that goes on
     */
    async endAllOf(staffId: string, except?: string): Promise<void> {
      await model.deleteMany({ staffId, ...(except && { _id: { $ne: except } }) })
    },

    /** Ends one session if it is of that account. @returns whether it was */
    async endOneOf(staffId: string, sessionId: string): Promise<boolean> {
      return (await model.deleteOne({ _id: sessionId, staffId })).deletedCount === 1
    },
  }
}
