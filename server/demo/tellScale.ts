import type { Participant } from '../../shared/meeting'
import type { Visitor } from '../access/Access'
import type { App } from '../app'
import type { DemoFamily, DemoScale } from './DemoFamily'

/** Lets a demo meeting ask how things are from 0 to 10 and show what was said; once more changes nothing. */
export async function tellScale(
  { participants, scales }: Pick<App['parts'], 'participants' | 'scales'>,
  { id: familyId, people }: DemoFamily & { id: string },
  meetingId: string,
  { said, ...words }: DemoScale,
): Promise<void> {
  const visitorOf = ({ id, role, name, agency, memberId, language }: Participant): Visitor => ({
    ...{ meetingId, familyId, phase: 'open', participantId: id, standing: role, name, memberId, language, agency },
    ...{ staffId: null, sessionId: '', openings: [] },
  })
  const { admitted } = await participants.list(meetingId)
  const lead = visitorOf(admitted.find(({ role }) => role === 'facilitator')!)
  const now = () => scales.view(lead, new Set())
  if ((await now()).rounds.length > 0) return
  await scales.ask(lead, words)
  const askId = (await now()).open!.id
  for (const { by, score, higher = '', named = true } of said) {
    const here = admitted.find(({ name }) => name === by)
    const { role } = people[by]!
    if (role === 'interpreter' || role === 'observer') throw new Error(`The demo asks ${by}, who has no answer to give`)
    const whose = here ? {} : { for: { name: by, role } }
    await scales.answer(here ? visitorOf(here) : lead, { askId, score, higher, named, ...whose })
  }
  if ((await now()).open) await scales.close(lead, askId, 'show')
}
