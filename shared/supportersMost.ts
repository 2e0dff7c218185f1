import type { Role } from './roles'

/** How many people somebody may wish for at once; young people two of their own (Minnesota, from 14 on). */
export const SUPPORTERS_MOST: Partial<Record<Role, number>> = { family: 12, youth: 2 }
