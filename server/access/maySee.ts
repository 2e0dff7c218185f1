import type { Visitor } from './Access'

/** Somebody of a meeting, as far as it matters whether others may know that they are in it. */
interface Somebody {
  id: string
  memberId?: string | null
  hidden?: true | undefined
}

/** May they know that this person is in the meeting? Of somebody hidden only who leads does, and the person. */
export function maySee(viewer: Pick<Visitor, 'standing' | 'participantId' | 'memberId'>, person: Somebody): boolean {
  if (!person.hidden || viewer.standing === 'facilitator') return true
  return person.id === viewer.participantId || (viewer.memberId !== null && person.memberId === viewer.memberId)
}
