import { PlanError } from '../../shared/errors'
import { can, RULES, type Action, type Phase, type Standing } from '../../shared/roles'

/** @throws access/denied, or meeting/ended where only the phase stands against it */
export function authorize(visitor: { standing: Standing; phase?: Phase }, action: Action): void {
  const { standing, phase } = visitor
  if (can(standing, action, phase && { phase })) return
  const standings: readonly Standing[] = RULES[action].standings
  throw new PlanError(phase === 'ended' && standings.includes(standing) ? 'meeting/ended' : 'access/denied')
}
