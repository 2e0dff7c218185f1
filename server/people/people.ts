import type { Connection } from 'mongoose'
import type { Person } from '../../shared/account'
import { PlanError } from '../../shared/errors'
import type { Clock } from '../Clock'
import { DEMO_PASSWORD, DEMO_PEOPLE, isDemoEmail } from '../demo/demoPeople'
import { hashPassword, isPassword, storePassword } from './passwords'
import type { SecondFactors } from './secondFactors'
import { staffModel, toPerson, type StoredStaff } from './staffModel'

interface Needs {
  db: Connection
  clock: Clock
  secondFactors: SecondFactors
  /** Everybody knows the demo accounts, so production knows none. */
  production: boolean
}

export type People = ReturnType<typeof createPeople>

/** Agency people and their ways in. */
export function createPeople({ db, clock, secondFactors, production }: Needs) {
  const staff = staffModel(db)

  const isOpen = ({ disabledAt, email }: StoredStaff) => !disabledAt && !(production && isDemoEmail(email))

  /** @throws session/missing: the account was closed meanwhile */
  async function read(staffId: string): Promise<StoredStaff> {
    const stored = await staff.findById(staffId).lean()
    if (!stored || !isOpen(stored)) throw new PlanError('session/missing')
    return stored
  }

  /** @throws account/wrong-password */
  async function confirm(staffId: string, password: string): Promise<StoredStaff> {
    const stored = await read(staffId)
    if (!(await isPassword(stored.passwordHash, password))) throw new PlanError('account/wrong-password')
    return stored
  }

  return {
    confirm,

    /** Somebody whose account is open. */
    async find(staffId: string): Promise<Person | null> {
      const stored = await staff.findById(staffId).lean()
      return stored && isOpen(stored) ? toPerson(stored) : null
    },

    async findByEmail(email: string): Promise<Person | null> {
      const stored = await staff.findOne({ email: email.toLowerCase() }).lean()
      return stored && isOpen(stored) ? toPerson(stored) : null
    },

    /** By name, also those whose account is closed. */
    async findAll(staffIds: readonly string[]): Promise<Person[]> {
      const found = await staff.find({ _id: { $in: [...staffIds] } }).lean()
      return found.map(toPerson).sort((a, b) => a.name.localeCompare(b.name))
    },

    async hasDemoAccounts(): Promise<boolean> {
      return (
        (await staff.findOne({ email: { $in: DEMO_PEOPLE.map(({ email }) => email) } }, { _id: 1 }).lean()) !== null
      )
    },

    /** A new account, its password taken as it is; who has one with this email keeps it. */
    async add({ password, ...person }: Omit<Person, 'id'> & { password: string }): Promise<Person> {
      const email = person.email.toLowerCase()
      const known = await staff.findOne({ email }).lean()
      if (known) return toPerson(known)
      return toPerson(await staff.create({ ...person, email, passwordHash: await hashPassword(password) }))
    },

    /**
     * @param code of the second factor, where there is one
     * @throws session/wrong-password, whichever of both was wrong; session/code-needed; session/wrong-code
     */
    async recognise(email: string, password: string, code?: string): Promise<Person> {
      const stored = await staff.findOne({ email: email.toLowerCase() }).lean()
      const right = await isPassword(stored?.passwordHash, password)
      const isDemo = production && password === DEMO_PASSWORD
      if (!stored || !right || isDemo || !isOpen(stored)) throw new PlanError('session/wrong-password')
      if (stored.secondFactor && !code) throw new PlanError('session/code-needed')
      if (stored.secondFactor) await secondFactors.take(stored, code!)
      await staff.updateOne({ _id: stored._id }, { $set: { lastSignInAt: clock() } })
      return toPerson(stored)
    },

    /**
     * Somebody whom the agency's sign-in service knows, by the email it has checked; from the first time on by who
     * they are there, so that an email handed on opens nothing.
     *
     * @throws session/service-unknown
     */
    async recogniseFrom(service: { issuer: string; subject: string }, email: string): Promise<Person> {
      const stored = await staff.findOne({ email: email.toLowerCase() }).lean()
      const same =
        !stored?.service || (stored.service.issuer === service.issuer && stored.service.subject === service.subject)
      if (!stored || !same || !isOpen(stored)) throw new PlanError('session/service-unknown')
      await staff.updateOne({ _id: stored._id }, { $set: { service, lastSignInAt: clock() } })
      return toPerson(stored)
    },

    /** @throws account/wrong-password; account/password-… when the new one will not do */
    async changePassword(staffId: string, password: string, newPassword: string): Promise<void> {
      const stored = await confirm(staffId, password)
      const kept = await storePassword(newPassword, stored, Boolean(stored.secondFactor))
      await staff.updateOne({ _id: stored._id }, { $set: kept })
    },
  }
}
