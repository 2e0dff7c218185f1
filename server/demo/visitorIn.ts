import type { Visitor } from '../access/Access'
import type { App } from '../app'

/** Somebody of a demo meeting, by name, as who they are there. */
export function createVisitorIn({ participants }: App['parts'], familyId: string) {
  return async function visitorIn(meetingId: string, by: string): Promise<Visitor> {
    const { admitted } = await participants.list(meetingId)
    const { id, role, name, agency, memberId, language } = admitted.find((person) => person.name === by)!
    return {
      ...{ meetingId, familyId, phase: 'open', participantId: id, standing: role, name, agency, memberId, language },
      ...{ staffId: null, sessionId: '', openings: [] },
    }
  }
}
