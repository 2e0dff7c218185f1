import { randomBytes } from 'node:crypto'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ERRORS } from '../../../shared/errors'
import type { Part } from '../../../shared/part'
import { Device, type DeviceKind, launchBrowser } from '../../support/browser'
import { localMinute } from '../../../shared/localMinute'
import { addItem } from '../../../shared/plan'
import { WORDS_VERSION } from '../../../shared/release'
import { openPage } from '../../support/openPage'
import { admitted, comesForAgency, refusal, type Someone, staff } from '../../support/people'
import { Person } from '../../support/room'
import { SeededRandom } from '../../support/seededRandom'
import { startTestApp, type TestApp } from '../../support/startTestApp'

const SECRET = 'Mateo vino a las tres citas'

/** Everything that reaches a page, by any wire, as one text. */
function listenTo(page: Page): () => string {
  const heard: string[] = []
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(payload.toString())))
  page.on('response', (response) => {
    void response.text().then(
      (text) => heard.push(text),
      () => undefined,
    )
  })
  return () => heard.join('\n')
}

/** A browser that has a voice, and writes down what it was given to say. Chromium without a screen has none. */
function withVoice(): void {
  const said: string[] = []
  Object.assign(window, { said })
  Object.defineProperty(window, 'speechSynthesis', {
    value: {
      speak: (one: SpeechSynthesisUtterance) => said.push(`${one.lang}: ${one.text}`),
      cancel: () => undefined,
    },
  })
}

