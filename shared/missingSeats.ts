import type { Agency } from './meeting'
import type { ActionItem } from './plan'

/** Agencies that promise something. */
export function columnsOf(actions: readonly Pick<ActionItem, 'column'>[]): Agency[] {
  return [...new Set(actions.map(({ column }) => column))].filter((column) => column !== 'family')
}

/** Which of the agencies that should be there are not, each once, in the order given. */
export function missingSeats(needed: readonly Agency[], seated: readonly Agency[]): Agency[] {
  return [...new Set(needed)].filter((agency) => !seated.includes(agency))
}
