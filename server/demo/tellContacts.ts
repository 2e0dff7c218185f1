import type { App } from '../app'
import type { DemoMeeting } from './DemoFamily'
import { createVisitorIn } from './visitorIn'

/** Lets people of a demo meeting say how they can be reached, as themselves; once more changes nothing. */
export function tellContacts({ contacts, ...parts }: App['parts'], familyId: string) {
  const visitorIn = createVisitorIn({ contacts, ...parts }, familyId)

  return async function tell(meetingId: string, told: DemoMeeting): Promise<void> {
    for (const { by, ...words } of told.contacts ?? []) await contacts.share(await visitorIn(meetingId, by), words)
  }
}
