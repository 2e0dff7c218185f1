import type { Connection } from 'mongoose'
import type { Account, Person } from '../../shared/account'
import { PlanError } from '../../shared/errors'
import type { Sessions } from '../access/sessions'
import type { Access } from '../access/Access'
import type { Clock } from '../Clock'
import { isDuplicateKey } from '../durable'
import { inTurn } from '../inTurn'
import type { Invitations } from './invitations'
import { staffModel, toAccount, type StoredStaff } from './staffModel'

interface Needs {
  db: Connection
  clock: Clock
  access: Access
  sessions: Sessions
  invitations: Invitations
}

type Change = Pick<Person, 'duty' | 'agency'> & { disabled: boolean }

/** Who comes in with an agency must have one; nobody else has any. */
function agencyOf({ duty, agency }: Pick<Person, 'duty' | 'agency'>): Person['agency'] {
  if (duty !== 'agency') return null
  if (!agency) throw new PlanError('request/invalid')
  return agency
}

const isAdministrator = (stored: StoredStaff) => stored.duty === 'admin' && toAccount(stored).state === 'active'

export type Accounts = ReturnType<typeof createAccounts>

/** What the administrator does with accounts. */
export function createAccounts({ db, clock, access, sessions, invitations }: Needs) {
  const staff = staffModel(db)
  /** Whether another administrator is left must still be true when it is written. */
  const turns = inTurn()

  /** @throws account/not-found */
  async function read(staffId: string): Promise<StoredStaff> {
    const stored = await staff.findById(staffId).lean()
    if (!stored) throw new PlanError('account/not-found')
    return stored
  }

  /** @throws account/last-admin when nobody could manage accounts any more */
  async function keepOneAdministrator(stored: StoredStaff): Promise<void> {
    if (!isAdministrator(stored)) return
    const all = await staff.find({ duty: 'admin' }).lean()
    const others = all.filter((other) => isAdministrator(other) && !other._id.equals(stored._id))
    if (others.length === 0) throw new PlanError('account/last-admin')
  }

  async function write(staffId: string, values: Partial<StoredStaff>): Promise<StoredStaff> {
    await staff.updateOne({ _id: staffId }, { $set: values })
    return read(staffId)
  }

  /** Whatever of theirs is open closes at once. */
  async function endSessions(staffId: string): Promise<void> {
    await sessions.endAllOf(staffId)
    access.changes.emit('changed', { staffId })
  }

  return {
    async list(): Promise<Account[]> {
      const accounts = (await staff.find({}).lean()).map(toAccount)
      return accounts.sort((a, b) => a.name.localeCompare(b.name))
    },

    async show(staffId: string): Promise<Account> {
      return toAccount(await read(staffId))
    },

    /** An account that nothing opens yet. @throws account/email-taken */
    async add(words: Omit<Person, 'id'>): Promise<Account> {
      const agency = agencyOf(words)
      try {
        return toAccount((await staff.create({ ...words, agency, email: words.email.toLowerCase() })).toObject())
      } catch (error) {
        throw isDuplicateKey(error) ? new PlanError('account/email-taken') : error
      }
    },

    /** @throws account/not-found, account/last-admin */
    change: (staffId: string, { disabled, ...is }: Change): Promise<Account> =>
      turns('accounts', async () => {
        const stored = await read(staffId)
        if (disabled || is.duty !== 'admin') await keepOneAdministrator(stored)
        const disabledAt = disabled ? (stored.disabledAt ?? clock()) : null
        const changed = await write(staffId, { duty: is.duty, agency: agencyOf(is), disabledAt })
        if (disabled) await Promise.all([endSessions(staffId), invitations.withdraw(staffId)])
        else access.changes.emit('changed', { staffId })
        return toAccount(changed)
      }),

    /**
     * A password that is too short alone goes with it, and so does who they were for the sign-in service.
     *
     * @throws account/not-found, account/last-admin
     */
    resetSecondFactor: (staffId: string): Promise<Account> =>
      turns('accounts', async () => {
        const stored = await read(staffId)
        if (stored.passwordShort || !stored.passwordHash) await keepOneAdministrator(stored)
        const password = stored.passwordShort ? { passwordHash: null, passwordShort: false } : {}
        const changed = await write(staffId, { secondFactor: null, pendingSecret: null, service: null, ...password })
        await endSessions(staffId)
        return toAccount(changed)
      }),
  }
}
