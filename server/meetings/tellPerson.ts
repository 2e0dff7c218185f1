import type { Participant } from '../../shared/meeting'
import type { Access } from '../access/Access'
import type { MeetingSocket } from './meetingSocket'

export type TellPerson = ReturnType<typeof createTellPerson>

/** Tells that somebody is something else in a meeting now: them, the pages that hold their rights, and the others. */
export function createTellPerson({ access, socket }: { access: Access; socket: MeetingSocket }) {
  return function tellPerson(meetingId: string, me: Participant): void {
    // The person first: whoever is removed has no connection to hear it on after the change.
    socket.announce(meetingId, 'admission:changed', { me }, { participantId: me.id })
    access.changes.emit('changed', { meetingId, participantId: me.id })
    socket.peopleChanged(meetingId)
  }
}
