import type { Participant } from '../shared/meeting'
import type { Column } from '../shared/plan'

/** The column a person's promises stand in; null for those who make none. */
export function columnOf({ role, agency }: Pick<Participant, 'role' | 'agency'>): Column | null {
  if (role === 'family' || role === 'youth' || role === 'support') return 'family'
  return role === 'agency' ? (agency ?? 'other') : null
}
