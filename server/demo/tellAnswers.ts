import { promiseText } from '../../shared/promise'
import type { Role } from '../../shared/roles'
import type { App } from '../app'
import type { DemoFamily, DemoMeeting } from './DemoFamily'
import { tellScale } from './tellScale'
import { createVisitorIn } from './visitorIn'

/** Lets people of a demo meeting answer from 0 to 10, the decision and their promises, each for themself; once more changes nothing. */
export function tellAnswers(parts: App['parts'], family: DemoFamily & { id: string }) {
  const { decisions, promises, livePlans, participants } = parts
  const visitorIn = createVisitorIn(parts, family.id)

  async function decide(meetingId: string, lead: string, said: NonNullable<DemoMeeting['decision']>): Promise<void> {
    const leads = await visitorIn(meetingId, lead)
    const now = () => decisions.view(leads, new Set())
    if (!(await now()).ask) await decisions.ask(leads)
    const { id, shown } = (await now()).ask!
    if (shown) return
    for (const { by, reason = '', stance } of said.said) {
      await decisions.answer(await visitorIn(meetingId, by), { askId: id, stance, reason })
    }
    await decisions.show(leads, true)
    if (said.settled) await decisions.settle(await visitorIn(meetingId, said.settled.by), said.settled.words)
  }

  /** Everybody says yes to what is theirs and still to be done. */
  async function promise(meetingId: string): Promise<void> {
    const { actions } = await livePlans.readPlan(meetingId)
    const { admitted } = await participants.list(meetingId)
    for (const { id, name } of admitted) {
      const staffId = (await participants.findOwner(id))?.staffId ?? null
      const owner = { ...(await visitorIn(meetingId, name)), staffId }
      const { answers, mine } = await promises.view(owner, new Set())
      const answered = new Set(answers.map(({ actionId }) => actionId))
      const asked = actions.filter((one) => mine.includes(one.id) && one.state === 'open' && !answered.has(one.id))
      for (const one of asked) {
        await promises.answer(owner, { actionId: one.id, answer: 'yes', words: '', saw: promiseText(one) })
      }
    }
  }

  /** Those who are there for their work keep what is said. */
  async function keep(meetingId: string): Promise<void> {
    const WORKS: readonly Role[] = ['facilitator', 'agency', 'interpreter', 'observer']
    const { admitted } = await participants.list(meetingId)
    for (const { name, role } of admitted) {
      if (WORKS.includes(role)) await parts.confidence.keep(await visitorIn(meetingId, name), 'en')
    }
  }

  return async function answer(meetingId: string, told: DemoMeeting): Promise<void> {
    const { lead, scale, decision, sealedAt } = told
    if (scale) await tellScale(parts, family, meetingId, scale)
    // In the meeting that is open for trying things out everybody answers for themselves.
    if (!sealedAt) return
    await keep(meetingId)
    if (decision) await decide(meetingId, lead, decision)
    await promise(meetingId)
  }
}
