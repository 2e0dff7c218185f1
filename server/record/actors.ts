import type { Person } from '../../shared/api'
import type { Actor } from '../../shared/record'
import type { Visitor } from '../access/Access'

/** Who did something in a meeting, and where: for `record.note({ what, ...by(visitor), about })`. */
export function by(visitor: Visitor): { actor: Actor; familyId: string; meetingId: string } {
  const { staffId, participantId, standing, agency, name, familyId, meetingId } = visitor
  return { actor: { staffId, participantId, standing, agency, name }, familyId, meetingId }
}

/** An agency person outside of meetings. */
export function byStaff({ id, duty, agency, name }: Person): { actor: Actor } {
  return { actor: { staffId: id, participantId: null, standing: `staff:${duty}`, agency, name } }
}

/** Somebody without a session. */
export const byNobody: { actor: Actor } = {
  actor: { staffId: null, participantId: null, standing: 'unknown', agency: null, name: '' },
}
