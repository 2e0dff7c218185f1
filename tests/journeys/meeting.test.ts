import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser'
import { Facilitator, measureSeeing, Person } from '../support/room'
import { RunningServer } from '../support/startServer'

/** From the last key to the words on the wall, ms. */
const PROMISED_MS = 1_000

const FAMILY = 'Noa’s family'
const GOAL = 'A calm bedtime'
const graphemes = (words: string) => [...new Intl.Segmenter('es', { granularity: 'grapheme' }).segment(words)]

/** Everybody types at once, one sign at a time each. */
async function typeTogether(...parts: [Person, string][]): Promise<void> {
  const signs = parts.map(([person, words]) => ({ person, signs: graphemes(words).map(({ segment }) => segment) }))
  for (let at = 0; signs.some((part) => at < part.signs.length); at += 1) {
    await Promise.all(signs.map(({ person, signs }) => signs[at] && person.types(signs[at]!, 0)))
  }
}

const median = (numbers: number[]) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!

describe('a meeting with five screens', () => {
  let server: RunningServer
  let browser: Browser
  let wren: Facilitator
  let dana: Person
  let rosa: Person
  let quill: Person
  let projector: Person
  let code: string

  const everybody = () => [wren, dana, rosa, quill, projector]

  beforeAll(async () => {
    ;[server, browser] = await Promise.all([RunningServer.start(), launchBrowser()])
    wren = await Facilitator.at(browser, 'Wren', server.url)
    dana = await Person.with('phone', browser, 'Dana', server.url)
    rosa = await Person.with('phone', browser, 'Rosa', server.url)
    quill = await Person.with('laptop', browser, 'Quill', server.url)
  })
  // One story: what follows a broken part would only tell that it was broken.
  let broken = false
  beforeEach(({ skip }) => skip(broken, 'an earlier part of the meeting failed'))
  afterEach(({ task }) => void (broken ||= task.result?.state === 'fail'))
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  it('[UI66] begins on pages anybody can use: home, sign-in, the families, a code that opens nothing', async () => {
    await dana.goesTo('/')
    await dana.page.getByRole('heading', { name: dana.say('home.title') }).waitFor()
    await dana.device.expectNoViolations()
    await dana.device.expectNothingCutOff()

    dana.device.expects(/status of 404 .*\/j\//)
    await dana.page.getByLabel(dana.say('join.code')).fill('abcd 2345')
    await dana.button('join.come').click()
    await dana.page.getByRole('heading', { name: dana.say('door.unknown') }).waitFor()
    await dana.device.expectNoViolations()
    await dana.device.expectNothingCutOff()

    await wren.goesTo('/signin')
    await wren.page.getByLabel(wren.say('home.email')).waitFor()
    await wren.device.expectNoViolations()
    await wren.signsIn('wren@demo.ourplan')
    await wren.page.getByRole('link', { name: 'Moving into the new home' }).waitFor()
    await wren.device.expectNoViolations()
  })

  it('[UI60] lets people in by the way meant for each of them, when Wren says so and not before', async () => {
    await wren.startsMeeting(FAMILY, 'How do evenings get calm?', 'What helps Noa sleep?')
    code = await wren.readsCode()

    await dana.findsTheDoor(code)
    await dana.device.expectNoViolations()
    await dana.asksToComeIn('family')
    await dana.device.expectNoViolations()
    await dana.device.expectNothingCutOff()

    await rosa.findsTheDoor(code.toLowerCase().replace('-', ' '))
    await rosa.choosesLanguage('es')
    await rosa.asksToComeIn('family')
    await rosa.device.expectNoViolations()

    await quill.signsIn('quill@demo.ourplan')
    await quill.page.getByLabel(quill.say('join.code')).fill(code)
    await quill.button('join.come').click()
    await quill.asksToComeIn('agency', 'child-welfare')

    expect(await dana.reads('What helps Noa sleep?')).toBe(false)
    for (const { name } of [dana, rosa, quill]) await wren.letsIn(name)
    for (const person of [dana, rosa, quill]) await person.isIn()
    for (const person of [dana, rosa, quill]) await person.untilReads('What helps Noa sleep?')
  })

  it('[PR20] opens the big screen with one button, and it shows how to come in while nothing is written', async () => {
    projector = await wren.opensProjector()
    await projector.untilReads(code)
    await projector.untilReads('What helps Noa sleep?')
    await projector.device.expectNoViolations()
  })

  it('[PR21] shows on the big screen what anybody writes, a second after their last key at most', async () => {
    const times: number[] = []
    const sees = async (writer: Person, marker: string, write: () => Promise<void>) => {
      times.push(await measureSeeing(writer, projector, marker, write))
      await writer.untilSaved()
    }
    await sees(wren, GOAL, () => wren.addsGoal(GOAL))
    await sees(dana, 'we read together', () => dana.addsStep(1, 'After supper we read together'))
    await sees(rosa, 'sueño', () => rosa.addsStep(1, 'Rosa canta la canción del sueño'))
    await sees(quill, 'a night light', () => quill.addsFirstStepOf('child-welfare', 1, 'Bring a night light'))
    for (const round of ['one', 'two', 'three']) {
      await sees(wren, `, and ${round}`, () => wren.writesInGoal(1, `, and ${round}`))
      await sees(dana, `noche ${round}`, () => dana.types(`, noche ${round}`))
      await sees(rosa, `👩‍👧 ${round}`, () => rosa.types(` 👩‍👧 ${round}`))
      await sees(quill, `by ${round}`, () => quill.types(` by ${round}`))
    }
    console.info(
      `last key → big screen: median ${median(times)} ms, slowest ${Math.max(...times)} ms of ${times.length}`,
    )
    expect(Math.max(...times)).toBeLessThanOrEqual(PROMISED_MS)
  })

  it('[UI66] has a room anybody can use: who leads, a family in English and in Spanish, an agency, the big screen', async () => {
    for (const { device } of everybody()) await device.expectNoViolations()
    for (const { device } of [dana, rosa]) await device.expectNothingCutOff()
    await dana.opensPart('people')
    await dana.page
      .getByRole('region', { name: dana.say('room.people') })
      .getByText('Quill')
      .waitFor()
    await dana.device.expectNoViolations()
    await dana.opensPart('plan')
  })

  it('[PL3] loses nothing of two who write in one sentence at once, with accents and emoji', async () => {
    await wren.addsGoal('mornings')
    await Promise.all([dana.untilReads('mornings'), quill.untilReads('mornings')])
    const [atEnd, atStart] = [' without shouting, mañana también 👩‍👧', 'Slow, kind, café ☕️ ']
    await dana.goesToTheEndOf(dana.goalField(2))
    await quill.goalField(2).press('Control+Home')
    await typeTogether([dana, atEnd], [quill, atStart])
    const sentence = `${atStart}mornings${atEnd}`
    for (const person of everybody()) await person.untilReads(sentence)

    await quill.goesToTheEndOf(quill.goalField(2))
    const [hers, theirs] = [' ñandú 👩‍👧é', ' Übung 🧑🏽‍🦱ö']
    await typeTogether([dana, hers], [quill, theirs])
    await Promise.all([dana.untilSaved(), quill.untilSaved()])
    const { words } = (await wren.storedPlan()).goals[1]!
    const added = graphemes(words.slice(sentence.length)).map(({ segment }) => segment)
    expect(words.startsWith(sentence)).toBe(true)
    expect([...added].sort()).toEqual([...graphemes(hers + theirs)].map(({ segment }) => segment).sort())
    for (const person of everybody()) await person.untilReads(words)
  })

  it('[VE2] keeps a copy by name that stays as it was while the plan goes on, and leads back to the plan', async () => {
    await wren.keepsCopy('Before the break')
    await dana.writesInGoal(1, ' Later.')
    await dana.untilSaved()

    await rosa.opensPart('people')
    await rosa.page.getByRole('link', { name: rosa.say('room.versions') }).click()
    const copy = rosa.page.getByRole('link', { name: /Before the break/ })
    await copy.waitFor()
    await rosa.device.expectNoViolations()
    await copy.click()
    await rosa.page.getByRole('heading', { name: 'Before the break' }).waitFor()
    await rosa.untilReads('After supper we read together')
    // Beside the copy it says what stands in the plan now.
    expect(await rosa.chapter('goals').innerText()).not.toContain(' Later.')
    expect(await rosa.page.getByRole('textbox').count()).toBe(0)
    await rosa.device.expectNoViolations()
    await rosa.device.expectNothingCutOff()

    await rosa.page.getByRole('link', { name: rosa.say('versions.back') }).click()
    await rosa.isIn()
    await rosa.untilReads(' Later.')
  })

  it('[UI63] moves a goal on every screen, and brings back with one press what was removed', async () => {
    await quill.goalField(2).click()
    await quill
      .goal(2)
      .getByRole('button', { name: quill.say('plan.up') })
      .first()
      .click()
    for (const person of [wren, dana, rosa, quill]) {
      await expect.poll(() => person.goalField(1).inputValue(), { timeout: 10_000 }).toContain('mornings')
    }

    await dana.removesPromise('After supper')
    for (const person of [wren, rosa, quill, projector]) await person.untilReadsNoMore('After supper')
    await dana.button('common.undo').click()
    for (const person of everybody()) await person.untilReads('After supper')
    await dana.untilSaved()
  })

  it('[UI62] is there again after a phone loaded the page anew, and after Back and Forward, without asking', async () => {
    await dana.page.reload()
    await dana.isIn()
    await dana.untilReads('After supper')
    await dana.opensPart('people')
    await dana.page.getByRole('heading', { name: dana.say('people.here') }).waitFor()
    await dana.page.goBack()
    await dana.untilReads('After supper')
    await dana.goesTo('/')
    await dana.page.goBack()
    await dana.isIn()
    await dana.untilReads('After supper')
    await dana.writesInGoal(2, ' Dana is back.')
    for (const person of everybody()) await person.untilReads('Dana is back.')
  })

  it('[UI64] tells Rosa within a second that Wren took her out, and what she types then is in nobody’s plan', async () => {
    await rosa.writesInGoal(1, ' hasta aquí')
    await wren.untilReads('hasta aquí')
    // Her page asks what she is in the meeting now, and the browser notes that the answer was no.
    rosa.device.expects(/status of 403/)
    const [toldAt] = await Promise.all([
      rosa.page.evaluate((words) => window.journal.whenRead(words), rosa.say('join.removedTitle')),
      rosa.types(' y nada más que esto', 60),
      wren.takesOut('Rosa'),
    ])
    const late = toldAt - (await wren.journal('pressedAt'))
    console.info(`“take out” pressed → Rosa told: ${late} ms`)
    expect(late).toBeLessThanOrEqual(PROMISED_MS)
    await rosa.types('palabras de después')
    await rosa.device.expectNoViolations()
    await wren.writesInGoal(1, ' We go on.')
    await wren.untilSaved()
    expect(JSON.stringify(await wren.storedPlan())).not.toContain('después')
  })

  it('[UI65] is for reading only, on every screen, once Wren ended it', async () => {
    await wren.endsMeeting()
    await dana.untilReads(dana.say('room.ended'))
    await quill.untilReads(quill.say('room.ended'))
    await projector.untilReads(projector.say('projector.ended'))
    for (const person of [dana, quill]) {
      await expect.poll(() => person.page.getByRole('textbox').count()).toBe(0)
      await person.untilReads('Dana is back.')
      await person.device.expectNoViolations()
    }
    await projector.device.expectNoViolations()
    await quill.page.getByRole('link', { name: quill.say('room.versions') }).click()
    await quill.page.getByText(quill.say('versions.reason.meeting-ended')).waitFor()
    await quill.device.expectNoViolations()
  })

  it('[UI67] leaves nothing in any browser’s console that somebody would have to explain', () => {
    for (const { name, device } of everybody()) expect({ [name]: device.troubles }).toEqual({ [name]: [] })
  })
})
