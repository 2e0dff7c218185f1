import type { Meeting } from '../../shared/meeting'
import type { Access } from '../access/Access'
import type { Meetings } from './meetings'
import type { MeetingSocket } from './meetingSocket'

export type MeetingNews = ReturnType<typeof createMeetingNews>

/** Tells everybody where a meeting stands now: connections ask again what they may, pages show it. */
export function createMeetingNews(needs: { access: Access; meetings: Meetings; socket: MeetingSocket }) {
  const { access, meetings, socket } = needs

  return async function meetingChanged(meetingId: string): Promise<Meeting> {
    const meeting = await meetings.show(await meetings.read(meetingId))
    access.changes.emit('changed', { meetingId })
    socket.announce(meetingId, 'meeting:changed', { meeting }, 'people-and-projector')
    return meeting
  }
}
