import { Agency } from '../../../shared/meeting'
import type { Column } from '../../../shared/plan'
import type { Presence } from '../../../shared/planFrames'
import { ROLES, type Role } from '../../../shared/roles'
import { columnOf } from '../../columnOf'

/** The column of somebody who writes; null for those who make no promises. */
export function columnOfWriter({ standing, agency }: Presence): Column | null {
  const role = ROLES.find((one): one is Role => one === standing)
  return role ? columnOf({ role, agency: Agency.safeParse(agency).data ?? null }) : null
}
