import type { Agency } from './meeting'
import type { Standing } from './roles'

/**
 * May they change what a court ordered? Those who answer to the court for it, and who leads. The family says what it thinks
 * of it as a worry or an idea, and loses nothing by that.
 */
export function changesOrders({ standing, agency }: { standing: Standing; agency: Agency | null }): boolean {
  return standing === 'facilitator' || (standing === 'agency' && (agency === 'child-welfare' || agency === 'probation'))
}

/** What everybody who writes may still change of it: its place on the page, who does it, and its wording in the family’s language. */
const FREE = ['order', 'goal', 'who', 'whoId', 'counts', 'other']

export const isLockedField = (field: string) => !FREE.includes(field)
