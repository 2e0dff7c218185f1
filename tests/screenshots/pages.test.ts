import { mkdirSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { CHAPTERS } from '../../shared/chapters'
import { launchBrowser } from '../support/browser'
import { Facilitator, Person } from '../support/room'
import { RunningServer } from '../support/startServer'

// Every page at the three sizes it is used at, written to `screenshots/` for people to look at. What a machine can
// judge of them, the journeys judge.

const FOLDER = fileURLToPath(new URL('../../screenshots', import.meta.url))
const SIZES = {
  360: { width: 360, height: 740 },
  1366: { width: 1366, height: 768 },
  1920: { width: 1920, height: 1080 },
}
const startingWith = (words: string) => new RegExp(`^${words}`)
const TITLE = 'Moving into the new home'

let server: RunningServer
let browser: Browser
let wren: Facilitator
let dana: Person
let code: string

/** Writes the page as it is now, at all three sizes, and leaves it at the size it had. */
async function shoot({ page }: Person, name: string): Promise<void> {
  const before = page.viewportSize()!
  for (const [width, size] of Object.entries(SIZES)) {
    await page.setViewportSize(size)
    // Two frames: what depends on the width is drawn anew.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
    await page.screenshot({ path: `${FOLDER}/${name}-${width}.png` })
  }
  await page.setViewportSize(before)
}

/** The same in the dark. */
async function shootInTheDark(person: Person, name: string): Promise<void> {
  await person.page.emulateMedia({ colorScheme: 'dark' })
  await shoot(person, `${name}-dark`)
  await person.page.emulateMedia({ colorScheme: 'light' })
}

async function comesIn(name: string): Promise<Person> {
  const person = await Person.with('phone', browser, name, server.url)
  await person.joins(code)
  await wren.letsIn(name)
  await person.isIn()
  return person
}

describe('every page', () => {
  beforeAll(async () => {
    rmSync(FOLDER, { recursive: true, force: true })
    mkdirSync(FOLDER)
    ;[server, browser] = await Promise.all([RunningServer.start(), launchBrowser()])
    wren = await Facilitator.at(browser, 'Wren', server.url)
    dana = await Person.with('phone', browser, 'Dana', server.url)
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  it('[UI66] before anybody is in: home, sign-in, what Wren has, the door in both languages, a code that opens nothing', async () => {
    await dana.goesTo('/')
    await shoot(dana, '01-home')
    await dana.goesTo('/j')
    await shoot(dana, '02-type-a-code')
    await dana.goesTo('/j/ZZZZ-ZZZZ')
    await shoot(dana, '03-unknown-code')
    await wren.goesTo('/signin')
    await shoot(wren, '04-sign-in')
    await wren.signsIn('wren@demo.ourplan')
    await shoot(wren, '05-staff-home')
    await wren.goesTo('/account')
    await wren.page.getByRole('heading', { name: wren.say('account.codes') }).waitFor()
    await shoot(wren, '05-account')
    const admin = await Person.with('laptop', browser, 'Admin', server.url)
    await admin.signsIn('admin@demo.ourplan')
    await admin.goesTo('/accounts')
    await admin.page.getByRole('heading', { name: admin.say('accounts.inviteTitle') }).waitFor()
    await shoot(admin, '05-accounts')
    await admin.device.close()
    await wren.goesTo('/')
    await wren.page.getByRole('link', { name: 'Miles’s family', exact: true }).click()
    await wren.page.getByRole('heading', { name: 'Miles’s family' }).waitFor()
    await shoot(wren, '06-family')
    await wren.opensMeeting(TITLE)
    code = await wren.readsCode()
    await dana.findsTheDoor(code)
    await shoot(dana, '07-door')
    await shootInTheDark(dana, '07-door')
    await dana.choosesLanguage('es')
    await shoot(dana, '08-door-es')
    await dana.choosesLanguage('en')
  })

  it('[UI66] the door and the room: waiting, let in, reading, writing, in Spanish, in the dark', async () => {
    await dana.asksToComeIn('family')
    await shoot(dana, '09-waiting')
    await wren.untilReads('Dana')
    await shoot(wren, '10-facilitator-somebody-at-the-door')
    await wren.letsIn('Dana')
    await dana.isIn()
    await shoot(dana, '11-room-family')
    await shootInTheDark(dana, '11-room-family')
    const projector = await wren.opensProjector()
    await shoot(projector, '12-projector-code-in-the-corner')
    await wren.keepsCopy('Before Dana writes')
    await dana.goesToTheEndOf(await dana.promiseField('Rosa sleeps over'))
    await dana.types(' Ask for Ms. Reyes')
    await wren.untilReads('Ask for Ms. Reyes')
    await shoot(dana, '13-room-family-writing')
    await shoot(wren, '14-facilitator-somebody-writes')
    await shootInTheDark(wren, '14-facilitator-somebody-writes')
    await projector.untilReads('Ask for Ms. Reyes')
    await shoot(projector, '15-projector-somebody-writes')
    await dana.opensPart('people')
    await shoot(dana, '16-room-people')
    await dana.opensPart('plan')
    const rosa = await comesIn('Rosa')
    await rosa.choosesLanguage('es')
    await rosa.untilReads(rosa.say('plan.hope'))
    await shoot(rosa, '17-room-family-es')
    const quill = await Person.with('laptop', browser, 'Quill', server.url)
    await quill.signsIn('quill@demo.ourplan')
    await quill.opensMeeting(TITLE)
    await shoot(quill, '18-room-agency')
    for (const { id } of CHAPTERS) {
      await dana.jumpsTo(id)
      await shoot(dana, `18-chapter-${id}`)
    }
    await shootInTheDark(dana, '18-chapter-safety')
    await quill.addsLine('strengths', 'Rosa and Dana talk every day')
    await projector.untilReads('Rosa and Dana talk every day')
    await shoot(projector, '18-projector-strengths')
  })

  it('[UI66] when something is not as it should be: no line, words that were refused, taken out, ended', async () => {
    const lund = await comesIn('Lund')
    dana.device.expectsLostLine()
    await dana.page.context().setOffline(true)
    await dana.goesToTheEndOf(await dana.promiseField('Rosa sleeps over'))
    await dana.types(' I want a date when Rosa can go home too.')
    await dana.untilBadge('not-saved')
    await shoot(dana, '19-no-line')
    await wren.takesOut('Lund')
    await lund.untilReads(lund.say('join.removedTitle'))
    await shoot(lund, '20-taken-out')
    await wren.keepsCopy('After the ideas')
    await wren.endsMeeting()
    await shoot(wren, '21-facilitator-ended')
    await dana.page.context().setOffline(false)
    await dana.untilReads('I want a date when Rosa can go home too.')
    await dana.page.getByRole('heading', { name: /^Your words from/ }).waitFor()
    await shoot(dana, '22-refused-words')
  })

  it('[UI66] what was kept, a meeting that begins, and nothing at an address', async () => {
    await wren.page.getByRole('link', { name: startingWith(wren.say('lead.readVersions')) }).click()
    await wren.page.getByRole('link', { name: 'After the ideas' }).waitFor()
    await shoot(wren, '23-versions')
    await wren.page.getByRole('link', { name: 'After the ideas' }).click()
    await wren.untilReads('Ask for Ms. Reyes')
    await shoot(wren, '24-version')
    await wren.page.getByRole('link', { name: wren.say('versions.backToList') }).click()
    await wren.page.getByRole('link', { name: 'Before Dana writes' }).click()
    await wren.page.getByRole('link', { name: wren.say('compare.sinceThen') }).click()
    await wren.untilReads(wren.say('compare.news.changed'))
    await shoot(wren, '24a-compare')
    await wren.page.getByRole('link', { name: wren.say('compare.sideBySide') }).click()
    await wren.untilReads(wren.say('compare.inSentences'))
    await shoot(wren, '24b-compare-side-by-side')
    await wren.goesTo('/')
    await wren.startsMeeting('Noa’s family', 'How do evenings get calm?', 'What helps Noa sleep?')
    await shoot(wren, '25-facilitator-empty-plan')
    await shoot(await wren.opensProjector(), '26-projector-invites')
    await wren.goesTo('/nothing-here')
    await shoot(wren, '27-nothing-here')
  })
})
