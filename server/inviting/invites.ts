import type { Connection } from 'mongoose'
import { Email } from '../../shared/account'
import { PlanError } from '../../shared/errors'
import type { Invite, InvitesView, InviteWords } from '../../shared/invite'
import type { Language } from '../../shared/meeting'
import type { Visitor } from '../access/Access'
import type { Clock } from '../Clock'
import { inTurn } from '../inTurn'
import { createGiveInvite } from './giveInvite'
import type { InviteMail } from './inviteMail'
import { inviteModel, isLost, type StoredInvite } from './inviteModel'
import { createLetterFor, type Door, isOutdated } from './letterFor'

/** People asked to one meeting. */
const MOST = 60
const PHONE = /^\+?[\d ().-]{3,24}$/

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
export function createInvites(needs: Needs) {
  const { db, clock, mail, doorOf } = needs
  const model = inviteModel(db)
  const letterFor = createLetterFor()
  /** How many there are must still be true when one more is written. */
  const turns = inTurn()

  function toInvite(row: StoredInvite, door: Door): Invite {
    const { _id, name, role, agency, language, channel, address, way, givenAt, givenBy, tries = 0, tryingAt } = row
    const trying = tryingAt && { by: row.tryingBy, at: tryingAt.toISOString(), lost: isLost(row, clock()) }
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
      tries,
      trying,
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

  return {
    view,

    /**
     * @param supporterId the wish it comes from; of two presses one puts them on the list
     * @throws request/invalid, invite/enough
     */
    add: (visitor: Visitor, words: InviteWords, supporterId: string | null = null): Promise<void> =>
      turns(visitor.meetingId, async () => {
        const { familyId, meetingId } = visitor
        const read = readWords(words)
        if (supporterId && (await model.exists({ meetingId, supporterId }))) return
        if ((await model.countDocuments({ meetingId })) >= MOST) throw new PlanError('invite/enough')
        await model.create({ familyId, meetingId, ...read, supporterId, at: clock() })
      }),

    /** The wishes that are on the list. */
    async wishesIn(meetingId: string): Promise<Set<string>> {
      const rows = await model
        .find({ meetingId, supporterId: { $ne: null } }, { supporterId: 1 })
        .lean<StoredInvite[]>()
      return new Set(rows.map(({ supporterId }) => supporterId!))
    },

    /** A wish was taken back: nobody is asked for it who was not yet. */
    async forgetWish(meetingId: string, supporterId: string): Promise<void> {
      await model.deleteOne({ meetingId, supporterId, givenAt: null, tryingAt: null })
    },

    /** @returns the wish of the family that it came from, if it did. @throws invite/not-found */
    async remove({ meetingId }: Visitor, inviteId: string): Promise<string | null> {
      const row = await model.findOneAndDelete({ _id: inviteId, meetingId }).lean<StoredInvite>()
      if (!row) throw new PlanError('invite/not-found')
      return row.supporterId
    },

    give: createGiveInvite({ ...needs, letterFor }),
  }
}
