import { can } from '../../shared/roles'
import type { Caller, Visitor } from '../access/Access'

/** Somebody who follows a meeting: at the door, inside, or its projector. */
export type Follower = Visitor & Partial<Pick<Caller, 'state'>>

/** To whom an announcement goes. */
export type Audience =
  | { participantId: string }
  | 'people'
  | 'projector'
  | 'people-and-projector'
  | 'facilitators'
  | 'facilitators-and-projector'

export const rooms = {
  person: (participantId: string) => `person:${participantId}`,
  people: (meetingId: string) => `people:${meetingId}`,
  facilitators: (meetingId: string) => `facilitators:${meetingId}`,
  projector: (meetingId: string) => `projector:${meetingId}`,
}

/** The rooms a follower belongs in: at the door only their own. */
export function roomsOf(follower: Follower): string[] {
  const { participantId, meetingId, state } = follower
  if (!participantId) return [rooms.projector(meetingId)]
  if (state === 'waiting') return [rooms.person(participantId)]
  const leads = can(follower.standing, 'lobby:read', follower)
  return [rooms.person(participantId), rooms.people(meetingId), ...(leads ? [rooms.facilitators(meetingId)] : [])]
}

export function roomsFor(meetingId: string, to: Audience): string[] {
  if (typeof to === 'object') return [rooms.person(to.participantId)]
  if (to === 'projector') return [rooms.projector(meetingId)]
  const people = to.startsWith('people') ? rooms.people(meetingId) : rooms.facilitators(meetingId)
  return to.endsWith('projector') ? [people, rooms.projector(meetingId)] : [people]
}
