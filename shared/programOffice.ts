import type { Agency } from './meeting'
import type { ProgramName } from './program'

/** Whose office a program is: to whose hours the family's time counts, and in whose colour its days stand. */
export const PROGRAM_OFFICE: Record<ProgramName, Agency> = {
  'cash-aid': 'calworks',
  'food-aid': 'calworks',
  'health-care': 'calworks',
  'child-care': 'calworks',
  'housing-aid': 'housing',
  disability: 'other',
  'child-support': 'child-support',
  'relative-aid': 'calworks',
  other: 'other',
}
