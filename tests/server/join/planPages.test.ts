import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addItem } from '../../../shared/plan'
import { promiseText } from '../../../shared/promise'
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
    app = await startTestApp({
      config: { glossary: { DPO: { en: 'the office for fathers', es: 'la oficina de los padres' } } },
    })
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

  test('[WA31] explains short forms at its end in the reader’s language, the county’s own before those of the field', async () => {
    await edit((doc) => {
      addItem(doc, 'goals', id('g'), placed, { words: 'Ready for the IEP and the DPO' })
      addItem(doc, 'ideas', id('i'), { ...placed, removed: true }, { words: 'Ask CASA' })
    })
    const words = await read()
    expect(words).toMatch(/What the short words mean DPO: the office for fathers IEP: a school’s plan/)
    expect(words).not.toContain('CASA')
    expect(await read('es')).toMatch(
      /Qué significan las siglas DPO: la oficina de los padres IEP: el plan de la escuela/,
    )
    const { county } = await dana.call('readGlossary', { params: { meetingId: wren.meetingId } })
    expect(Object.keys(county)).toEqual(['DPO'])
  })

  test('[DE51] says what everybody said to the decision once it is shown, and what owners said to their promises', async () => {
    await edit((doc) => {
      doc.getText('decision').insert(0, 'Miles stays.')
      addItem(doc, 'goals', id('g'), placed, { words: 'A lit home' })
      const promise = { ...placed, goal: id('g'), column: 'family', due: null, who: 'Dana' } as const
      addItem(doc, 'actions', id('a'), { ...promise, whoId: dana.participantId }, { words: 'Call' })
    })
    const params = { meetingId: wren.meetingId }
    const lead = (step: 'ask' | 'show') => wren.call('leadDecision', { params, body: { step } })
    const ask = (await lead('ask')).ask!
    await dana.call('takePosition', { params, body: { askId: ask.id, stance: 'cannot', reason: 'Too long.' } })
    const [action] = (await wren.call('readPlan', { params })).actions
    const body = { actionId: id('a'), answer: 'yes', words: '', saw: promiseText(action!) } as const
    await dana.call('answerPromise', { params, body })
    expect(await read()).not.toContain('Too long.')
    await lead('show')
    const words = await read()
    expect(words).toMatch(/Miles stays\. .*Cannot support this Dana : “Too long\.”/)
    expect(words).toMatch(/Call Who: Dana.*Dana said yes/)
    const { lines } = await dana.call('readRecord', { params })
    const said = lines.filter(({ what }) => /answer|asked/.test(what)).map(({ who, what }) => [who, what])
    expect(said.reverse()).toEqual([
      ['Wren', 'decision-asked'],
      ['Dana', 'decision-answered'],
      ['Dana', 'promise-answered'],
      ['Wren', 'answers-shown'],
    ])
    expect(JSON.stringify(lines)).not.toContain('Too long')
  })
})
