import type { Request } from 'express'
import type { Access, Membership } from '../access/Access'
import type { Session } from '../access/sessions'
import { readJoinCode } from '../meetings/joinCode'
import type { StoredMeeting } from '../meetings/meetingModel'
import type { Meetings } from '../meetings/meetings'
import type { Participants } from '../meetings/participants'
import type { Guesses } from './guesses'

/** What this browser is in a meeting. */
export interface Place {
  meeting: StoredMeeting
  membership: Membership
}

export type Places = ReturnType<typeof createPlaces>

const NO_MEETING = '0'.repeat(24)

/** The code in an address; empty when it cannot be one. */
export const codeOf = (request: Request) => readJoinCode(String(request.params.code)) ?? ''

/** Which meeting a browser means by an address with a code, and what it is there. */
export function createPlaces(needs: {
  access: Access
  meetings: Meetings
  participants: Participants
  guesses: Guesses
}) {
  const { access, meetings, participants, guesses } = needs

  /** Where there is no meeting the same is asked of none: the answer to a wrong code takes as long. */
  async function placeIn(meeting: StoredMeeting | null, session: Session): Promise<Place | null> {
    const membership = await participants.findMembership(meeting?._id.toHexString() ?? NO_MEETING, session)
    return meeting && membership && { meeting, membership }
  }

  async function latest(session: Session): Promise<Place | null> {
    const all = await participants.listOf(session)
    const last = all.sort((a, b) => b.askedAt.getTime() - a.askedAt.getTime())[0]
    return last ? placeIn(await meetings.find(last.meetingId.toHexString()), session) : null
  }

  return {
    /**
     * The meeting whose door a code opens for somebody new. Whatever opens nothing now is a wrong code.
     *
     * @throws join/unknown-code or join/locked
     */
    findDoor(request: Request): Promise<StoredMeeting> {
      const code = codeOf(request)
      return guesses.look(request.ip, code, () => meetings.findDoor(code))
    },

    /** Somebody at the door or inside of the very meeting this code opens. */
    async findPresent(request: Request): Promise<Place | null> {
      const { session } = await access.anyone(request)
      const place = session && (await placeIn(await meetings.findByCode(codeOf(request)), session))
      return place && place.membership.state !== 'removed' ? place : null
    },

    /** A new code makes the old one worthless to others; who waits behind the old address goes on waiting. */
    async findPlace(request: Request): Promise<Place | null> {
      const { session } = await access.anyone(request)
      if (!session) return null
      return (await placeIn(await meetings.findByCode(codeOf(request)), session)) ?? latest(session)
    },

    /** The meeting this browser asked for last. */
    async findLatest(request: Request): Promise<Place | null> {
      const { session } = await access.anyone(request)
      return session && latest(session)
    },
  }
}
