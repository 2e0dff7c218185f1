import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { OAuth2Server } from 'oauth2-mock-server'
import { Secret, TOTP } from 'otpauth'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../support/browser'
import { PASSWORD, staff } from '../../support/people'
import { Person } from '../../support/room'
import { RunningServer } from '../../support/startServer'
import { startTestApp, type TestApp } from '../../support/startTestApp'
import { startStoreProcess, type StoreProcess } from '../../support/storeProcess'

const RUTHS = 'seven blue boats at noon'
const QUILLS = 'rain on the old tin roof'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

/** Waits for a heading, and looks at what a machine can tell of the page. */
async function reads(person: Person, heading: string): Promise<void> {
  await person.page.getByRole('heading', { name: heading }).first().waitFor()
  await person.device.expectNoViolations()
  await person.device.expectNothingCutOff()
}

describe('accounts, from an empty database', () => {
  const service = new OAuth2Server()
  let store: StoreProcess
  let folder: string
  let server: RunningServer

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ourplan-accounts-'))
    await service.issuer.keys.generate('RS256')
    await Promise.all([service.start(0, 'localhost')])
    store = await startStoreProcess(folder)
    const uri = store.uri.replace(/(:\d+\/)[^?]*/, '$1accounts')
    const oidc = { OIDC_ISSUER: service.issuer.url!, OIDC_CLIENT_ID: 'ourplan', OIDC_NAME: 'County sign-in' }
    server = await RunningServer.start({ env: { MONGODB_URI: uri, ...oidc } })
  })
  afterAll(async () => {
    await server?.close()
    await store?.stop()
    await service.stop()
    await rm(folder, { recursive: true, force: true })
  })

  it('[SA24] the link of the log makes the first administrator, who invites Quill; she sets a password and codes, and signs in with them', async () => {
    const printed = /http\S+\/welcome#[\w-]{43}/
    await expect.poll(() => server.log).toMatch(printed)
    const link = printed.exec(server.log)![0]
    const ruth = await Person.with('laptop', browser, 'Ruth', server.url)
    ruth.device.expects(/status of 400/)
    await ruth.page.goto(link)
    await reads(ruth, ruth.say('account.welcomeTitle'))
    await ruth.fillsIn({ 'account.name': 'Ruth', 'home.email': 'ruth@example.org', 'account.newPassword': 'ourplan' })
    await ruth.button('account.openAccount').click()
    await ruth.page.getByText(ruth.say('errors.accountPasswordShort')).waitFor()
    await ruth.fillsIn({ 'account.newPassword': RUTHS })
    await ruth.button('account.openAccount').click()
    await reads(ruth, ruth.say('accounts.title'))

    await ruth.fillsIn({ 'accounts.name': 'Quill', 'home.email': 'quill@example.org' })
    await ruth.page.getByLabel(ruth.say('accounts.duty')).selectOption('agency')
    await ruth.button('accounts.invite').click()
    const shown = ruth.page.getByText(/\/welcome#/)
    const invitation = (await shown.textContent())!.trim()
    await reads(ruth, ruth.say('accounts.title'))

    const quill = await Person.with('phone', browser, 'Quill', server.url)
    await quill.page.goto(invitation)
    await reads(quill, quill.say('account.welcomeTitle'))
    expect(quill.page.url()).not.toContain('#')
    await quill.fillsIn({ 'account.newPassword': QUILLS })
    await quill.button('account.openAccount').click()
    await reads(quill, quill.say('home.hello', { name: 'Quill' }))

    await quill.page.getByRole('link', { name: quill.say('account.title') }).click()
    await reads(quill, quill.say('account.title'))
    await quill.page.getByText('Chrome · Android').waitFor()
    const codes = quill.page.getByRole('region', { name: quill.say('account.codes') })
    await codes.getByLabel(quill.say('account.presentPassword')).fill(QUILLS)
    await codes.getByRole('button', { name: quill.say('account.startCodes') }).click()
    const secret = (await codes.locator('.font-mono').textContent())!.replaceAll(' ', '')
    const app = new TOTP({ secret: Secret.fromBase32(secret) })
    await quill.device.expectNoViolations()
    await codes.getByLabel(quill.say('account.firstCode')).fill(app.generate())
    await codes.getByRole('button', { name: quill.say('account.turnOn') }).click()
    await codes.getByText(quill.say('account.recoveryTitle')).waitFor()
    await reads(quill, quill.say('account.title'))
    const recovery = await codes.getByRole('listitem').allTextContents()
    expect(recovery).toHaveLength(10)

    const laptop = await Person.with('laptop', browser, 'Quill', server.url)
    laptop.device.expects(/status of 401/)
    await laptop.goesTo('/signin?back=/account')
    await laptop.fillsIn({ 'home.email': 'quill@example.org', 'home.password': QUILLS })
    await laptop.button('common.signIn').click()
    await laptop.page.getByLabel(laptop.say('account.code'), { exact: true }).fill('000000')
    await laptop.button('common.signIn').click()
    await laptop.page.getByText(laptop.say('errors.sessionWrongCode')).waitFor()
    await laptop.device.expectNoViolations()
    // The code that turned it on was used; the next one is good a little early.
    await laptop.fillsIn({ 'account.code': app.generate({ timestamp: Date.now() + 30_000 }) })
    await laptop.button('common.signIn').click()
    await reads(laptop, laptop.say('account.title'))
    expect(await laptop.page.getByText('Chrome · Android').count()).toBe(1)
    await laptop.button('account.endOthers').click()
    await laptop.page.getByText('Chrome · Android').waitFor({ state: 'detached' })
    laptop.device.expectNoTroubles()
    ruth.device.expectNoTroubles()
  })

  it('[SA25] Quill comes in through the sign-in service of her agency; who has no account is told so', async () => {
    let email = 'quill@example.org'
    service.service.on('beforeTokenSigning', ({ payload }) => {
      Object.assign(payload, { email, email_verified: true, sub: email })
    })
    const quill = await Person.with('laptop', browser, 'Quill', server.url)
    const press = async () => {
      await quill.goesTo('/signin?back=/account')
      const button = quill.page.getByRole('link', {
        name: quill.say('account.signInWith', { service: 'County sign-in' }),
      })
      await button.waitFor()
      await quill.device.expectNoViolations()
      await button.click()
    }
    email = 'eve@example.org'
    await press()
    await quill.page.getByText(quill.say('errors.sessionServiceUnknown')).waitFor()
    email = 'quill@example.org'
    await press()
    await reads(quill, quill.say('account.title'))
    quill.device.expectNoTroubles()
  })
})

