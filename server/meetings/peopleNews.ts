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
  /** What those inside were told last, by meeting. */
  const told = new Map<string, string>()

  async function tell(meetingId: string): Promise<void> {
    due.delete(meetingId)
    const { admitted, waiting } = await participants.list(meetingId)
    const facilitators = rooms.facilitators(meetingId)
    io.to(facilitators).emit('people:changed', { people: [...admitted, ...waiting] })
    const hidden = admitted.filter((person) => person.hidden)
    const seen = admitted.filter((person) => !person.hidden)
    for (const own of hidden) {
      const mine = hidden.filter(({ id, memberId }) => id === own.id || (memberId && memberId === own.memberId))
      io.to(rooms.person(own.id)).emit('people:changed', { people: [...seen, ...mine] })
    }
    // Nor does a list that says nothing new tell that somebody hidden came or went.
    const list = JSON.stringify(seen)
    if (hidden.length > 0 && told.get(meetingId) === list) return
    told.set(meetingId, list)
    const apart = [facilitators, ...hidden.map(({ id }) => rooms.person(id))]
    io.to(rooms.people(meetingId)).except(apart).emit('people:changed', { people: seen })
  }

  return function peopleChanged(meetingId: string): void {
    if (due.has(meetingId)) return
    due.add(meetingId)
    setTimeout(() => {
      tell(meetingId).catch((error: unknown) => log.error(withoutContent(error), 'people not announced'))
    }, TOGETHER_MS)
  }
}
