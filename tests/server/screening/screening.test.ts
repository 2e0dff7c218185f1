import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { SCREENING_QUESTIONS, type ScreeningAnswer } from '../../../shared/screening'
import { screeningAnswerModel, screeningRoundModel } from '../../../server/screening/screeningModel'
import { admitted, guest, refusal, type Someone, staff } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

let app: TestApp
let clock = () => new Date()
let wren: Someone
let dana: Someone
let familyId: string

beforeAll(async () => {
  app = await startTestApp({ clock: () => clock() })
  wren = await staff(app, 'Wren')
})
afterAll(() => app.close())
beforeEach(async () => {
  clock = () => new Date()
  familyId = (await wren.createFamily()).id
  await wren.createMeeting({ familyId })
  dana = await admitted(wren, 'Dana')
})

const params = () => ({ meetingId: wren.meetingId })
const view = (who: Someone) => who.call('readScreening', { params: params() })
const say = (who: Someone, question: string, answer: ScreeningAnswer) =>
  who.call('answerScreening', { params: params(), body: { question, answer } })
const again = (who: Someone) => who.call('answerScreening', { params: params(), body: { again: true } })
const openIn = async (who: Someone) => (await view(who)).questions.filter(({ open }) => open).map(({ id }) => id)
const saidIn = async (who: Someone, question = 'cash-aid') =>
  (await view(who)).questions.find(({ id }) => id === question)!.said