describe('the end of a session', () => {
  let app: TestApp
  let late = 0
  beforeAll(async () => {
    app = await startTestApp({ clock: () => new Date(Date.now() + late) })
  })
  afterAll(() => app.close())

  /** As when somebody comes back to the page after a while. */
  const comesBack = (person: Person) =>
    person.page.evaluate(() => void document.dispatchEvent(new Event('visibilitychange')))

  async function wrenAtHer(path: string): Promise<Person> {
    const account = await staff(app, `Wren ${path.length}`)
    const wren = await Person.with('laptop', browser, account.name, app.url)
    await wren.goesTo(`/signin?back=${encodeURIComponent(path)}`)
    await wren.fillsIn({ 'home.email': account.person!.email, 'home.password': PASSWORD })
    await wren.button('common.signIn').click()
    return wren
  }

  it('[SA26] is said five minutes before, and put off by one button', async () => {
    late = 0
    const wren = await wrenAtHer('/')
    await wren.button('home.addFamily').waitFor()
    late = 56 * 60_000
    await comesBack(wren)
    await reads(wren, wren.say('account.endsTitle'))
    await wren.button('account.stay').click()
    await wren.page.getByText(wren.say('account.endsTitle')).waitFor({ state: 'detached' })
    late = 100 * 60_000
    await comesBack(wren)
    await wren.button('home.addFamily').waitFor()
    wren.device.expectNoTroubles()
  })

  it('[SA26] loses nothing that was typed: one signs in on the page as it is, and goes on', async () => {
    late = 0
    const wren = await wrenAtHer('/?')
    wren.device.expects(/status of 401/)
    const field = wren.page.getByLabel(wren.say('home.familyName'))
    await field.fill('Rosa’s family')
    late = 61 * 60_000
    await wren.button('home.addFamily').click()
    await reads(wren, wren.say('account.overTitle'))
    const dialog = wren.page.getByRole('dialog')
    await dialog.getByLabel(wren.say('home.password')).fill(PASSWORD)
    await dialog.getByRole('button', { name: wren.say('common.signIn') }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(await field.inputValue()).toBe('Rosa’s family')
    await wren.button('home.addFamily').click()
    await reads(wren, 'Rosa’s family')
    wren.device.expectNoTroubles()
  })

  it('[SA80] in the live room, too: one signs in there, what was on its way is offered back, and writing goes on', async () => {
    late = 0
    const account = await staff(app, 'Wren')
    await account.createMeeting()
    const wren = await Person.with('laptop', browser, 'Wren', app.url)
    wren.device.expects(/status of 401/)
    wren.device.expectsLostLine()
    await wren.goesTo(`/signin?back=${encodeURIComponent(`/m/${account.meetingId}`)}`)
    const dialog = wren.page.getByRole('dialog')
    const signsIn = async (within: Locator | Page) => {
      await within.getByLabel(wren.say('home.email')).fill(account.person!.email)
      await within.getByLabel(wren.say('home.password')).fill(PASSWORD)
      await within.getByRole('button', { name: wren.say('common.signIn'), exact: true }).click()
    }
    await signsIn(wren.page)
    await wren.isIn()
    await wren.addsGoal('A bed for Miles')
    await wren.untilSaved()

    // Ended from another browser, in the middle of everything.
    await account.call('endOtherSessions')
    await reads(wren, wren.say('account.overTitle'))
    await signsIn(dialog)
    await dialog.waitFor({ state: 'detached' })
    await wren.untilSaved()
    await wren.writesInGoal(1, ' by Friday')
    await wren.untilSaved()

    await wren.page.context().setOffline(true)
    await wren.untilBadge('offline')
    await wren.writesInGoal(1, ', with a lamp')
    await account.call('endOtherSessions')
    await wren.page.context().setOffline(false)
    await dialog.waitFor()
    await signsIn(dialog)
    await dialog.waitFor({ state: 'detached' })
    await wren.button('plan.addThemAgain').click()
    await wren.untilSaved()
    expect((await wren.storedPlan()).goals.map(({ words }) => words)).toEqual([
      'A bed for Miles by Friday, with a lamp',
    ])

    await wren.page.getByRole('link', { name: wren.say('room.prep'), exact: true }).click()
    await wren.addsLine('ideas', 'Noa changed schools')
    await wren.untilSaved()
    await account.call('endOtherSessions')
    await dialog.waitFor()
    await signsIn(dialog)
    await dialog.waitFor({ state: 'detached' })
    const idea = wren.page.getByLabel(wren.say('plan.hint.ideas'))
    await wren.goesToTheEndOf(idea)
    await wren.types(' in January')
    await wren.untilSaved()
    expect(await idea.inputValue()).toBe('Noa changed schools in January')
    wren.device.expectNoTroubles()
  })

  it('[SA27] Wren adds Nye to the family’s team on its page, and takes him out again', async () => {
    late = 0
    const nye = await staff(app, 'Nye')
    const wren = await wrenAtHer('/??')
    await wren.page.getByLabel(wren.say('home.familyName')).fill('Jules’s family')
    await wren.button('home.addFamily').click()
    await reads(wren, wren.say('team.title'))
    await wren.fillsIn({ 'team.email': 'nobody@example.org' })
    wren.device.expects(/status of 404/)
    await wren.button('team.add').click()
    await wren.page.getByText(wren.say('errors.teamNobody')).waitFor()
    await wren.fillsIn({ 'team.email': nye.person!.email })
    await wren.button('team.add').click()
    await wren.button('team.removeName', { name: 'Nye' }).click()
    await reads(wren, wren.say('team.removeTitle', { name: 'Nye' }))
    await wren.page
      .getByRole('dialog')
      .getByRole('button', { name: wren.say('team.remove'), exact: true })
      .click()
    await wren.page.getByText('Nye', { exact: true }).waitFor({ state: 'detached' })
    expect((await nye.call('listFamilies')).families).toEqual([])
    wren.device.expectNoTroubles()
  })
})
