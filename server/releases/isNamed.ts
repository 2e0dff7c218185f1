import type { Agency } from '../../shared/meeting'
import type { Role } from '../../shared/roles'
import type { StoredRelease } from './releaseModel'

/** Somebody in a meeting, as far as a release may name them. */
export interface Reader {
  role: Role
  memberId: string | null
  /** Of their account. */
  agency: Agency | null
}

type Rights = Pick<StoredRelease, 'discloser' | 'recipients' | 'members'>

/** Does this release, as long as it holds, let them see? */
export function isNamed({ discloser, recipients, members }: Rights, { role, memberId, agency }: Reader): boolean {
  if (memberId) return members.includes(memberId)
  if (role === 'facilitator' || role === 'interpreter') return recipients.includes(role)
  return role === 'agency' && agency !== null && (discloser === agency || recipients.includes(agency))
}
