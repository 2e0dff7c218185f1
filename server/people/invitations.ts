import { Schema, type Connection, type Types } from 'mongoose'
import type { Person } from '../../shared/account'
import { PlanError } from '../../shared/errors'
import { hashToken, secretToken } from '../access/secretToken'
import type { Clock } from '../Clock'
import { isDuplicateKey } from '../durable'
import { storePassword } from './passwords'
import { staffModel, toAccount, toPerson, type StoredStaff } from './staffModel'

interface StoredInvitation {
  tokenHash: string
  /** Null: for the first administrator, who has no account yet. */
  staffId: Types.ObjectId | null
  expiresAt: Date
}

/** What the person behind a link says. */
export interface Acceptance {
  name: string
  /** Of the first administrator; the others were invited under theirs. */
  email?: string | undefined
  password: string
}

const LASTS_MS = 72 * 60 * 60_000

const schema = new Schema<StoredInvitation>(
  {
    tokenHash: { type: String, required: true },
    staffId: { type: Schema.Types.ObjectId, default: null },
    expiresAt: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, collection: 'invitations' },
)
schema.index({ tokenHash: 1 }, { unique: true })
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 })

export type Invitations = ReturnType<typeof createInvitations>

/** One-time links that open an account: for somebody invited, for a lost password, and for the first administrator. */
export function createInvitations({ db, clock }: { db: Connection; clock: Clock }) {
  const model = db.model<StoredInvitation>('Invitation', schema)
  const staff = staffModel(db)

  /** Is there an administrator who can come in? */
  async function hasAdministrator(): Promise<boolean> {
    const all = await staff.find({ duty: 'admin' }).lean()
    return all.some((stored) => toAccount(stored).state === 'active')
  }

  /** @throws invitation/over */
  async function find(token: string): Promise<{ invitation: StoredInvitation; stored: StoredStaff | null }> {
    const invitation = await model.findOne({ tokenHash: hashToken(token), expiresAt: { $gt: clock() } }).lean()
    if (!invitation) throw new PlanError('invitation/over')
    const stored = invitation.staffId && (await staff.findById(invitation.staffId).lean())
    const gone = invitation.staffId ? !stored || stored.disabledAt : await hasAdministrator()
    if (gone) throw new PlanError('invitation/over')
    return { invitation, stored }
  }

  /** Of two who use it at once, one does. @throws invitation/over */
  async function useUp({ tokenHash }: StoredInvitation): Promise<void> {
    const { deletedCount } = await model.deleteOne({ tokenHash })
    if (deletedCount === 0) throw new PlanError('invitation/over')
  }

  async function createFirst(
    invitation: StoredInvitation,
    { name, email, password }: Acceptance,
  ): Promise<StoredStaff> {
    if (!email) throw new PlanError('request/invalid')
    const words = { name, email: email.toLowerCase() }
    const kept = await storePassword(password, words, false)
    if (await staff.findOne({ email: words.email }, { _id: 1 }).lean()) throw new PlanError('account/email-taken')
    await useUp(invitation)
    try {
      return (await staff.create({ ...words, ...kept, duty: 'admin', agency: null })).toObject()
    } catch (error) {
      throw isDuplicateKey(error) ? new PlanError('account/email-taken') : error
    }
  }

  return {
    hasAdministrator,

    /** @param staffId null for the first administrator. Earlier links are worthless from now on. @returns the secret */
    async make(staffId: string | null): Promise<string> {
      const { token, tokenHash } = secretToken()
      await model.deleteMany({ staffId })
      await model.create({ tokenHash, staffId, expiresAt: new Date(clock().getTime() + LASTS_MS) })
      return token
    },

    /** Makes the links of an account worthless. */
    async withdraw(staffId: string): Promise<void> {
      await model.deleteMany({ staffId })
    },

    /** Whom a link is for; null for the first administrator. @throws invitation/over */
    async read(token: string): Promise<Person | null> {
      const { stored } = await find(token)
      return stored && toPerson(stored)
    },

    /**
     * Uses a link up.
     *
     * @returns whose account is open now, and whether it asks for a second factor
     * @throws invitation/over; account/password-… when it will not do, and the link stays good
     */
    async accept(token: string, words: Acceptance): Promise<{ person: Person; asksForCode: boolean }> {
      const { invitation, stored } = await find(token)
      if (!stored) return { person: toPerson(await createFirst(invitation, words)), asksForCode: false }
      const { name, password } = words
      const asksForCode = Boolean(stored.secondFactor)
      const kept = await storePassword(password, { ...stored, name }, asksForCode)
      await useUp(invitation)
      await staff.updateOne({ _id: stored._id }, { $set: { name, ...kept } })
      return { person: toPerson({ ...stored, name }), asksForCode }
    },
  }
}

/** Where a link leads. Behind the hash: browsers do not send it, so the secret stands in nobody's log. */
export const invitationPath = (token: string): string => `/welcome#${token}`
