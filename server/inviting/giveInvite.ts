import type { Connection, Types } from 'mongoose'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { Body } from '../../shared/api'
import { PlanError } from '../../shared/errors'
import type { Letter } from '../../shared/invite'
import type { Language } from '../../shared/meeting'
import type { Visitor } from '../access/Access'
import type { Clock } from '../Clock'
import type { InviteMail } from './inviteMail'
import { inviteModel, isLost, type StoredInvite } from './inviteModel'
import type { Door, LetterFor } from './letterFor'

/** Emails that one meeting sends in an hour: nobody’s mailbox is flooded from here. */
const MAILS = { points: 120, duration: 60 * 60 }

/** How it is given away, and what who asks knows of it. */
type Giving = Body<'giveInvite'>

interface Needs {
  db: Connection
  clock: Clock
  mail: InviteMail | null
  letterFor: LetterFor
  doorOf(meetingId: string, origin: string): Promise<Door>
  calendarOf(meetingId: string, origin: string, language: Language): Promise<string>
}

/** Sends what somebody who is asked to come reads, or notes that it was passed on. */
export function createGiveInvite({ db, clock, mail, letterFor, doorOf, calendarOf }: Needs) {
  const model = inviteModel(db)
  const mails = new RateLimiterMemory(MAILS)

  /** @throws request/too-many */
  async function sendMail({ meetingId, address, language }: StoredInvite, letter: Letter, origin: string) {
    await mails.consume(meetingId).catch((error: unknown) => {
      throw error instanceof Error ? error : new PlanError('request/too-many')
    })
    await mail!(address, letter, await calendarOf(meetingId, origin, language))
  }

  /** Only while nobody else began or did it since it was read: of two, one. @throws invite/changed */
  async function step(_id: Types.ObjectId, tries: number, $set: Partial<StoredInvite>): Promise<void> {
    const known = tries === 0 ? { $in: [0, null] } : tries
    const { matchedCount } = await model.updateOne({ _id, tries: known }, { $set: { ...$set, tries: tries + 1 } })
    if (matchedCount === 0) throw new PlanError('invite/changed')
  }

  /** What became of an email that was begun; where it was begun once more since, that counts. */
  async function heard(_id: Types.ObjectId, tries: number, $set: Partial<StoredInvite>): Promise<void> {
    await model.updateOne({ _id, tries }, { $set })
  }

  /** What is to be given away, as who asks knows it. @throws what `give` does */
  async function toGive(meetingId: string, inviteId: string, { way, startsAt, tries }: Giving, origin: string) {
    const row = await model.findOne({ _id: inviteId, meetingId }).lean<StoredInvite>()
    if (!row) throw new PlanError('invite/not-found')
    const door = await doorOf(meetingId, origin)
    if (door.startsAt.getTime() !== Date.parse(startsAt)) throw new PlanError('meeting/time-changed')
    const letter = letterFor(row, door)
    if (!letter) throw new PlanError('invite/door-shut')
    if (way === 'mail' && (!mail || row.channel !== 'email')) throw new PlanError('request/invalid')
    if ((row.tries ?? 0) !== tries || (row.tryingAt && !isLost(row, clock()))) throw new PlanError('invite/changed')
    return { row, letter, told: door.startsAt }
  }

  /**
   * Gives the letter to the mail server, or notes that a person passed it on. That it is begun stands in the database
   * first: of two who send at once one does, and after a stop in between the list says that nobody knows.
   *
   * @param begun told when others may see that it is
   * @returns the wish of the family that it comes from, if it does
   * @throws invite/not-found, invite/door-shut, invite/not-taken, invite/unsure, invite/changed,
   *   meeting/time-changed, request/too-many, request/invalid
   */
  return async function giveInvite(
    { meetingId, name }: Visitor,
    inviteId: string,
    giving: Giving,
    origin: string,
    begun: () => void,
  ) {
    const { row, letter, told } = await toGive(meetingId, inviteId, giving, origin)
    const none = { tryingBy: '', tryingAt: null, lost: false }
    const given = () => ({ ...none, way: giving.way, givenAt: clock(), givenBy: name, told })
    if (giving.way === 'hand') {
      await step(row._id, giving.tries, given())
      return row.supporterId
    }
    await step(row._id, giving.tries, { tryingBy: name, tryingAt: clock(), lost: false })
    begun()
    const mine = giving.tries + 1
    try {
      await sendMail(row, letter, origin)
    } catch (error) {
      const isUnsure = error instanceof PlanError && error.code === 'invite/unsure'
      await heard(row._id, mine, isUnsure ? { lost: true } : none)
      throw error
    }
    await heard(row._id, mine, given())
    return row.supporterId
  }
}
