import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addItem } from '../../../shared/plan'
import { admitted, type Someone, staff } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

const id = (letter: string) => letter.repeat(16)
const placed = { order: 'a0', removed: false }

/** The plan as a phone without scripts reads it. */
describe('the plan on a plain page', () => {
  let app: TestApp
  let wren: Someone
  let dana: Someone
  let code: string
  const edit = (change: Parameters<typeof app.app.parts.livePlans.edit>[2]) =>
    app.app.parts.livePlans.edit(wren.meetingId, wren.participantId, change)
  /** What it says, tags taken away. */
  async function read(language = 'en'): Promise<string> {
    const page = await (await dana.request('GET', `/j/${code}/plan?lang=${language}`)).text()
    return page
      .slice(page.indexOf('<main'))
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ')
  }

  beforeAll(async () => {
    app = await startTestApp()
    wren = await staff(app, 'Wren')
  })
  afterAll(() => app.close())
  beforeEach(async () => {
    await wren.createMeeting()
    code = (await wren.read()).joining!.code!
    dana = await admitted(wren, 'Dana')
  })

  test('[MT42] says what waits for later and what is parked, under names of their own, ideas by what belongs together', async () => {
    await edit((doc) => {
      addItem(doc, 'goals', id('g'), { ...placed, later: true }, { words: 'Art school' })
      addItem(doc, 'goals', id('h'), { ...placed, order: 'a1' }, { words: 'A lit home' })
      addItem(doc, 'ideas', id('i'), { ...placed, pile: 'parked' }, { words: 'A dog' })
      addItem(doc, 'ideas', id('j'), { ...placed, order: 'a1', group: 'School' }, { words: 'A later bus' })
      addItem(doc, 'ideas', id('k'), { ...placed, order: 'a2' }, { words: 'Ask Mo' })
    })
    const words = await read()
    expect(words).toMatch(/What we hope for A lit home.*What we hope for later.*Art school/)
    expect(words).toMatch(/Ideas Ask Mo School A later bus Parking lot A dog/)
    expect(await read('es')).toMatch(/Ideas Ask Mo School A later bus Pendientes A dog/)
  })

  test('[DE50] shows what a court ordered though somebody removed its hope', async () => {
    await edit((doc) => {
      addItem(doc, 'goals', id('g'), { ...placed, removed: true }, { words: 'Calm evenings' })
      const order = { ...placed, goal: id('g'), column: 'family', due: null, who: 'Dana', whoId: null } as const
      addItem(doc, 'actions', id('a'), { ...order, ordered: true }, { words: 'Go to the class' })
      addItem(doc, 'actions', id('b'), order, { words: 'Bake bread' })
    })
    const words = await read()
    expect(words).toMatch(/Ordered by a court Go to the class/)
    expect(words).not.toMatch(/Calm evenings|Bake bread/)
  })
})
