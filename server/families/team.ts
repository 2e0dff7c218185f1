import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { Colleague, Person } from '../../shared/account'
import { PlanError } from '../../shared/errors'
import type { Access } from '../access/Access'
import { inTurn } from '../inTurn'
import type { Families } from './families'

interface Needs {
  families: Families
  access: Access
  findByEmail(email: string): Promise<Person | null>
  findAll(staffIds: readonly string[]): Promise<Person[]>
  /** Takes somebody out of all meetings of a family. */
  leaveFamily(familyId: string, staffId: string, by: Person): Promise<void>
}

/** Emails of nobody that are heard from one person: a mistake or two, not a search for who has an account. */
const UNKNOWN = { points: 20, duration: 60 * 60 }

export type Team = ReturnType<typeof createTeam>

/** Who of the agencies works with a family. Only who does themselves may look, add and take out. */
export function createTeam({ families, access, findByEmail, findAll, leaveFamily }: Needs) {
  /** Whether somebody else is left must still be true when it is written. */
  const turns = inTurn()
  const unknown = new RateLimiterMemory(UNKNOWN)

  async function list(by: Person, familyId: string): Promise<Colleague[]> {
    return findAll(await families.teamFor(by.id, familyId))
  }

  /** @throws request/too-many, team/nobody: the same for no account and for a closed one */
  async function findColleague(by: Person, email: string): Promise<Person> {
    await unknown.consume(by.id).catch((error: unknown) => {
      throw error instanceof Error ? error : new PlanError('request/too-many')
    })
    const colleague = await findByEmail(email)
    if (!colleague) throw new PlanError('team/nobody')
    await unknown.reward(by.id)
    return colleague
  }

  return {
    list,

    /** @throws family/not-found, team/nobody */
    async add(by: Person, familyId: string, email: string): Promise<{ colleague: Colleague; all: Colleague[] }> {
      await families.teamFor(by.id, familyId)
      const colleague = await findColleague(by, email)
      await families.addToTeam(familyId, colleague.id)
      return { colleague, all: await list(by, familyId) }
    },

    /** @returns whether they were in it. @throws family/not-found, team/last, team/leads */
    remove: (by: Person, familyId: string, staffId: string): Promise<boolean> =>
      turns(familyId, async () => {
        const team = await families.teamFor(by.id, familyId)
        if (!team.includes(staffId)) return false
        // Who is left must be able to come in: a closed account is nobody.
        const others = await findAll(team.filter((id) => id !== staffId))
        const open = await Promise.all(others.map(({ email }) => findByEmail(email)))
        if (!open.some((person) => person && person.duty !== 'agency')) throw new PlanError('team/last')
        await leaveFamily(familyId, staffId, by)
        await families.removeFromTeam(familyId, staffId)
        access.changes.emit('changed', { familyId, staffId })
        return true
      }),
  }
}
