import type { App } from '../app'
import type { DemoMeeting } from './DemoFamily'
import { createVisitorIn } from './visitorIn'

/** Where the words would lead; the demo sends none. */
const ORIGIN = 'http://localhost'

/** Puts people on the list of who is asked to come; once more changes nothing. */
export function tellInvites(parts: App['parts'], familyId: string) {
  const { invites } = parts
  const visitorIn = createVisitorIn(parts, familyId)

  return async function tell(meetingId: string, { lead, startsAt, invites: told = [] }: DemoMeeting): Promise<void> {
    if (told.length === 0) return
    const leader = await visitorIn(meetingId, lead)
    const find = async (name: string) =>
      (await invites.view(leader, ORIGIN)).invites.find((invite) => invite.name === name)
    for (const { passedOn, ...words } of told) {
      if (!(await find(words.name))) await invites.add(leader, words)
      const { id, given, tries } = (await find(words.name))!
      const giving = { way: 'hand', startsAt, tries } as const
      if (passedOn && !given) await invites.give(leader, id, giving, ORIGIN, () => undefined)
    }
  }
}
