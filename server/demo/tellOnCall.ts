import type { OnCallWords } from '../../shared/onCall'
import type { App } from '../app'

const WORKDAYS = ['mo', 'tu', 'we', 'th', 'fr'] as const
const ZONE = 'America/Los_Angeles'

/** Who is on call in the demo's county; numbers are of those that belong to nobody. */
const ON_CALL: readonly OnCallWords[] = [
  {
    ...{ agency: 'calworks', name: 'Marsh', phone: '555-0107', email: 'marsh@demo.ourplan' },
    ...{ days: ['mo', 'tu', 'we', 'th'], starts: '08:00', ends: '17:00', timeZone: ZONE },
  },
  {
    ...{ agency: 'calworks', name: 'Reyes', phone: '555-0119', email: null },
    ...{ days: ['th', 'fr'], starts: '09:00', ends: '18:00', timeZone: ZONE },
  },
  {
    ...{ agency: 'child-welfare', name: 'Quill', phone: '555-0102', email: 'quill@demo.ourplan' },
    ...{ days: [...WORKDAYS], starts: '08:00', ends: '17:00', timeZone: ZONE },
  },
  {
    ...{ agency: 'child-welfare', name: 'Night desk', phone: '555-0100', email: null },
    ...{ days: [...WORKDAYS, 'sa', 'su'], starts: '17:00', ends: '08:00', timeZone: ZONE },
  },
  {
    ...{ agency: 'mental-health', name: 'Park', phone: '555-0142', email: 'park@demo.ourplan' },
    ...{ days: ['mo', 'we', 'fr'], starts: '09:00', ends: '17:00', timeZone: ZONE },
  },
  {
    ...{ agency: 'school', name: 'Adeyemi', phone: '', email: 'adeyemi@demo.ourplan' },
    ...{ days: [...WORKDAYS], starts: '07:30', ends: '15:30', timeZone: ZONE },
  },
]

/** Puts the demo's people on the list of who is on call; once more changes nothing. */
export async function tellOnCall({ onCall }: App['parts'], by: string): Promise<void> {
  const known = new Set((await onCall.list()).map(({ agency, name }) => `${agency} ${name}`))
  for (const line of ON_CALL) if (!known.has(`${line.agency} ${line.name}`)) await onCall.add(by, line)
}
