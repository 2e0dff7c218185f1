import type { Logger } from 'pino'
import { withoutContent } from '../http/withoutContent'
import type { Pages } from './followMeetings'
import type { Participants } from './participants'
import { rooms } from './rooms'

/** Changes within this time are announced together, ms: twelve phones come in at once. */
const TOGETHER_MS = 50

/** Announces who is in a meeting; those at the door to its facilitators alone. */
export function createPeopleNews(io: Pages, participants: Participants, log: Logger) {
  const due = new Set<string>()

  async function tell(meetingId: string): Promise<void> {
    due.delete(meetingId)
    const { admitted, waiting } = await participants.list(meetingId)
    const facilitators = rooms.facilitators(meetingId)
    io.to(facilitators).emit('people:changed', { people: [...admitted, ...waiting] })
    io.to(rooms.people(meetingId)).except(facilitators).emit('people:changed', { people: admitted })
  }

  return function peopleChanged(meetingId: string): void {
    if (due.has(meetingId)) return
    due.add(meetingId)
    setTimeout(() => {
      tell(meetingId).catch((error: unknown) => log.error(withoutContent(error), 'people not announced'))
    }, TOGETHER_MS)
  }
}
