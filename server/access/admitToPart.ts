import { PlanError } from '../../shared/errors'
import { type Part, PLAN_PART, readPartKey } from '../../shared/part'
import type { Action } from '../../shared/roles'
import type { Visitor } from './Access'
import { authorize } from './authorize'

/**
 * The part of the plan that somebody names, when they may do this there.
 *
 * @param key as `partKey` writes it; the plan itself when left out
 * @throws plan/part-not-found for one that does not exist, and in the same words for one they have no right to
 */
export function admitToPart(visitor: Visitor, action: Action, key: unknown): Part {
  const part = key === undefined ? PLAN_PART : typeof key === 'string' && readPartKey(key)
  if (!part) throw new PlanError('plan/part-not-found')
  authorize(visitor, action, part)
  return part
}
