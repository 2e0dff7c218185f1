import { beforeAll, describe, expect, it } from 'vitest'
import { Journey } from '../../support/Journey'
import { type Facilitator, type Person } from '../../support/room'

describe('a plan that watches out, at Miles’s family’s meeting', () => {
  const journey = Journey.asOneStory()
  let wren: Facilitator
  let dana: Person
  let projector: Person
  const CLASS = 'Parenting class'
  const CLUB = 'Job club'

  /** A card, by the words in it. */
  const noteOn = async (person: Person, words: string) => (await person.item(words)).locator('.watch-note')

  beforeAll(async () => {
    wren = await journey.opensMeeting()
    dana = await journey.comes('Dana')
    projector = await wren.opensProjector()
  })

  it('[WA12] tells Dana how full her week is, first on her own phone', async () => {
    const load = '8 hours, 7 trips'
    await wren.untilReads(wren.say('watch.week', { person: 'Dana', load }))
    await dana.untilReads(dana.say('watch.yourWeek', { load }))
    expect(await wren.reads(wren.say('watch.clashes', { count: 1 }))).toBe(false)
  })

  it('[WA12] says at once on every screen when somebody would have to be in two places, on the cards too', async () => {
    await (await wren.promiseField(CLUB)).click()
    await wren.page.getByText(wren.say('plan.times'), { exact: true }).click()
    await wren.page.getByRole('checkbox', { name: 'Tuesday' }).check()
    await wren.untilReads(wren.say('watch.clashes', { count: 1 }))
    await dana.untilReads(dana.say('watch.youClash', { count: 1 }))
    await projector.untilReads(projector.say('watch.clashes', { count: 1 }))
    const blanks = { person: 'Dana', minutes: 90 }
    expect(await (await noteOn(wren, CLASS)).innerText()).toBe(wren.say('watch.isAt', { ...blanks, other: CLUB }))
    expect(await (await noteOn(dana, CLUB)).innerText()).toBe(dana.say('watch.isAt', { ...blanks, other: CLASS }))
    for (const { device } of [wren, dana]) await device.expectNoViolations()
    await dana.device.expectNothingCutOff()
  })

  it('[WA12] tells it on paper and to phones without scripts', async () => {
    const sentence = { person: 'Dana', day: 'every Tuesday', first: CLUB, second: CLASS, minutes: 90 }
    const plain = await dana.page.evaluate(async () => (await fetch('/j/plan')).text())
    expect(plain).toContain(dana.say('watch.together', sentence))
  })

  it('[WA13] puts it right with one press, for everybody', async () => {
    await wren.button('watch.countInstead', { kept: CLASS, paused: CLUB }).click()
    await wren.untilReadsNoMore(wren.say('watch.clashes', { count: 1 }))
    await dana.untilReadsNoMore(dana.say('watch.youClash', { count: 1 }))
    await projector.untilReadsNoMore(projector.say('watch.clashes', { count: 1 }))
    const { actions } = await wren.storedPlan()
    expect(actions.find(({ words }) => words.startsWith(CLUB))!.days).toBe('we th')
    expect(actions.find(({ words }) => words.startsWith(CLASS))!.counts).toBe('calworks')
  })

  it('[WA13] leads to the times of a promise with one press where only another time helps', async () => {
    await (await wren.promiseField('Go to therapy')).click()
    const open = wren.page.locator('.plan-open')
    await open.getByText(wren.say('plan.times'), { exact: true }).click()
    await open.getByLabel(wren.say('times.travel')).selectOption('75')
    const what = 'Pick Miles up'
    const late = { person: 'Dana', day: 'every Thursday', first: 'Go to therapy', second: what, minutes: 15 }
    await wren.untilReads(wren.say('watch.late', late))
    await wren.button('watch.changeTime', { what }).click()
    await open.getByLabel(wren.say('times.starts')).fill('15:45')
    await wren.untilReadsNoMore(wren.say('watch.late', late))
  })
})
