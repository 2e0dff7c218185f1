import { can } from '../../shared/roles'
import type { Visitor } from '../access/Access'
import type { MeetingSocket } from './meetingSocket'
import type { Participants } from './participants'

/**
 * Tells the pages of the family, and of who leads, that what the family was asked about its programs changed. What
 * somebody hidden does stirs nobody's page but the lead's and their own.
 */
export function createScreeningNews({ participants, socket }: { participants: Participants; socket: MeetingSocket }) {
  return async function screeningChanged({ meetingId, participantId, hidden, phase }: Visitor): Promise<void> {
    const { admitted } = await participants.list(meetingId)
    const readers = admitted.filter(
      ({ id, role }) =>
        can(role, 'screening:read', { phase }) && (!hidden || id === participantId || role === 'facilitator'),
    )
    for (const { id } of readers)
      socket.announce(meetingId, 'answers:changed', { of: 'screening' }, { participantId: id })
  }
}
