import { PlanError } from '../../shared/errors'
import { type Part, PLAN_PART } from '../../shared/part'
import { can, needsRelease, RULES, type Action, type Phase, type Standing } from '../../shared/roles'
import type { Opening } from './Access'

/** Somebody who wants to do something: outside of meetings without a phase, in them with what releases open to them. */
interface Asker {
  standing: Standing
  phase?: Phase
  openings?: readonly Opening[]
}

const CLOSED = {
  open: 'access/denied',
  private: 'meeting/private',
  sealed: 'plan/sealed',
  ended: 'meeting/ended',
} as const

function isReleased(openings: readonly Opening[], part: Part): boolean {
  return openings.some(({ section, subject }) => section === part.section && subject === part.subject)
}

/** May they? What a release must open is closed to everybody else, whatever they are. */
export function may({ standing, phase, openings = [] }: Asker, action: Action, part: Part = PLAN_PART): boolean {
  const { section } = part
  return can(standing, action, phase && { phase, section, released: isReleased(openings, part) })
}

/**
 * @param part the part of the plan concerned; the plan itself when left out
 * @throws access/denied; where only the phase stands against it, meeting/private, meeting/ended or plan/sealed; where no
 *   release opens the part, plan/part-not-found, as if there were none
 */
export function authorize(asker: Asker, action: Action, part: Part = PLAN_PART): void {
  if (may(asker, action, part)) return
  const { standing, phase, openings = [] } = asker
  if (needsRelease(action, part.section) && !isReleased(openings, part)) throw new PlanError('plan/part-not-found')
  const standings: readonly Standing[] = RULES[action].flatMap((clause) => clause.standings)
  throw new PlanError(standings.includes(standing) && phase ? CLOSED[phase] : 'access/denied')
}
