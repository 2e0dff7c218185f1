import { Schema, type Connection, type Types } from 'mongoose'
import type { Account, Person } from '../../shared/account'
import type { Agency } from '../../shared/meeting'
import type { Duty } from '../../shared/roles'

/** An app that counts codes, in the hands of the account's owner. */
export interface StoredSecondFactor {
  /** What the app counts from, encrypted with the root key. */
  secret: Buffer
  since: Date
  /** The last half minute (counted since 1970) a code was taken for: none is taken twice. */
  lastStep: number
  /** Hashes of the recovery codes that are left. */
  recovery: string[]
}

export interface StoredStaff {
  _id: Types.ObjectId
  /** In small letters; what a person signs in with. */
  email: string
  name: string
  /** argon2id, with its salt and cost; null: no password opens this account. */
  passwordHash: string | null
  /** Does the password only do beside a second factor? */
  passwordShort?: boolean
  duty: Duty
  agency: Agency | null
  disabledAt?: Date | null
  lastSignInAt?: Date | null
  secondFactor?: StoredSecondFactor | null
  /** A secret whose first code was not given yet, encrypted. */
  pendingSecret?: Buffer | null
  /** Who this is for the agency's sign-in service, since they first came from there. */
  service?: { issuer: string; subject: string } | null
}

const schema = new Schema<StoredStaff>(
  {
    email: { type: String, required: true },
    name: { type: String, required: true },
    passwordHash: { type: String, default: null },
    passwordShort: { type: Boolean, default: false },
    duty: { type: String, required: true },
    agency: { type: String, default: null },
    disabledAt: { type: Date, default: null },
    lastSignInAt: { type: Date, default: null },
    secondFactor: {
      type: new Schema<StoredSecondFactor>(
        {
          secret: { type: Buffer, required: true },
          since: { type: Date, required: true },
          lastStep: { type: Number, required: true },
          recovery: { type: [String], required: true },
        },
        { _id: false },
      ),
      default: null,
    },
    pendingSecret: { type: Buffer, default: null },
    service: {
      type: new Schema(
        { issuer: { type: String, required: true }, subject: { type: String, required: true } },
        { _id: false },
      ),
      default: null,
    },
  },
  { strict: 'throw', versionKey: false, collection: 'staff' },
)
schema.index({ email: 1 }, { unique: true })

export const staffModel = (db: Connection) => db.model<StoredStaff>('Staff', schema)

export function toPerson({ _id, name, email, duty, agency }: StoredStaff): Person {
  return { id: _id.toHexString(), name, email, duty, agency }
}

function stateOf({ disabledAt, passwordHash, service }: StoredStaff): Account['state'] {
  if (disabledAt) return 'disabled'
  return passwordHash || service ? 'active' : 'invited'
}

/** As the administrator sees it. */
export function toAccount(stored: StoredStaff): Account {
  return {
    ...toPerson(stored),
    state: stateOf(stored),
    lastSignInAt: stored.lastSignInAt?.toISOString() ?? null,
    secondFactor: Boolean(stored.secondFactor),
  }
}
