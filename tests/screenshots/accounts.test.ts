import { Secret, TOTP } from 'otpauth'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { DEMO_PASSWORD } from '../../server/demo/demoPeople'
import { Album } from '../support/album'
import { launchBrowser } from '../support/browser'
import { Person } from '../support/room'
import { RunningServer } from '../support/startServer'

// How agency people get an account, look after it and come in with codes, and what an administrator sees of all of it.

const album = new Album('accounts')
/** Agency people have a laptop, and a phone at times; nothing here is for a wall. */
const how = { widths: [360, 1366], whole: true } as const
const QUILL = 'quill@demo.ourplan'

let server: RunningServer
let browser: Browser
let admin: Person
let quill: Person

describe('accounts', () => {
  beforeAll(async () => {
    ;[server, browser] = await Promise.all([RunningServer.start(), launchBrowser()])
    admin = await Person.with('laptop', browser, 'Admin', server.url)
    quill = await Person.with('laptop', browser, 'Quill', server.url)
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  it('[UI66] Quill’s account, the codes she turns on, and how she signs in with one', async () => {
    await quill.signsIn(QUILL)
    await quill.goesTo('/account')
    const codes = quill.page.getByRole('region', { name: quill.say('account.codes') })
    await codes.getByLabel(quill.say('account.presentPassword')).fill(DEMO_PASSWORD)
    await album.shoot(quill, '01-account', how)
    await codes.getByRole('button', { name: quill.say('account.startCodes') }).click()
    const secret = (await codes.locator('.font-mono').textContent())!.replaceAll(' ', '')
    await album.shoot(quill, '02-account-square-for-the-app', how)
    const app = new TOTP({ secret: Secret.fromBase32(secret) })
    await codes.getByLabel(quill.say('account.firstCode')).fill(app.generate())
    await codes.getByRole('button', { name: quill.say('account.turnOn') }).click()
    await codes.getByText(quill.say('account.recoveryTitle')).waitFor()
    await album.shoot(quill, '03-account-recovery-codes', how)

    const again = await Person.with('laptop', browser, 'Quill', server.url)
    await again.goesTo('/signin')
    await again.fillsIn({ 'home.email': QUILL, 'home.password': DEMO_PASSWORD })
    await again.button('common.signIn').click()
    const code = again.page.getByLabel(again.say('account.code'), { exact: true })
    await code.waitFor()
    await album.shoot(again, '04-sign-in-code', how)
    await code.fill('000000')
    await again.button('common.signIn').click()
    await again.page.getByText(again.say('errors.sessionWrongCode')).waitFor()
    await album.shoot(again, '05-sign-in-wrong-code', how)
    await again.device.close()
  })

  it('[UI66] all accounts, an invitation, and the page it opens', async () => {
    await admin.signsIn('admin@demo.ourplan')
    await admin.goesTo('/accounts')
    await admin.fillsIn({ 'accounts.name': 'Ruth Okafor-Lindqvist', 'home.email': 'ruth@county.example' })
    await album.shoot(admin, '06-accounts', how)
    await admin.button('accounts.invite').click()
    const link = (await admin.page.getByText(/\/welcome#/).textContent())!.trim()
    await album.shoot(admin, '07-accounts-invitation', how)
    await admin.button('accounts.changeName', { name: 'Quill' }).click()
    await admin.page.getByRole('dialog').waitFor()
    await album.shoot(admin, '08-accounts-change', { widths: how.widths })
    await admin.button('accounts.close').click()
    await album.shoot(admin, '09-accounts-close', { widths: how.widths })

    const ruth = await Person.with('phone', browser, 'Ruth', server.url)
    await ruth.page.goto(link)
    await ruth.page.getByLabel(ruth.say('account.newPassword'), { exact: true }).fill('seven boats')
    await album.shoot(ruth, '10-welcome', how)
    await ruth.button('account.openAccount').click()
    await ruth.page.getByText(ruth.say('errors.accountPasswordShort')).waitFor()
    await album.shoot(ruth, '11-welcome-short-password', how)
    await ruth.device.close()

    const late = await Person.with('phone', browser, 'Ruth', server.url)
    await late.goesTo(`/welcome#${'a'.repeat(43)}`)
    await late.page.getByText(late.say('errors.invitationOver')).waitFor()
    await album.shoot(late, '12-welcome-used', how)
    await late.device.close()
  })

  it('[UI66] how long families are kept, and what is asked before one is removed', async () => {
    await admin.goesTo('/keeping')
    await admin.page.getByRole('heading', { name: admin.say('keep.title') }).waitFor()
    await admin.button('keep.remove').first().waitFor()
    await album.shoot(admin, '13-keeping', how)
    await album.shootInTheDark(admin, '13-keeping', { widths: [1366] })
    await admin.button('keep.remove').first().click()
    await album.shoot(admin, '14-keeping-remove', { widths: how.widths })
    await admin.button('keep.goOn').click()
    await admin.page.getByRole('heading', { name: admin.say('keep.sureTitle') }).waitFor()
    await album.shoot(admin, '15-keeping-sure', { widths: how.widths })
  })
})
