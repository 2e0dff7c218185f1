import type { Need, NeedFor } from '../../shared/need'
import type { Caller } from '../access/Access'
import type { App } from '../app'
import type { DemoMeeting, DemoNeed, DemoSupporter } from './DemoFamily'
import { createVisitorIn } from './visitorIn'

/** Lets people of a demo meeting say what they need, and whom they want there, as themselves; once more changes nothing. */
export function tellSeats(parts: App['parts'], familyId: string) {
  const { needs, supporters, participants, members } = parts
  const visitorIn = createVisitorIn(parts, familyId)

  async function callerIn(meetingId: string, by: string): Promise<Caller> {
    const visitor = await visitorIn(meetingId, by)
    return { ...visitor, participantId: visitor.participantId!, state: 'admitted' }
  }

  async function sayNeed(lead: Caller, { for: who, kind, words }: DemoNeed): Promise<Need> {
    const { meetingId } = lead
    const find = async () => (await needs.view(lead)).needs.find((one) => one.name === who && one.kind === kind)
    const said = await find()
    if (said) return said
    const { admitted } = await participants.list(meetingId)
    if (admitted.some(({ name }) => name === who)) {
      await needs.say(await callerIn(meetingId, who), { kind, words })
    } else {
      const known = (await members.list(meetingId)).find(({ name }) => name === who)
      const whom: NeedFor = known ? { memberId: known.memberId } : { name: who }
      await needs.say(lead, { kind, words, for: whom })
    }
    return (await find())!
  }

  async function seeTo(lead: Caller, { id, owner, state }: Need, told: DemoNeed): Promise<void> {
    if (!told.owner) return
    const sees = await callerIn(lead.meetingId, told.owner)
    if (!owner) {
      await needs.change(lead, id, { act: 'ask', whom: sees.participantId })
      await needs.change(sees, id, { act: 'take', whom: null })
    }
    if (told.seenTo && state === 'open') await needs.change(sees, id, { act: 'seen-to', whom: null })
  }

  async function wish(lead: Caller, { by, ...words }: DemoSupporter): Promise<void> {
    const find = async () => (await supporters.view(lead)).supporters.find(({ name }) => name === words.name)
    const visitor = await visitorIn(lead.meetingId, by)
    if (!(await find())) await supporters.wish(visitor, words)
    const { id, asked } = (await find())!
    if (!asked) await supporters.mark(lead, id, true)
  }

  return async function tell(meetingId: string, told: DemoMeeting): Promise<void> {
    const lead = await callerIn(meetingId, told.lead)
    for (const need of told.needs ?? []) await seeTo(lead, await sayNeed(lead, need), need)
    for (const one of told.supporters ?? []) await wish(lead, one)
  }
}
