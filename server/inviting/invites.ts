import type { Connection } from 'mongoose'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { Email } from '../../shared/account'
import { PlanError } from '../../shared/errors'
import type { Invite, InvitesView, InviteWords, Letter, WAYS } from '../../shared/invite'
import type { Language } from '../../shared/meeting'
import type { Visitor } from '../access/Access'
import type { Clock } from '../Clock'
import { inTurn } from '../inTurn'
import type { InviteMail } from './inviteMail'
import { inviteModel, type StoredInvite } from './inviteModel'
import { createWriteLetter } from './writeLetter'

/** People asked to one meeting. */
const MOST = 60
/** Emails that one meeting sends in an hour: nobody’s mailbox is flooded from here. */
const MAILS = { points: 120, duration: 60 * 60 }
const PHONE = /^\+?[\d ().-]{3,24}$/

/** The meeting as somebody who is asked to come has to know it. */
interface Door {
  startsAt: Date
  timeZone: string
  /** Null while it is shut. */
  url: string | null
  code: string | null
}

interface Needs {
  db: Connection
  clock: Clock
  /** Null where no mail server is set. */
  mail: InviteMail | null
  doorOf(meetingId: string, origin: string): Promise<Door>
  calendarOf(meetingId: string, origin: string, language: Language): Promise<string>
}

export type Invites = ReturnType<typeof createInvites>

/** @throws request/invalid for an address that is none */
function readWords({ agency, address, ...words }: InviteWords): InviteWords {
  const { channel, role } = words
  if (channel === 'email' && !Email.safeParse(address).success) throw new PlanError('request/invalid')
  if (channel === 'text' && !PHONE.test(address)) throw new PlanError('request/invalid')
  return { ...words, agency: role === 'agency' ? agency : null, address: channel === 'paper' ? '' : address }
}

/** Who is asked to come to a meeting, known to who leads it. What is sent names nobody and not what it is about. */
export function createInvites({ db, clock, mail, doorOf, calendarOf }: Needs) {
  const model = inviteModel(db)
  const writeLetter = createWriteLetter()
  const mails = new RateLimiterMemory(MAILS)
  /** How many there are must still be true when one more is written. */
  const turns = inTurn()

  const isOutdated = ({ told }: StoredInvite, { startsAt }: Door) =>
    told !== null && told.getTime() !== startsAt.getTime()

  function letterFor(row: StoredInvite, door: Door): Letter | null {
    const { url, code, ...time } = door
    return url && code
      ? writeLetter({ ...time, url, code, language: row.language, again: isOutdated(row, door) })
      : null
  }

  function toInvite(row: StoredInvite, door: Door): Invite {
    const { _id, name, role, agency, language, channel, address, way, givenAt, givenBy } = row
    const given = way && givenAt && { way, by: givenBy, at: givenAt.toISOString(), outdated: isOutdated(row, door) }
    return {
      id: _id.toHexString(),
      name,
      role,
      agency,
      language,
      channel,
      address,
      given,
      letter: letterFor(row, door),
    }
  }

  async function view({ meetingId }: Visitor, origin: string): Promise<InvitesView> {
    const [rows, door] = await Promise.all([
      model.find({ meetingId }).sort({ at: 1, _id: 1 }).lean<StoredInvite[]>(),
      doorOf(meetingId, origin),
    ])
    return { invites: rows.map((row) => toInvite(row, door)), mails: mail !== null }
  }

  async function sendMail(row: StoredInvite, letter: Letter, origin: string): Promise<void> {
    if (!mail || row.channel !== 'email') throw new PlanError('request/invalid')
    await mails.consume(row.meetingId).catch((error: unknown) => {
      throw error instanceof Error ? error : new PlanError('request/too-many')
    })
    await mail(row.address, letter, await calendarOf(row.meetingId, origin, row.language))
  }

  return {
    view,

    /** @throws request/invalid, invite/enough */
    add: (visitor: Visitor, words: InviteWords): Promise<void> =>
      turns(visitor.meetingId, async () => {
        const { familyId, meetingId } = visitor
        const read = readWords(words)
        if ((await model.countDocuments({ meetingId })) >= MOST) throw new PlanError('invite/enough')
        await model.create({ familyId, meetingId, ...read, at: clock() })
      }),

    /** @throws invite/not-found */
    async remove({ meetingId }: Visitor, inviteId: string): Promise<void> {
      const { deletedCount } = await model.deleteOne({ _id: inviteId, meetingId })
      if (deletedCount === 0) throw new PlanError('invite/not-found')
    },

    /**
     * Gives the letter to the mail server, or notes that a person passed it on; one after another, so that two presses
     * are told in their order.
     *
     * @param known when the meeting is, for who asks
     * @throws invite/not-found, invite/door-shut, invite/not-taken, meeting/time-changed, request/too-many
     */
    give: ({ meetingId, name }: Visitor, inviteId: string, way: (typeof WAYS)[number], known: Date, origin: string) =>
      turns(inviteId, async (): Promise<void> => {
        const row = await model.findOne({ _id: inviteId, meetingId }).lean<StoredInvite>()
        if (!row) throw new PlanError('invite/not-found')
        const door = await doorOf(meetingId, origin)
        if (door.startsAt.getTime() !== known.getTime()) throw new PlanError('meeting/time-changed')
        const letter = letterFor(row, door)
        if (!letter) throw new PlanError('invite/door-shut')
        if (way === 'mail') await sendMail(row, letter, origin)
        const $set = { way, givenAt: clock(), givenBy: name, told: door.startsAt }
        await model.updateOne({ _id: inviteId, meetingId }, { $set })
      }),
  }
}
