import { hash, verify } from '@node-rs/argon2'
import type { Connection } from 'mongoose'
import type { Person } from '../../shared/api'
import { PlanError } from '../../shared/errors'
import { staffModel, toPerson } from './staffModel'

export type People = ReturnType<typeof createPeople>

/** Agency people and their passwords. */
export function createPeople({ db }: { db: Connection }) {
  const staff = staffModel(db)
  /** Checked where there is no such account, so that both answers take the same work. */
  const nobodysHash = hash('there is no such account')

  return {
    async find(staffId: string): Promise<Person | null> {
      const stored = await staff.findById(staffId).lean()
      return stored && toPerson(stored)
    },

    /** A new account; who has one with this email keeps it as it is. */
    async add({ password, ...person }: Omit<Person, 'id'> & { password: string }): Promise<Person> {
      const email = person.email.toLowerCase()
      const known = await staff.findOne({ email }).lean()
      if (known) return toPerson(known)
      return toPerson(await staff.create({ ...person, email, passwordHash: await hash(password) }))
    },

    /** @throws session/wrong-password, whichever of both was wrong */
    async recognise(email: string, password: string): Promise<Person> {
      const stored = await staff.findOne({ email: email.toLowerCase() }).lean()
      const right = await verify(stored?.passwordHash ?? (await nobodysHash), password)
      if (!stored || !right) throw new PlanError('session/wrong-password')
      return toPerson(stored)
    },
  }
}
