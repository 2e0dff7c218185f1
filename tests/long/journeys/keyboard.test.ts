import type { Browser, Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEMO_PASSWORD } from '../../../server/demo/demoPeople'
import { launchBrowser } from '../../support/browser'
import { Facilitator, Person } from '../../support/room'
import { answersDecision } from '../../support/story/steps'
import { RunningServer } from '../../support/startServer'

/** More stops than a page of the product has; who has not come there by then cannot come there. */
const MOST_STOPS = 160
const DECISION = 'Noa stays at home.'

describe('who leads has no mouse', () => {
  let server: RunningServer
  let browser: Browser
  let wren: Facilitator
  let dana: Person

  beforeAll(async () => {
    ;[server, browser] = await Promise.all([RunningServer.start(), launchBrowser()])
    wren = await Facilitator.at(browser, 'Wren', server.url)
    dana = await Person.with('phone', browser, 'Dana', server.url)
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  const press = (key: string) => wren.page.keyboard.press(key)
  const hasFocus = (place: Locator) => place.evaluate((element) => element === document.activeElement)

  /** Goes from stop to stop until it is there, sees that it shows where one is, and that nothing covers it. */
  async function comesTo(place: Locator): Promise<void> {
    await place.waitFor()
    for (let stops = 0; !(await hasFocus(place)); stops += 1) {
      if (stops === MOST_STOPS) throw new Error(`the keys never come to ${String(place)}`)
      await press('Tab')
    }
    const shown = await place.evaluate((element) => {
      const { outlineStyle, boxShadow } = getComputedStyle(element)
      const { x, y, width, height } = element.getBoundingClientRect()
      const top = document.elementFromPoint(x + width / 2, y + Math.min(height, 40) / 2)
      return {
        marked: outlineStyle !== 'none' || boxShadow !== 'none',
        open: element.contains(top) || top?.contains(element),
      }
    })
    expect(shown, String(place)).toEqual({ marked: true, open: true })
  }
  async function presses(place: Locator): Promise<void> {
    await comesTo(place)
    await press('Enter')
  }
  async function writes(place: Locator, words: string): Promise<void> {
    await comesTo(place)
    await wren.types(words, 0)
  }
  const label = (key: string) => wren.page.getByLabel(wren.say(key), { exact: true })
  const link = (key: string) => wren.page.getByRole('link', { name: wren.say(key), exact: true })
  const stage = (name: string) => wren.page.getByRole('button', { name: new RegExp(name) }).first()

  it('[FM4] goes with the keys alone from signing in to the sealed plan', async () => {
    await wren.goesTo('/')
    await presses(link('common.signIn'))
    await writes(label('home.email'), 'wren@demo.ourplan')
    await writes(label('home.password'), DEMO_PASSWORD)
    await press('Enter')
    await presses(wren.button('home.newFamily'))
    await writes(label('home.familyName'), 'Noa’s family')
    await press('Enter')
    await writes(label('family.title'), 'Where does Noa sleep?')
    await presses(wren.button('family.open'))
    await wren.isIn()

    await dana.joins(await wren.readsCode())
    await presses(wren.button('people.letInName', { name: 'Dana' }))
    await dana.isIn()
    await presses(stage('Introduction'))
    await writes(wren.page.getByRole('textbox', { name: wren.say('plan.chapter.purpose'), exact: true }), 'Noa’s bed')
    await presses(stage('Assessment'))
    await presses(wren.button('plan.addOne.strengths'))
    await wren.types('Noa reads every night', 0)
    await presses(stage('Decision'))
    await presses(wren.button('plan.addFirstGoal'))
    await wren.types('Calm nights', 0)
    await dana.untilReads('Calm nights')
    await writes(label('plan.chapter.decision'), DECISION)
    await wren.untilSaved()
    await presses(wren.button('decide.ask'))
    await answersDecision(dana, 'support')
    await wren.untilReads(wren.say('decide.count', { count: 1, of: 1 }))
    await presses(wren.button('decide.show'))
    await wren.untilReads(wren.say('decide.agreed'))

    await presses(stage('Recap'))
    await presses(link('room.recap'))
    await wren.untilReads(wren.say('recap.intro'))
    const recap = wren.page.getByRole('region', { name: wren.say('room.plan'), exact: true })
    await presses(recap.getByRole('button', { name: wren.say('seal.seal'), exact: true }))
    await presses(wren.button('seal.sealYes'))
    await wren.untilSealed(1)
    await dana.untilReads(dana.say('recap.myPart'))
    wren.device.expectNoTroubles()
  })
})
