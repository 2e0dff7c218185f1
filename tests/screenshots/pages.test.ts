import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { CHAPTERS } from '../../shared/chapters'
import { Album } from '../support/album'
import { launchBrowser } from '../support/browser'
import { Facilitator, Person } from '../support/room'
import { RunningServer } from '../support/startServer'

// A meeting from the first page to the last, at the three sizes it is used at, for people to look at. What a machine can
// judge of pages, the journeys judge.

const startingWith = (words: string) => new RegExp(`^${words}`)
const TITLE = 'Moving into the new home'

let server: RunningServer
let browser: Browser
let wren: Facilitator
let dana: Person
let code: string
const album = new Album('meeting')

async function comesIn(name: string): Promise<Person> {
  const person = await Person.with('phone', browser, name, server.url)
  await person.joins(code)
  await wren.letsIn(name)
  await person.isIn()
  return person
}

describe('a meeting', () => {
  beforeAll(async () => {
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
    await album.shoot(dana, '01-home')
    await dana.goesTo('/j')
    await album.shoot(dana, '02-type-a-code')
    await dana.goesTo('/j/ZZZZ-ZZZZ')
    await album.shoot(dana, '03-unknown-code')
    await wren.goesTo('/signin')
    await album.shoot(wren, '04-sign-in')
    await wren.signsIn('wren@demo.ourplan')
    await album.shoot(wren, '05-staff-home')
    await wren.goesTo('/')
    await wren.page.getByRole('link', { name: 'Miles’s family', exact: true }).click()
    await wren.page.getByRole('heading', { name: 'Miles’s family' }).waitFor()
    await album.shoot(wren, '06-family')
    await wren.opensMeeting(TITLE)
    code = await wren.readsCode()
    await dana.findsTheDoor(code)
    await album.shoot(dana, '07-door')
    await album.shootInTheDark(dana, '07-door')
    await dana.choosesLanguage('es')
    await album.shoot(dana, '08-door-es')
    await dana.choosesLanguage('en')
  })

  it('[UI66] the door and the room: waiting, let in, reading, writing, in Spanish, in the dark', async () => {
    await dana.asksToComeIn('family')
    await album.shoot(dana, '09-waiting')
    await wren.untilReads('Dana')
    await album.shoot(wren, '10-facilitator-somebody-at-the-door')
    await wren.letsIn('Dana')
    await dana.isIn()
    await album.shoot(dana, '11-room-family')
    await album.shootInTheDark(dana, '11-room-family')
    const projector = await wren.opensProjector()
    await album.shoot(projector, '12-projector-code-in-the-corner')
    await wren.keepsCopy('Before Dana writes')
    await dana.goesToTheEndOf(await dana.promiseField('Rosa sleeps over'))
    await dana.types(' Ask for Ms. Reyes')
    await wren.untilReads('Ask for Ms. Reyes')
    await album.shoot(dana, '13-room-family-writing')
    await album.shoot(wren, '14-facilitator-somebody-writes')
    await album.shootInTheDark(wren, '14-facilitator-somebody-writes')
    await projector.untilReads('Ask for Ms. Reyes')
    await album.shoot(projector, '15-projector-somebody-writes')
    await dana.opensPart('people')
    await album.shoot(dana, '16-room-people')
    await dana.opensPart('plan')
    const rosa = await comesIn('Rosa')
    await rosa.choosesLanguage('es')
    await rosa.untilReads(rosa.say('plan.hope'))
    await album.shoot(rosa, '17-room-family-es')
    const quill = await Person.with('laptop', browser, 'Quill', server.url)
    await quill.signsIn('quill@demo.ourplan')
    await quill.opensMeeting(TITLE)
    await album.shoot(quill, '18-room-agency')
    for (const { id } of CHAPTERS) {
      await dana.jumpsTo(id)
      await album.shoot(dana, `18-chapter-${id}`)
    }
    await album.shootInTheDark(dana, '18-chapter-safety')
    await quill.addsLine('strengths', 'Rosa and Dana talk every day')
    await projector.untilReads('Rosa and Dana talk every day')
    await album.shoot(projector, '18-projector-strengths')
  })

  it('[UI66] when something is not as it should be: no line, words that were refused, taken out, ended', async () => {
    const lund = await comesIn('Lund')
    dana.device.expectsLostLine()
    await dana.page.context().setOffline(true)
    await dana.goesToTheEndOf(await dana.promiseField('Rosa sleeps over'))
    await dana.types(' I want a date when Rosa can go home too.')
    await dana.untilBadge('not-saved')
    await album.shoot(dana, '19-no-line')
    await wren.takesOut('Lund')
    await lund.untilReads(lund.say('join.removedTitle'))
    await album.shoot(lund, '20-taken-out')
    await wren.keepsCopy('After the ideas')
    await wren.endsMeeting()
    await album.shoot(wren, '21-facilitator-ended')
    await dana.page.context().setOffline(false)
    await dana.untilReads('I want a date when Rosa can go home too.')
    await dana.page.getByRole('heading', { name: /^Your words from/ }).waitFor()
    await album.shoot(dana, '22-refused-words')
  })

  it('[UI66] what was kept, a meeting that begins, and nothing at an address', async () => {
    await wren.page.getByRole('link', { name: startingWith(wren.say('lead.readVersions')) }).click()
    await wren.page.getByRole('link', { name: 'After the ideas' }).waitFor()
    await album.shoot(wren, '23-versions')
    await wren.page.getByRole('link', { name: 'After the ideas' }).click()
    await wren.untilReads('Ask for Ms. Reyes')
    await album.shoot(wren, '24-version')
    await wren.page.getByRole('link', { name: wren.say('versions.backToList') }).click()
    await wren.page.getByRole('link', { name: 'Before Dana writes' }).click()
    await wren.page.getByRole('link', { name: wren.say('compare.sinceThen') }).click()
    await wren.untilReads(wren.say('compare.news.changed'))
    await album.shoot(wren, '24a-compare')
    await wren.page.getByRole('link', { name: wren.say('compare.sideBySide') }).click()
    await wren.untilReads(wren.say('compare.inSentences'))
    await album.shoot(wren, '24b-compare-side-by-side')
    await wren.goesTo('/')
    await wren.startsMeeting('Noa’s family', 'How do evenings get calm?', 'What helps Noa sleep?')
    await album.shoot(wren, '25-facilitator-empty-plan')
    await album.shoot(await wren.opensProjector(), '26-projector-invites')
    await wren.goesTo('/nothing-here')
    await album.shoot(wren, '27-nothing-here')
  })
})
