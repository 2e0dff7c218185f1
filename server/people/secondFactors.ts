import { createHmac, randomInt } from 'node:crypto'
import type { Connection } from 'mongoose'
import { Secret, TOTP } from 'otpauth'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { PlanError } from '../../shared/errors'
import { decrypt, encrypt } from '../access/encryption'
import type { RootKeys } from '../access/rootKeys'
import type { Clock } from '../Clock'
import { bytesOf } from '../durable'
import { staffModel, type StoredStaff } from './staffModel'

const PERIOD_S = 30
/** A clock may be half a minute off to either side. */
const WINDOW = 1
const SECRET_BYTES = 20
const RECOVERY_CODES = 10
/** Without letters and digits that look alike. */
const SIGNS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const RECOVERY_SIGNS = 16
/** Wrong codes that are heard for one account: whoever guesses knows its password already. */
const TRIES = { points: 5, duration: 15 * 60 }

const makeCode = () => Array.from({ length: RECOVERY_SIGNS }, () => SIGNS[randomInt(SIGNS.length)]).join('')
/** `ABCD-EFGH-JKLM-NPQR`, as it is read and typed. */
const show = (code: string) => code.match(/.{4}/g)!.join('-')
const withoutGaps = (typed: string) => typed.toUpperCase().replace(/[\s-]/g, '')

export type SecondFactors = ReturnType<typeof createSecondFactors>

/**
 * Apps that count codes (RFC 6238), and recovery codes for when the phone is lost. What an app counts from is encrypted
 * with the root key, and recovery codes are hashed under a key of their own: whoever has the database alone has neither.
 */
export function createSecondFactors({ db, clock, keys }: { db: Connection; clock: Clock; keys: RootKeys }) {
  const staff = staffModel(db)
  const tries = new RateLimiterMemory(TRIES)
  const context = ({ _id }: StoredStaff) => `second-factor ${_id.toHexString()}`

  function appOf({ email }: StoredStaff, secret: Buffer): TOTP {
    const bytes = new Uint8Array(secret).slice().buffer
    return new TOTP({ issuer: 'OurPlan', label: email, secret: new Secret({ buffer: bytes }), period: PERIOD_S })
  }

  const hashCode = (stored: StoredStaff, code: string) =>
    createHmac('sha256', keys.codes).update(`recovery ${stored._id.toHexString()} ${code}`).digest('base64url')

  /** The half minute that a code is of; null for a code of none. */
  function stepOf(stored: StoredStaff, sealed: Uint8Array, code: string): number | null {
    if (!/^\d{6}$/.test(code)) return null
    const timestamp = clock().getTime()
    const app = appOf(stored, decrypt(keys.root, sealed, context(stored)))
    const delta = app.validate({ token: code, timestamp, window: WINDOW })
    return delta === null ? null : Math.floor(timestamp / 1_000 / PERIOD_S) + delta
  }

  async function takeOnce(stored: StoredStaff, code: string): Promise<boolean> {
    const step = stepOf(stored, bytesOf(stored.secondFactor!.secret), code)
    const hash = hashCode(stored, code)
    // What was taken meanwhile is not there any more: of two that come at once, one is right.
    const taken =
      step === null
        ? await staff.updateOne(
            { _id: stored._id, 'secondFactor.recovery': hash },
            { $pull: { 'secondFactor.recovery': hash } },
          )
        : await staff.updateOne(
            { _id: stored._id, 'secondFactor.lastStep': { $lt: step } },
            { $set: { 'secondFactor.lastStep': step } },
          )
    return taken.modifiedCount === 1
  }

  /** Tries are counted before they are looked at. @throws request/too-many, session/wrong-code */
  async function tryCode(stored: StoredStaff, isRight: () => Promise<boolean>): Promise<void> {
    const id = stored._id.toHexString()
    await tries.consume(id).catch((error: unknown) => {
      throw error instanceof Error ? error : new PlanError('request/too-many')
    })
    if (!(await isRight())) throw new PlanError('session/wrong-code')
    await tries.delete(id)
  }

  /** A code of the app, or a recovery code; each opens once. @throws request/too-many, session/wrong-code */
  const take = (stored: StoredStaff, typed: string) => tryCode(stored, () => takeOnce(stored, withoutGaps(typed)))

  return { take, ...turning({ staff, clock, keys, context, appOf, hashCode, stepOf, tryCode, take }) }
}

interface Inside {
  staff: ReturnType<typeof staffModel>
  clock: Clock
  keys: RootKeys
  context(stored: StoredStaff): string
  appOf(stored: StoredStaff, secret: Buffer): TOTP
  hashCode(stored: StoredStaff, code: string): string
  stepOf(stored: StoredStaff, sealed: Uint8Array, code: string): number | null
  tryCode(stored: StoredStaff, isRight: () => Promise<boolean>): Promise<void>
  take(stored: StoredStaff, typed: string): Promise<void>
}

/** Turning it on and off. */
function turning({ staff, clock, keys, context, appOf, hashCode, stepOf, tryCode, take }: Inside) {
  /** @throws session/missing */
  async function read(staffId: string): Promise<StoredStaff> {
    const stored = await staff.findById(staffId).lean()
    if (!stored) throw new PlanError('session/missing')
    return stored
  }

  return {
    /** A new secret, asked for only once a code of it was confirmed. @throws account/second-factor-on */
    async start(stored: StoredStaff): Promise<{ secret: string; uri: string }> {
      if (stored.secondFactor) throw new PlanError('account/second-factor-on')
      const secret = Buffer.from(new Secret({ size: SECRET_BYTES }).bytes)
      const pendingSecret = encrypt(keys.root, secret, context(stored))
      await staff.updateOne({ _id: stored._id }, { $set: { pendingSecret } })
      const app = appOf(stored, secret)
      return { secret: app.secret.base32, uri: app.toString() }
    },

    /** @returns the recovery codes, this once. @throws session/wrong-code; account/second-factor-on */
    async confirm(staffId: string, typed: string): Promise<string[]> {
      const stored = await read(staffId)
      const { pendingSecret } = stored
      if (stored.secondFactor) throw new PlanError('account/second-factor-on')
      if (!pendingSecret) throw new PlanError('session/wrong-code')
      const secret = Buffer.from(bytesOf(pendingSecret))
      const lastStep = stepOf(stored, secret, withoutGaps(typed))
      await tryCode(stored, async () => lastStep !== null)
      const codes = Array.from({ length: RECOVERY_CODES }, makeCode)
      const recovery = codes.map((code) => hashCode(stored, code))
      const secondFactor = { secret, since: clock(), lastStep: lastStep!, recovery }
      await staff.updateOne({ _id: stored._id, secondFactor: null }, { $set: { secondFactor, pendingSecret: null } })
      return codes.map(show)
    },

    /** @throws account/password-short where the password would not do alone; session/wrong-code */
    async remove(staffId: string, typed: string): Promise<void> {
      const stored = await read(staffId)
      if (!stored.secondFactor) return
      if (stored.passwordShort) throw new PlanError('account/password-short')
      await take(stored, typed)
      await staff.updateOne({ _id: stored._id }, { $set: { secondFactor: null } })
    },

    /** Since when, and how many recovery codes are left; null without one. */
    async show(staffId: string): Promise<{ since: string; recoveryLeft: number } | null> {
      const { secondFactor } = await read(staffId)
      return secondFactor
        ? { since: secondFactor.since.toISOString(), recoveryLeft: secondFactor.recovery.length }
        : null
    },
  }
}
