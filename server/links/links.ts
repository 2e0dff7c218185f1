import { createHash, randomInt, timingSafeEqual } from 'node:crypto'
import type { Connection, Types } from 'mongoose'
import type { LinkView } from '../../shared/api'
import type { Language } from '../../shared/meeting'
import { hashToken, secretToken } from '../access/secretToken'
import type { Clock } from '../Clock'
import { makeJoinCode, showJoinCode } from '../meetings/joinCode'
import { linkModel, readingModel, type StoredLink } from './linkModel'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
/** How long a link lasts, and how long a code that was sent. */
const LINK_LASTS_MS = 365 * DAY_MS
const CODE_LASTS_MS = 15 * MINUTE_MS
/** Codes are sent to one link no faster than this: its person's mailbox is not for others to fill. */
const SEND_AGAIN_MS = MINUTE_MS
/** How long a browser may read after the code was typed there; then the link asks for a code again. */
const READING_LASTS_MS = 12 * 60 * MINUTE_MS
/** Wrong codes after which a link opens no more. */
const WRONG_MAX = 5
/** A hash that no code has: where there is no link, something is compared all the same. */
const NO_HASH = hashToken('')

export interface Recipient {
  familyId: string
  memberId: string
  language: Language
}

interface Needs {
  db: Connection
  clock: Clock
  /** Null where this server sends no email. */
  sendCode: ((to: string, code: string, language: Language) => Promise<void>) | null
}

export type Links = ReturnType<typeof createLinks>

const bare = (typed: string) => typed.replace(/[\s\p{Dash}]/gu, '').toUpperCase()

/** Short codes are hashed together with their link's secret: whoever has the database alone cannot try them out. */
function hashCode(token: string, code: string): string {
  return createHash('sha256')
    .update(`${token} ${bare(code)}`)
    .digest('base64url')
}

function isSame(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(a), Buffer.from(b))
}

export function toLinkView({ _id, email, madeAt, expiresAt, openedAt, wrong }: StoredLink): LinkView {
  return {
    id: _id.toHexString(),
    way: email ? 'email' : 'paper',
    madeAt: madeAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    openedAt: openedAt?.toISOString() ?? null,
    locked: wrong >= WRONG_MAX,
  }
}

/** Links of single people of a family, each confirmed with a code. */
export function createLinks({ db, clock, sendCode }: Needs) {
  const model = linkModel(db)
  const readings = readingModel(db)
  const later = (ms: number) => new Date(clock().getTime() + ms)
  const usable = () => ({ endedAt: null, expiresAt: { $gt: clock() }, wrong: { $lt: WRONG_MAX } })

  async function insert(
    to: Recipient,
    link: Pick<StoredLink, 'tokenHash' | 'email' | 'codeHash'>,
  ): Promise<StoredLink> {
    const times = { madeAt: clock(), expiresAt: later(LINK_LASTS_MS) }
    return (await model.create({ ...to, ...link, ...times, wrong: 0 })).toObject()
  }

  async function endReadings(linkIds: Types.ObjectId[]): Promise<void> {
    await readings.deleteMany({ linkId: { $in: linkIds } })
  }

  return {
    sendsEmail: sendCode !== null,

    /** @returns the link with its secret; for one on paper also the code, which nobody can look up later */
    async make(to: Recipient, email: string | null): Promise<{ link: StoredLink; token: string; code: string | null }> {
      const { token, tokenHash } = secretToken()
      const code = email ? null : showJoinCode(makeJoinCode())
      const link = await insert(to, { tokenHash, email, codeHash: code && hashCode(token, code) })
      return { link, token, code }
    },

    /** Those of a person that were not ended and are not too old. */
    list: (memberId: string | Types.ObjectId): Promise<StoredLink[]> =>
      model
        .find({ memberId, endedAt: null, expiresAt: { $gt: clock() } })
        .sort({ _id: -1 })
        .lean(),

    /** Ends a link of a person, and what is open through it. @returns false where they have no such link */
    async end(linkId: string, memberId: string): Promise<boolean> {
      const ended = await model
        .findOneAndUpdate({ _id: linkId, memberId, endedAt: null }, { $set: { endedAt: clock(), codeHash: null } })
        .lean()
      if (ended) await endReadings([ended._id])
      return ended !== null
    },

    /** Sends a code where the link is good and has a mailbox; says nothing of whether it did. */
    async askForCode(token: string): Promise<void> {
      const code = String(randomInt(1_000_000)).padStart(6, '0')
      const notJustSent = { $or: [{ sentAt: null }, { sentAt: { $lte: new Date(clock().getTime() - SEND_AGAIN_MS) } }] }
      const sent = { codeHash: hashCode(token, code), codeUntil: later(CODE_LASTS_MS), sentAt: clock() }
      const link = await model
        .findOneAndUpdate(
          { ...usable(), tokenHash: hashToken(token), email: { $ne: null }, ...notJustSent },
          { $set: sent },
        )
        .lean()
      if (link?.email && sendCode) await sendCode(link.email, code, link.language)
    },

    /**
     * Opens a link with its code. A try is counted before it is looked at: many at once are still only five.
     *
     * @returns a secret for the browser's cookie, or null, whatever the reason
     */
    async open(token: string, code: string): Promise<{ reading: string; link: StoredLink } | null> {
      const link = await model
        .findOneAndUpdate({ ...usable(), tokenHash: hashToken(token) }, { $inc: { wrong: 1 } })
        .lean()
      const fits = isSame(hashCode(token, code), link?.codeHash ?? NO_HASH)
      if (!link || !fits || (link.codeUntil && link.codeUntil <= clock())) return null
      // A code that was sent works once; one on paper is all its person has.
      const spent = link.email ? { codeHash: null, codeUntil: null, sentAt: null } : {}
      await model.updateOne({ _id: link._id }, { $set: { wrong: 0, openedAt: clock(), ...spent } })
      const { token: reading, tokenHash } = secretToken()
      await readings.create({ tokenHash, linkId: link._id, expiresAt: later(READING_LASTS_MS) })
      return { reading, link }
    },

    /** The link behind a browser's cookie; null as soon as it is ended or too old. */
    async findOpen(reading: string | undefined): Promise<StoredLink | null> {
      const found = reading && (await readings.findOne({ tokenHash: hashToken(reading) }).lean())
      if (!found || found.expiresAt <= clock()) return null
      return model.findOne({ _id: found.linkId, endedAt: null, expiresAt: { $gt: clock() } }).lean()
    },

    async close(reading: string | undefined): Promise<void> {
      if (reading) await readings.deleteOne({ tokenHash: hashToken(reading) })
    },
  }
}
