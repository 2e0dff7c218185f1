import type { Announced } from '../../shared/events'
import type { Visitor } from '../access/Access'
import type { MeetingSocket } from './meetingSocket'

export type AnswersNews = ReturnType<typeof createAnswersNews>

/** Tells pages that what people were asked, or answered, changed. What somebody hidden does stirs nobody's page but the lead's. */
export function createAnswersNews({ socket }: { socket: MeetingSocket }) {
  /** @param everybody left out or false: only who leads, and who answered, can see a difference */
  return function answersChanged(
    { meetingId, participantId, hidden }: Visitor,
    of: Announced<'answers:changed'>['of'],
    everybody: boolean,
  ): void {
    if (everybody && !hidden) return socket.announce(meetingId, 'answers:changed', { of }, 'people-and-projector')
    socket.announce(meetingId, 'answers:changed', { of }, 'facilitators')
    if (participantId) socket.announce(meetingId, 'answers:changed', { of }, { participantId })
  }
}
