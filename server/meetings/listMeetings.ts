import type { MeetingSummary } from '../../shared/api'
import type { Session } from '../access/sessions'
import type { StoredMeeting } from './meetingModel'
import type { Meetings } from './meetings'
import { stateOf, type StoredParticipant } from './participantModel'
import type { Participants } from './participants'

export type ListMeetings = ReturnType<typeof createListMeetings>

/** Meetings with what a browser is in them, latest first. */
export function createListMeetings({ meetings, participants }: { meetings: Meetings; participants: Participants }) {
  async function summarise(stored: StoredMeeting[], mine: StoredParticipant[]): Promise<MeetingSummary[]> {
    const byMeeting = new Map(mine.map((me) => [me.meetingId.toHexString(), me]))
    const shown = await meetings.showAll(stored)
    return shown.map((meeting) => {
      const me = byMeeting.get(meeting.id)
      return { ...meeting, role: me?.role ?? null, state: me ? stateOf(me) : null }
    })
  }

  return {
    /** Those this browser is in, at the door or inside. */
    async of(session: Session): Promise<MeetingSummary[]> {
      const mine = await participants.listOf(session)
      return summarise(await meetings.list({ _id: { $in: mine.map(({ meetingId }) => meetingId) } }), mine)
    },

    /** Those of a family, whoever is in them. */
    async ofFamily(familyId: string, session: Session): Promise<MeetingSummary[]> {
      return summarise(await meetings.list({ familyId }), await participants.listOf(session))
    },
  }
}