describe('what else a family is in', () => {
  it('[PG31] is asked as soon as there is a family with a meeting, in both languages, and answered in one press', async () => {
    const { questions, askedAgainAt } = await view(dana)
    expect(questions.map(({ id }) => id)).toEqual(SCREENING_QUESTIONS.map(({ id }) => id))
    expect(questions.every(({ open, said, words }) => open && !said && words.en && words.es)).toBe(true)
    expect(askedAgainAt).toBeNull()
    await say(dana, 'cash-aid', 'yes')
    expect(await saidIn(wren)).toMatchObject({ answer: 'yes', by: 'Dana', typedBy: null })
    await say(dana, 'cash-aid', 'no')
    expect(await saidIn(wren)).toMatchObject({ answer: 'no' })
    expect(await openIn(dana)).toHaveLength(questions.length - 1)
  })

  it('[PG32] may be left unsaid: that is an answer, asks nothing more and is not asked about again by itself', async () => {
    await say(dana, 'probation', 'rather-not')
    expect(await openIn(dana)).not.toContain('probation')
    expect(await saidIn(wren, 'probation')).toMatchObject({ answer: 'rather-not', by: 'Dana' })
  })

  it('[PG33] is the family’s own: its people and who leads read it, nobody else does or hears of it', async () => {
    const code = (await wren.read()).joining!.code!
    const marsh = await staff(app, 'Marsh', { duty: 'agency', agency: 'calworks' })
    await marsh.join(code, { role: 'agency', agency: 'calworks' })
    await wren.admit(marsh, 'agency', 'calworks')
    const others = [marsh]
    for (const [name, role] of [
      ['Otto', 'observer'],
      ['Vega', 'interpreter'],
      ['Sam', 'support'],
    ] as const)
      others.push(await admitted(wren, name, role))
    const mateo = await admitted(wren, 'Mateo', 'youth')
    const waiting = guest(app, 'Walter')
    await waiting.join(code)
    const pages = await Promise.all([...others, mateo].map((someone) => someone.enter()))
    await say(dana, 'cash-aid', 'yes')
    await pages.at(-1)!.until('answers:changed', ({ of }) => of === 'screening')
    for (const someone of others) {
      expect(await refusal(view(someone)), someone.name).toBe('access/denied')
      expect(await refusal(say(someone, 'cash-aid', 'no')), someone.name).toBe('access/denied')
    }
    expect(await refusal(view(waiting))).toBe('access/waiting')
    expect(await refusal(view(await staff(app, 'Quill')))).toBe('meeting/not-found')
    for (const page of pages.slice(0, -1)) expect(page.heard.map(({ event }) => event)).not.toContain('answers:changed')
    expect(await saidIn(mateo)).toMatchObject({ answer: 'yes' })
    for (const page of pages) page.close()
  })

  it('[PG33] is written down by who leads only as what the family said to them, and that stands beside it', async () => {
    await say(wren, 'housing', 'not-sure')
    expect(await saidIn(dana, 'housing')).toMatchObject({ answer: 'not-sure', typedBy: 'Wren' })
  })

  it('[PG34] is asked again when something changed; what was said before stays to be seen', async () => {
    await say(dana, 'cash-aid', 'no')
    // Whatever the clock says by then.
    clock = () => new Date(Date.now() - 60_000)
    const { askedAgainAt, questions } = await again(dana)
    expect(askedAgainAt).not.toBeNull()
    expect(questions.every(({ open }) => open)).toBe(true)
    expect(await saidIn(wren)).toMatchObject({ answer: 'no' })
    await say(dana, 'cash-aid', 'yes')
    expect(await saidIn(wren)).toMatchObject({ answer: 'yes' })
    expect(await openIn(wren)).not.toContain('cash-aid')
    expect(await openIn(wren)).toHaveLength(questions.length - 1)
  })

  it('[PG34] goes with the family to its next meeting, and to no other family', async () => {
    await say(dana, 'cash-aid', 'yes')
    await wren.setPhase('ended')
    await wren.createMeeting({ familyId })
    expect(await saidIn(wren)).toMatchObject({ answer: 'yes', by: 'Dana' })
    await wren.createMeeting()
    expect(await saidIn(wren)).toBeNull()
  })

  it('[PG35] of somebody hidden is told to who leads and to them alone, and stirs nobody else’s page', async () => {
    const rosa = await admitted(wren, 'Rosa')
    await wren.call('hide', { params: { ...params(), participantId: dana.participantId }, body: { hidden: true } })
    const pages = await Promise.all([rosa.enter(), wren.enter()])
    await say(dana, 'child-support', 'yes')
    await pages[1]!.until('answers:changed')
    expect(pages[0]!.heard.map(({ event }) => event)).not.toContain('answers:changed')
    expect(await saidIn(rosa, 'child-support')).toBeNull()
    expect(await openIn(rosa)).toContain('child-support')
    expect(await saidIn(wren, 'child-support')).toMatchObject({ by: 'Dana' })
    expect(await saidIn(dana, 'child-support')).toMatchObject({ by: 'Dana' })
    for (const page of pages) page.close()
  })

  it('[PG36] ends with the meeting and with the seal, and who leads is behind the curtain while the family is by itself', async () => {
    await wren.setPhase('private')
    expect(await refusal(view(wren))).toBe('meeting/private')
    expect(await refusal(say(wren, 'cash-aid', 'yes'))).toBe('meeting/private')
    await say(dana, 'cash-aid', 'yes')
    await wren.setPhase('open')
    expect(await saidIn(wren)).toMatchObject({ answer: 'yes' })
    await wren.call('makeVersion', { params: params(), body: { kind: 'sealed', label: 'x', basedOn: 0 } })
    expect(await refusal(say(dana, 'cash-aid', 'no'))).toBe('plan/sealed')
    await wren.setPhase('ended')
    expect(await refusal(again(dana))).toBe('meeting/ended')
    expect(await saidIn(dana)).toMatchObject({ answer: 'yes' })
  })

  it('[PG37] lies in the database unreadable, and goes with the family', async () => {
    await say(dana, 'probation', 'rather-not')
    const { db } = app.app.parts
    const rows = await screeningAnswerModel(db).collection.find({ familyId }).toArray()
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toMatch(/probation|rather-not|Dana/)
    await again(dana)
    const { expunging } = app.app.parts
    await expunging.expunge(familyId, await expunging.ask(familyId), wren.person!.id)
    expect(await screeningAnswerModel(db).countDocuments({ familyId })).toBe(0)
    expect(await screeningRoundModel(db).countDocuments({ familyId })).toBe(0)
  })

  it('[PG38] a question nobody asks here is refused', async () => {
    expect(await refusal(say(dana, 'shoe-size', 'yes'))).toBe('request/invalid')
  })

  it('[PG39] answered by several at once, each answer is kept and all see the same one', async () => {
    const rosa = await admitted(wren, 'Rosa')
    await Promise.all([say(dana, 'tribe', 'yes'), say(rosa, 'tribe', 'no'), say(wren, 'tribe', 'not-sure')])
    const all = await Promise.all([dana, rosa, wren].map((someone) => saidIn(someone, 'tribe')))
    expect(new Set(all.map((said) => JSON.stringify(said))).size).toBe(1)
    expect(await screeningAnswerModel(app.app.parts.db).countDocuments({ familyId })).toBe(3)
  })
})