describe('who may see what', () => {
  let app: TestApp
  let browser: Browser
  let ames: Someone
  let elena: Someone
  let park: Someone
  let adeyemi: Someone
  let stone: Someone
  let birch: Someone

  const signedIn = async (someone: Someone, kind: DeviceKind, language: 'en' | 'es', script?: () => void) => {
    const device = await Device.open(browser, kind, { language })
    const cookies = [...someone.cookies].map(([name, value]) => ({ name, value, url: app.url }))
    const context = device.page.context()
    await context.addCookies(cookies)
    await context.addInitScript((chosen) => localStorage.setItem('ourplan.language', chosen), language)
    if (script) await context.addInitScript(script)
    const person = new Person(someone.name, device, app.url, language)
    return { person, page: device.page, heard: listenTo(device.page) }
  }
  const at = async (someone: Someone, kind: DeviceKind, language: 'en' | 'es', path = '', script?: () => void) => {
    const opened = await signedIn(someone, kind, language, script)
    await opened.person.goesTo(`/m/${ames.meetingId}${path}`)
    return opened
  }

  /** What somebody of the family allows to be shown of their health, to the therapist alone. */
  async function allowsHealth(someone: Someone): Promise<string> {
    const { meeting } = await someone.read()
    const { releases } = await someone.call('signRelease', {
      params: { meetingId: meeting.id },
      body: {
        about: null,
        sections: [{ section: 'health', told: 'How she sleeps', discloser: null }],
        recipients: ['mental-health'],
        members: [],
        purpose: 'plan',
        ownPurpose: '',
        until: localMinute(new Date(Date.now() + 3_600_000), meeting.timeZone),
        sitting: randomBytes(12).toString('hex'),
        language: 'en',
        words: WORDS_VERSION,
        agree: true,
        signature: someone.name,
      },
    })
    return releases[0]!.id
  }

  beforeAll(async () => {
    ;[app, browser] = await Promise.all([startTestApp(), launchBrowser()])
    ames = await staff(app, 'Ames')
    await ames.createMeeting({ timeZone: 'America/Los_Angeles' })
    elena = await admitted(ames, 'Elena')
    const comesFor = async (name: string, agency: 'mental-health' | 'school' | 'probation' | 'child-welfare') => {
      const someone = await staff(app, name, { duty: 'agency', agency })
      await comesForAgency(ames, someone, agency)
      return someone
    }
    park = await comesFor('Park', 'mental-health')
    adeyemi = await comesFor('Adeyemi', 'school')
    stone = await comesFor('Stone', 'probation')
    birch = await comesFor('Birch', 'child-welfare')
  })
  afterAll(async () => {
    await browser?.close()
    await app?.close()
  })

  it('[RE24] Elena allows one thing in Spanish and hears it read; the school sees it until she ends it, probation never', async () => {
    const stones = await at(stone, 'laptop', 'en')
    await stones.person.isIn()
    const hers = await at(elena, 'phone', 'es', '?show=people', withVoice)
    const { person, page } = hers
    const button = (key: string) => page.getByRole('button', { name: person.say(key), exact: true })
    const label = (key: string) => page.getByLabel(person.say(key), { exact: true })
    await page.getByRole('link', { name: person.say('people.releases') }).click()
    await page.getByText(person.say('release.none')).waitFor()
    await button('release.allow').click()
    await label('release.as.parent').check()
    await label('release.childName').fill('Mateo')
    await label('release.section.health').check()
    await label('release.told').fill('Solo si vino')
    await label('release.discloser').selectOption('mental-health')
    await page
      .getByRole('group', { name: person.say('release.whoSees') })
      .getByLabel(person.say('common.column.school'), { exact: true })
      .check()
    await label('release.purpose.schooling').check()
    await page.getByText('Sobre la salud y el tratamiento, quien informa es: el terapeuta (salud mental).').waitFor()
    await button('release.readAloud').click()
    const said = await page.evaluate(() => (window as unknown as { said: string[] }).said)
    expect(said).toContain('es-US: Solo lo pueden ver: la escuela.')
    await button('release.yes').click()
    await page.getByText(person.say('release.lack.signature')).waitFor()
    await page.getByText(person.say('release.lack.agree')).waitFor()
    await label('release.signature').fill('Elena Luna')
    await label('release.agree').check()
    const no = await button('release.no').boundingBox()
    const yes = await button('release.yes').boundingBox()
    expect([no!.width, no!.height], 'no is as large as yes').toEqual([yes!.width, yes!.height])
    await person.device.expectNoViolations()
    await person.device.expectNothingCutOff()
    await button('release.yes').click()
    await page.getByText(person.say('release.signed')).waitFor()

    const [release] = (await elena.call('listReleases', { params: { meetingId: ames.meetingId } })).releases
    const part: Part = { section: release!.section, subject: release!.subject }
    const tells = await openPage(park, part)
    const chance = new SeededRandom(24)
    addItem(tells.doc, 'strengths', chance.id(), { order: 'a0', removed: false, who: '', day: null }, { words: SECRET })
    await tells.untilSaved()
    const school = await openPage(adeyemi, part)
    expect(school.plan.strengths.map(({ words }) => words)).toEqual([SECRET])
    const his = await at(adeyemi, 'laptop', 'en', '/releases')
    await his.page.getByText('Solo si vino').waitFor()
    await his.person.device.expectNoViolations()

    const closed = school.until(({ closeCode }) => closeCode === ERRORS['plan/part-not-found'].close)
    const tapped = page.waitForRequest(/revocation$/).then(() => Date.now())
    await page.getByRole('button', { name: new RegExp(`^${person.say('release.end')}`) }).click()
    await closed
    const started = await tapped
    expect(Date.now() - started).toBeLessThan(1_000)
    await page.getByText(person.say('release.justEnded')).waitFor()
    await person.device.expectNoViolations()
    await person.device.expectNothingCutOff()
    await his.page.reload()
    await his.page.getByText(his.person.say('release.none')).waitFor()
    const query = { part: `${part.section}.${part.subject}` }
    expect(await refusal(adeyemi.call('readPlan', { params: { meetingId: ames.meetingId }, query }))).toBe(
      'plan/part-not-found',
    )

    await stones.page.reload()
    await stones.person.isIn()
    for (const word of [SECRET, 'Solo si vino', part.subject!, release!.id]) {
      expect(stones.heard(), word).not.toContain(word)
    }
    expect(stones.heard(), 'we do hear what reaches him').toContain('Where will the children sleep?')
    for (const one of [hers, his, stones]) {
      one.person.device.expectNoTroubles()
      await one.person.device.close()
    }
    tells.close()
  })

  it('[RE25] the copy is one sheet, and says every sentence that was signed', async () => {
    const hers = await at(elena, 'phone', 'es', '/releases')
    const { person, page } = hers
    await page.evaluate(() => (window.print = () => undefined))
    await page.getByRole('button', { name: new RegExp(`^${person.say('release.copy')}`) }).click()
    await page.emulateMedia({ media: 'print' })
    const [release] = (await elena.call('listReleases', { params: { meetingId: ames.meetingId } })).releases
    const paper = await page.locator('.paper').innerText()
    for (const line of release!.copy!.lines) expect(paper).toContain(line)
    for (const format of ['Letter', 'A4'] as const) {
      const pdf = (await page.pdf({ format })).toString('latin1')
      expect([...pdf.matchAll(/\/Type\s*\/Page\b/g)].length, format).toBe(1)
    }
    await person.device.close()
  })

  it('[RE26] who is asked sees it at once, also in the room, and one tap leaves it: nothing of that shows to who asked', async () => {
    const asks = await at(ames, 'laptop', 'en', '/releases')
    const { person, page } = asks
    await page.getByLabel(person.say('release.askWhom')).selectOption({ label: 'Elena' })
    await page.getByLabel(person.say('release.section.education'), { exact: true }).check()
    const hers = await at(elena, 'phone', 'es', '?show=people')
    const waits = hers.page.getByText(hers.person.say('people.asked'))
    const way = hers.page.getByRole('link', { name: hers.person.say('people.releases') })
    await way.waitFor()
    expect(await waits.count()).toBe(0)
    await page.getByRole('button', { name: person.say('release.ask') }).click()
    await page.getByText(person.say('release.sent', { name: 'Elena' })).waitFor()
    await waits.waitFor()
    await hers.person.device.expectNoViolations()
    await hers.person.device.expectNothingCutOff()
    await way.click()
    const asked = hers.page.getByText(hers.person.say('release.asked', { name: 'Ames' }))
    await asked.waitFor()
    await hers.person.device.expectNoViolations()
    const before = await page.locator('main').innerText()
    await hers.page.getByRole('button', { name: new RegExp(`^${hers.person.say('release.no')}`) }).click()
    await asked.waitFor({ state: 'detached' })
    await hers.page.goBack()
    await way.waitFor()
    await waits.waitFor({ state: 'detached' })
    expect(await page.locator('main').innerText()).toBe(before)
    await person.device.expectNoViolations()
    await page.reload()
    await page.getByLabel(person.say('release.askWhom')).waitFor()
    expect(await page.locator('main').innerText()).not.toContain(person.say('release.sent', { name: 'Elena' }))
    for (const one of [hers, asks]) {
      one.person.device.expectNoTroubles()
      await one.person.device.close()
    }
  })

  it('[FT80] Rosa and the therapist write together in what only they see; when she ends it, it is gone within a second', async () => {
    const rosa = await admitted(ames, 'Rosa')
    const [hers, parks, birchs] = await Promise.all([
      at(rosa, 'phone', 'en'),
      at(park, 'laptop', 'en'),
      at(birch, 'laptop', 'en'),
    ])
    for (const { person } of [hers, parks, birchs]) await person.isIn()
    const end = (releaseId: string) => rosa.call('revokeRelease', { params: { meetingId: ames.meetingId, releaseId } })
    const [own, shown] = [hers, parks].map(({ person }) => person.gatedPart('health', 'Rosa')) as [Locator, Locator]

    const first = await allowsHealth(rosa)
    await Promise.all([own, shown].map((part) => part.waitFor()))
    await hers.person.addsLineIn(own, 'strengths', 'Slept through on Sunday')
    await hers.person.untilSaved()
    await parks.person.untilReads('Slept through on Sunday')
    await parks.person.addsLineIn(shown, 'worries', 'Wakes up at three')
    await parks.person.untilSaved()
    await hers.person.untilReads('Wakes up at three')
    for (const { person } of [hers, parks]) {
      await person.device.expectNoViolations()
      await person.device.expectNothingCutOff()
    }

    const started = Date.now()
    await end(first)
    await shown.waitFor({ state: 'detached' })
    expect(Date.now() - started).toBeLessThan(1_000)
    expect(await parks.person.reads('Slept through on Sunday')).toBe(false)
    // What is about her she goes on reading.
    await parks.person.untilSaved()

    const second = await allowsHealth(rosa)
    await shown.waitFor()
    await parks.person.untilReads('Wakes up at three')
    parks.person.device.expectsLostLine()
    await parks.page.context().setOffline(true)
    await parks.person.untilBadge('offline')
    await parks.person.goesToTheEndOf(shown.getByRole('textbox').first())
    await parks.person.types(' and woke rested')
    await parks.person.addsLineIn(shown, 'ideas', 'A lamp by the bed')
    await end(second)
    await parks.page.context().setOffline(false)
    await shown.waitFor({ state: 'detached' })
    await parks.person.untilReadsAll([parks.person.say('plan.refusedClosed'), 'and woke rested', 'A lamp by the bed'])
    expect(await parks.person.reads('Slept through on Sunday'), 'only her own words are offered').toBe(false)
    await parks.person.device.expectNoViolations()

    await allowsHealth(rosa)
    await shown.waitFor()
    await parks.person.button('plan.addThemAgain').click()
    await hers.person.untilReadsAll(['Slept through on Sunday and woke rested', 'A lamp by the bed'])
    await parks.person.untilSaved()

    await birchs.person.untilSaved()
    for (const word of ['Slept through', 'woke rested', 'A lamp by']) expect(birchs.heard(), word).not.toContain(word)
    expect(birchs.heard(), 'we do hear what reaches her').toContain('Where will the children sleep?')
    for (const one of [hers, parks, birchs]) {
      one.person.device.expectNoTroubles()
      await one.person.device.close()
    }
  })

  it('[RE80] a line that breaks while somebody signs loses nothing: the page says so, and one more press signs once', async () => {
    const lena = await admitted(ames, 'Lena')
    const { person, page } = await at(lena, 'phone', 'en', '/releases')
    person.device.expectsLostLine()
    const button = (key: string) => page.getByRole('button', { name: person.say(key), exact: true })
    const label = (key: string) => page.getByLabel(person.say(key), { exact: true })
    const listed = async () =>
      (await lena.call('listReleases', { params: { meetingId: ames.meetingId } })).releases.length
    await button('release.allow').click()
    await label('release.section.health').check()
    await label('release.told').fill('How she sleeps')
    await label('release.discloser').selectOption('mental-health')
    await page
      .getByRole('group', { name: person.say('release.whoSees') })
      .getByLabel(person.say('common.column.school'), { exact: true })
      .check()
    await label('release.purpose.schooling').check()
    await label('release.signature').fill('Lena Moss')
    await label('release.agree').check()
    // First nothing arrives; then it does, but the answer is lost.
    await page.context().setOffline(true)
    await button('release.yes').click()
    await page.getByText(person.say('errors.noLine')).waitFor()
    await person.device.expectNoViolations()
    expect([await listed(), await label('release.signature').inputValue()]).toEqual([0, 'Lena Moss'])
    await page.context().setOffline(false)
    await page.route(/\/releases$/, async (route) => {
      if (route.request().method() !== 'POST') return route.continue()
      await route.fetch()
      await route.abort()
      await page.unroute(/\/releases$/)
    })
    await button('release.yes').click()
    await page.getByText(person.say('errors.noLine')).waitFor()
    expect([await listed(), await label('release.told').inputValue()]).toEqual([1, 'How she sleeps'])
    await button('release.yes').click()
    await page.getByText(person.say('release.signed')).waitFor()
    expect(await listed()).toBe(1)
    expect(await page.getByRole('article').count()).toBe(1)
    person.device.expectNoTroubles()
    await person.device.close()
  })

  it('[UI80] Back leads to where one was: the part of the room, the list behind a form, the versions', async () => {
    const mira = await admitted(ames, 'Mira')
    const { versions } = await ames.call('listVersions', { params: { meetingId: ames.meetingId } })
    const body = { kind: 'checkpoint', label: 'As it was', basedOn: versions[0]?.number ?? 0 } as const
    await ames.call('makeVersion', { params: { meetingId: ames.meetingId }, body })
    const { person, page } = await at(mira, 'phone', 'en')
    person.device.expectsLostLine()
    const link = (key: string) => page.getByRole('link', { name: person.say(key), exact: true })
    const heading = (words: string) => page.getByRole('heading', { name: words })
    await person.isIn()
    await person.opensPart('people')
    await link('people.releases').click()
    await page.getByRole('button', { name: person.say('release.allow'), exact: true }).click()
    await page.getByLabel(person.say('release.signature'), { exact: true }).waitFor()
    await page.goBack()
    await page.getByText(person.say('release.none')).waitFor()
    await page.goBack()
    await link('people.releases').waitFor()
    await link('room.versions').click()
    await page.getByRole('link', { name: 'As it was' }).first().click()
    await heading('As it was').waitFor()
    await page.goBack()
    await page.getByRole('link', { name: 'As it was' }).first().waitFor()
    await page.goBack()
    await link('people.releases').waitFor()
    await page.goBack()
    await person.untilSaved()

    // With words that are not saved, leaving the room is asked about, by whichever way.
    await person.opensPart('plan')
    await page.context().setOffline(true)
    await person.untilBadge('offline')
    await person.addsLine('ideas', 'A night light')
    await person.opensPart('people')
    const asked: string[] = []
    page.on('dialog', (dialog) => {
      asked.push(dialog.message())
      void dialog.dismiss()
    })
    await link('people.releases').click()
    await expect.poll(() => asked).toEqual([person.say('leave.unsaved')])
    await person.opensPart('plan')
    await person.untilReads('A night light')
    await page.context().setOffline(false)
    await person.untilSaved()
    await person.opensPart('people')
    await link('people.releases').click()
    await page.getByText(person.say('release.none')).waitFor()
    expect(asked).toHaveLength(1)
    person.device.expectNoTroubles()
    await person.device.close()
  })

  it('[UI66] who looked, what professionals prepare, accounts and how long families are kept: on a phone and a laptop', async () => {
    const ada = await staff(app, 'Ada', { duty: 'admin' })
    const looks = async (someone: Someone, kind: DeviceKind, path: string, words: string, dialog?: string) => {
      const { person, page } = await signedIn(someone, kind, kind === 'phone' ? 'es' : 'en')
      await person.goesTo(path)
      await page.getByText(person.say(words)).first().waitFor()
      await person.device.expectNoViolations()
      await person.device.expectNothingCutOff()
      if (dialog) {
        await person.button(dialog).first().click()
        await page.getByRole('dialog').waitFor()
        await person.device.expectNoViolations()
      }
      person.device.expectNoTroubles()
      await person.device.close()
    }
    const room = `/m/${ames.meetingId}`
    await looks(park, 'phone', `${room}?show=prep`, 'prep.words')
    await looks(ada, 'phone', '/accounts', 'accounts.title')
    for (const kind of ['phone', 'laptop'] as const) {
      await looks(elena, kind, `${room}/record`, 'record.intro')
      await looks(ada, kind, '/keeping', 'keep.intro', 'keep.remove')
    }
  })
})
