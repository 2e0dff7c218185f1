import type { Connection } from 'mongoose'
import type { Person } from '../../shared/account'
import { PlanError } from '../../shared/errors'
import type { Agency, Participant } from '../../shared/meeting'
import { columnsOf, missingSeats } from '../../shared/missingSeats'
import type { OnCall } from '../../shared/onCall'
import { isOnCall } from '../../shared/onCallHours'
import type { ActionItem } from '../../shared/plan'
import type { MissingSeat, SeatsView, SeatWhy } from '../../shared/seats'
import { isClosed } from '../../shared/standing'
import type { Visitor } from '../access/Access'
import type { Clock } from '../Clock'
import { seatAskModel } from './seatAskModel'

interface Needs {
  db: Connection
  clock: Clock
  meetingOf(meetingId: string): Promise<{ startsAt: Date; seats: readonly Agency[] }>
  /** Agencies of those who work with the family. */
  teamAgencies(familyId: string): Promise<Agency[]>
  /** Those inside. */
  peopleOf(meetingId: string): Promise<Participant[]>
  /** What is promised in the plan, everything in it durable. */
  actionsOf(meetingId: string): Promise<ActionItem[]>
  onCall: { list(agency?: Agency): Promise<OnCall[]>; find(onCallId: string): Promise<OnCall> }
  /** Null for nobody, and for an account that is off. */
  findByEmail(email: string): Promise<Person | null>
  letIn(meetingId: string, person: Person, agency: Agency): Promise<Participant>
}

export type Seats = ReturnType<typeof createSeats>

/** For which agencies nobody comes to a meeting, and who is on call for them. */
export function createSeats(needs: Needs) {
  const { db, clock, meetingOf, teamAgencies, peopleOf, actionsOf, onCall, findByEmail, letIn } = needs
  const asks = seatAskModel(db)

  /** Whoever works for this agency, by the account of this email. */
  async function accountOf({ agency, email }: OnCall): Promise<Person | null> {
    const person = email ? await findByEmail(email) : null
    return person?.duty === 'agency' && person.agency === agency ? person : null
  }

  async function reachable(agency: Agency, at: Date): Promise<MissingSeat['onCall']> {
    const lines = await onCall.list(agency)
    const known = await Promise.all(
      lines.map(async (line) => ({ ...line, now: isOnCall(line, at), account: (await accountOf(line)) !== null })),
    )
    return known.sort((a, b) => Number(b.now) - Number(a.now))
  }

  /** Who is inside because they were asked, and has not come yet: nobody sits there so far. */
  async function expected(meetingId: string, people: readonly Participant[]) {
    const asked = new Map((await asks.find({ meetingId }).lean()).map(({ _id, at }) => [_id, at]))
    const coming = people.filter(({ id, here, attendance }) => asked.has(id) && !here && attendance === null)
    return coming.map(({ id, name, agency }) => ({ id, agency, name, at: asked.get(id)!.toISOString() }))
  }

  async function view({ meetingId, familyId }: Visitor): Promise<SeatsView> {
    const [{ startsAt, seats }, team, people, actions] = await Promise.all([
      meetingOf(meetingId),
      teamAgencies(familyId),
      peopleOf(meetingId),
      actionsOf(meetingId),
    ])
    const open = actions.filter((action) => !action.removed && !isClosed(action))
    const byWhy: [SeatWhy, readonly Agency[]][] = [
      ['kind', seats],
      ['team', team],
      ['plan', columnsOf(open)],
    ]
    const needed = [...new Set(byWhy.flatMap(([, agencies]) => agencies))]
    const coming = await expected(meetingId, people)
    const isExpected = new Set(coming.map(({ id }) => id))
    const seated = people.flatMap(({ id, agency }) => (agency && !isExpected.has(id) ? [agency] : []))
    const at = new Date(Math.max(clock().getTime(), startsAt.getTime()))
    const missing = missingSeats(needed, seated).map(async (agency) => ({
      agency,
      why: byWhy.filter(([, agencies]) => agencies.includes(agency)).map(([why]) => why),
      asked: coming.filter((one) => one.agency === agency).map(({ name, at }) => ({ name, at })),
      onCall: await reachable(agency, at),
    }))
    return { missing: await Promise.all(missing), needed, at: at.toISOString() }
  }

  return {
    view,

    /** Lets somebody in who is on call. @throws roster/not-found, roster/no-account, participant/apart */
    async fill({ meetingId, familyId }: Visitor, onCallId: string): Promise<Participant> {
      const line = await onCall.find(onCallId)
      const person = await accountOf(line)
      if (!person) throw new PlanError('roster/no-account')
      const participant = await letIn(meetingId, person, line.agency)
      const ask = { $set: { familyId, meetingId, at: clock() } }
      await asks.updateOne({ _id: participant.id }, ask, { upsert: true })
      return participant
    },
  }
}
