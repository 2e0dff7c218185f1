import { PlanError } from '../../shared/errors'
import { can, RULES, type Action, type Phase, type Standing } from '../../shared/roles'

const CLOSED = { open: 'access/denied', sealed: 'plan/sealed', ended: 'meeting/ended' } as const

/** @throws access/denied; where only the phase stands against it, meeting/ended or plan/sealed */
export function authorize(visitor: { standing: Standing; phase?: Phase }, action: Action): void {
  const { standing, phase } = visitor
  if (can(standing, action, phase && { phase })) return
  const standings: readonly Standing[] = RULES[action].standings
  throw new PlanError(standings.includes(standing) && phase ? CLOSED[phase] : 'access/denied')
}
