import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addItem } from '../../shared/plan'
import { type Part, partKey } from '../../shared/part'
import { openPage } from '../support/openPage'
import { admitted, refusal, type Someone, staff } from '../support/people'
import { SeededRandom } from '../support/seededRandom'
import { memberIdOf, signedRelease } from '../support/signedRelease'
import { startTestApp, type TestApp } from '../support/startTestApp'
import { addGoal, addPromise } from '../support/writing'

const FAMILY = { section: 'family', subject: null } as const
const PREP = { section: 'prep', subject: null } as const
const chance = new SeededRandom(11)

let app: TestApp
let clock = () => new Date()
let wren: Someone
let dana: Someone
/** Of the school, by her account. */
let adeyemi: Someone

beforeAll(async () => {
  app = await startTestApp({ clock: () => clock() })
  wren = await staff(app, 'Wren')
  adeyemi = await staff(app, 'Adeyemi', { duty: 'agency', agency: 'school' })
})
afterAll(() => app.close())

beforeEach(async () => {
  clock = () => new Date()
  await wren.createMeeting()
  dana = await admitted(wren, 'Dana')
  await adeyemi.join((await wren.read()).joining!.code!, { role: 'agency', agency: 'school' })
  await wren.admit(adeyemi, 'agency', 'school')
})

const params = () => ({ meetingId: wren.meetingId })
const read = (who: Someone, part?: Part) =>
  who.call('readPlan', { params: params(), query: part && { part: partKey(part) } })
const history = (who: Someone, part: Part) =>
  who.call('readHistory', { params: params(), query: { part: partKey(part) } })

/** Somebody says something in a part, by their own page. */
async function say(who: Someone, part: Part, words: string): Promise<string> {
  const page = await openPage(who, part)
  const id = chance.id()
  addItem(page.doc, 'strengths', id, { order: 'a0', removed: false, who: '', day: null }, { words })
  await page.untilSaved()
  page.close()
  return id
}

describe('the parts of a plan', () => {
  it('[GS1] decisions stand in the plan alone: an agreement elsewhere, or a promise that professionals prepare, is refused', async () => {
    const attempts = [
      { who: dana, part: FAMILY, kind: 'agreements' },
      { who: wren, part: PREP, kind: 'agreements' },
      { who: wren, part: PREP, kind: 'goals' },
    ] as const
    for (const { who, part, kind } of attempts) {
      const page = await openPage(who, part)
      addItem(page.doc, kind, chance.id(), { order: 'a0', removed: false }, { words: 'Settled' })
      await page.until(({ refused }) => refused === 'plan/shape')
      page.close()
      expect((await read(who, part))[kind]).toEqual([])
    }
    const page = await openPage(wren, PREP)
    addPromise(page.doc, chance, chance.id(), 'We will see to it')
    await page.until(({ refused }) => refused === 'plan/shape')
    page.close()
    const heard = await openPage(dana, FAMILY)
    addPromise(heard.doc, chance, addGoal(heard.doc, chance, 'Calm evenings'), 'Rosa sleeps over')
    await heard.untilSaved()
    heard.close()
    expect((await read(dana, FAMILY)).actions[0]!.words).toBe('Rosa sleeps over')
    expect((await read(dana)).actions).toEqual([])
  })

  it('[GS2] a meeting from before there were such parts gets them when somebody opens it', async () => {
    await app.app.parts.db.model('LiveDocument').deleteMany({ ...params(), section: { $in: ['family', 'prep'] } })
    const sections = async (who: Someone) =>
      (await who.call('openLive', { params: params() })).documents.map(({ section }) => section)
    expect(await sections(dana)).toEqual(['plan', 'family'])
    expect(await sections(wren)).toEqual(['plan', 'prep'])
    await say(wren, PREP, 'Dana asks for help early')
    expect((await read(adeyemi, PREP)).strengths[0]!.words).toBe('Dana asks for help early')
  })

  it('[GS3] each part is read by whoever may; for all others a gated one is not there, by whatever name they ask', async () => {
    const { part } = await signedRelease(dana, { section: 'education', recipients: ['school'] })
    await say(dana, part, 'Reads every evening')
    for (const who of [dana, adeyemi]) expect((await read(who, part)).strengths[0]!.words).toBe('Reads every evening')

    const unborn = { section: 'health', subject: part.subject } as const
    const nobodys = { ...part, subject: 'f'.repeat(24) }
    const rosa = await admitted(wren, 'Rosa')
    for (const who of [wren, rosa, await admitted(wren, 'Ines', 'observer')]) {
      const answers = [part, unborn, nobodys].flatMap((one) => [read(who, one), history(who, one)])
      expect(new Set(await Promise.all(answers.map(refusal)))).toEqual(new Set(['plan/part-not-found']))
      const paths = (await who.call('openLive', { params: params() })).documents.map(({ path }) => path)
      expect(JSON.stringify(paths)).not.toContain('education')
    }
    for (const key of ['education', `plan.${part.subject}`, 'nonsense', `education.${part.subject}.x`]) {
      const asked = dana.call('readPlan', { params: params(), query: { part: key } })
      expect(await refusal(asked), key).toBe('plan/part-not-found')
    }
    expect(await refusal(read(wren, FAMILY))).toBe('access/denied')
    expect(await refusal(read(dana, PREP))).toBe('access/denied')
  })

  it('[GS4] who wrote in a gated part is told from its opening on; the person it is about reads all of it', async () => {
    const { part } = await signedRelease(dana, { section: 'education' })
    const start = Date.now()
    const later = (minutes: number) => new Date(start + minutes * 60_000)
    const before = await say(dana, part, 'before')
    await signedRelease(dana, { section: 'education', recipients: ['school'], at: later(20) })
    clock = () => later(40)
    const after = await say(dana, part, 'after')
    expect(Object.keys((await history(adeyemi, part)).items)).toEqual([`strengths/${after}`])
    const all = (await history(dana, part)).items
    expect(Object.keys(all).sort()).toEqual([`strengths/${before}`, `strengths/${after}`].sort())
    expect((await read(adeyemi, part)).strengths).toHaveLength(2)
    expect(await memberIdOf(dana)).toBe(part.subject)
  })
})
