import type { Connection } from 'mongoose'
import type { Visitor } from '../access/Access'
import { phaseOf, type StoredMeeting } from '../meetings/meetingModel'
import type { Meetings } from '../meetings/meetings'
import { participantModel, type StoredParticipant } from '../meetings/participantModel'
import type { StoredLink } from './linkModel'

/** A meeting that a link's person was let into, and what they are there. */
export interface LinkedMeeting {
  meeting: StoredMeeting
  participant: StoredParticipant
}

export type LinkedMeetings = ReturnType<typeof createLinkedMeetings>

/** The link's person as what they are in the meeting. No release opens anything here: gated parts stay in the room. */
export function toReader(link: StoredLink, { meeting, participant }: LinkedMeeting): Visitor {
  const { role, name, agency, language } = participant
  return {
    standing: role,
    meetingId: meeting._id.toHexString(),
    familyId: link.familyId.toHexString(),
    phase: phaseOf(meeting),
    participantId: participant._id.toHexString(),
    memberId: link.memberId.toHexString(),
    staffId: null,
    name,
    agency,
    language,
    sessionId: link._id.toHexString(),
    ...(participant.hidden ? { hidden: true as const } : {}),
    openings: [],
  }
}

/** The meetings of the family that a link's person was let into and not taken out of, the latest first. */
export function createLinkedMeetings({ db, meetings }: { db: Connection; meetings: Meetings }) {
  const participants = participantModel(db)

  return async function meetingsOf({ memberId, familyId }: StoredLink): Promise<LinkedMeeting[]> {
    const mine = await participants.find({ memberId, removedAt: null, admittedAt: { $ne: null } }).lean()
    const of = await meetings.list({ _id: { $in: mine.map(({ meetingId }) => meetingId) } })
    return of
      .filter((meeting) => meeting.familyId.equals(familyId))
      .map((meeting) => ({ meeting, participant: mine.find(({ meetingId }) => meetingId.equals(meeting._id))! }))
  }
}
