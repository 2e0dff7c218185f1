import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NOW } from '../../../client/composables/useComparison'
import type { Language } from '../../../shared/meeting'
import { localMinute } from '../../../shared/localMinute'
import type { Part } from '../../../shared/part'
import { addItem, choose, type Plan } from '../../../shared/plan'
import { REDISCLOSURE } from '../../../shared/redisclosure'
import { type SignedForm, WORDS_VERSION } from '../../../shared/release'
import { writePlan } from '../../../shared/writePlan'
import { Device, type DeviceKind, launchBrowser } from '../../support/browser'
import type { LivePage } from '../../support/livePage'
import { openPage } from '../../support/openPage'
import { admitted, type Someone, staff } from '../../support/people'
import { Person } from '../../support/room'
import { SeededRandom } from '../../support/seededRandom'
import { startTestApp, type TestApp } from '../../support/startTestApp'
import { usualPlan } from '../../support/usualPlan'

const SHEETS = ['Letter', 'A4'] as const
/** Inside the margins, at 96 dots an inch. */
const WIDTHS = { Letter: 710, A4: 688 } as const

describe('a version on its page and on paper', () => {
  let app: TestApp
  let browser: Browser
  let wren: Someone
  let dana: Someone
  let hers: LivePage
  let plan: Plan
  let copy: string
  let sealed: string
  let check: string
  let health: Part
  let before: string

  const at = async (someone: Someone, kind: DeviceKind, language: Language, path: string) => {
    const device = await Device.open(browser, kind, { language })
    const cookies = [...someone.cookies].map(([name, value]) => ({ name, value, url: app.url }))
    await device.page.context().addCookies(cookies)
    // Chosen on this browser before: it counts before what somebody said at the door.
    await device.page.context().addInitScript((chosen) => localStorage.setItem('ourplan.language', chosen), language)
    const person = new Person(someone.name, device, app.url, language)
    await person.goesTo(`/m/${wren.meetingId}${path}`)
    return person
  }
  const keep = async (kind: 'checkpoint' | 'sealed', basedOn: number) =>
    wren.call('makeVersion', { params: { meetingId: wren.meetingId }, body: { kind, label: 'As it was', basedOn } })
  /** Dana signs for what may be told of her health, and to whom. */
  const allowsHealth = async (told: string) => {
    const { meeting } = await dana.read()
    const body: SignedForm = {
      about: null,
      sections: [{ section: 'health', told, discloser: null }],
      recipients: ['school'],
      members: [],
      purpose: 'schooling',
      ownPurpose: '',
      until: localMinute(new Date(Date.now() + 30 * 24 * 3_600_000), meeting.timeZone),
      sitting: 'a'.repeat(24),
      language: 'en',
      words: WORDS_VERSION,
      agree: true,
      signature: 'Dana',
    }
    const [release] = (await dana.call('signRelease', { params: { meetingId: wren.meetingId }, body })).releases
    health = { section: 'health', subject: release!.subject }
  }
  const tells = async (id: string, words: string) => {
    const page = await openPage(dana, health)
    addItem(page.doc, 'strengths', id, { order: 'a0', removed: false, who: '', day: null }, { words })
    await page.untilSaved()
    page.close()
  }
  const pagesIn = (pdf: Buffer) => [...pdf.toString('latin1').matchAll(/\/Type\s*\/Page\b/g)].length

  beforeAll(async () => {
    ;[app, browser] = await Promise.all([startTestApp(), launchBrowser()])
    wren = await staff(app, 'Wren')
    await wren.createMeeting()
    dana = await admitted(wren, 'Dana')
    for (const name of ['Quill', 'Adeyemi']) await admitted(wren, name, 'agency')
    hers = await openPage(dana)
    plan = usualPlan(new SeededRandom(50))
    writePlan(hers.doc, plan)
    await hers.untilSaved()
    copy = (await keep('checkpoint', 0)).id
  })
  afterAll(async () => {
    hers?.close()
    await browser?.close()
    await app?.close()
  })

  it('[VE50] Dana opens who wrote her promise, in Spanish, and reads it in a sentence', async () => {
    const { words } = plan.actions[0]!
    const phone = await at(dana, 'phone', 'es', '')
    await phone.untilReads(words)
    await (await phone.promiseField(words)).click()
    await phone.page.getByText(phone.say('plan.whoWrote')).click()
    await phone.page.getByText(/^Dana escribió esto, .+ de .+\.$/).waitFor()
    await phone.device.expectNoViolations()
    await phone.device.expectNothingCutOff()
    phone.device.expectNoTroubles()
    await phone.device.close()
  })

  it.each(['en', 'es'] as const)(
    '[VE52] the copy is one sheet of each size in %s, and all of it stands there',
    async (language) => {
      const laptop = await at(wren, 'laptop', language, `/versions/${copy}`)
      const { page } = laptop
      await page.getByRole('button', { name: laptop.say('print.button') }).waitFor()
      for (const format of SHEETS) {
        expect(pagesIn(await page.pdf({ format })), format).toBe(1)
      }
      await page.emulateMedia({ media: 'print' })
      for (const format of SHEETS) {
        await page.setViewportSize({ width: WIDTHS[format], height: 1_000 })
        const seen = await page.evaluate(() => {
          const wide = [...document.querySelectorAll('.paper *')].filter(
            (part) => part.getBoundingClientRect().right > innerWidth + 1 || part.scrollWidth > part.clientWidth + 1,
          )
          return { words: document.body.innerText, wide: wide.map(({ outerHTML }) => outerHTML.slice(0, 80)) }
        })
        expect(seen.wide, format).toEqual([])
        const written = [
          plan.question,
          plan.vision,
          ...Object.values(plan).flatMap((items) => (Array.isArray(items) ? items.map(({ words }) => words) : [])),
        ]
        for (const words of written) expect(seen.words, format).toContain(words)
        for (const words of ['Wren', 'Quill', 'Adeyemi']) expect(seen.words).toContain(words)
        // VE53, as well: this one is only a copy.
        expect(seen.words).toContain(laptop.say('print.notSealed'))
        expect(seen.words).not.toContain(laptop.say('versions.back'))
      }
      expect(await page.locator('.paper-box').count()).toBe(plan.actions.length)
      await laptop.device.close()
    },
  )

  it('[VE52] a plan three times as long breaks between things', async () => {
    await wren.createMeeting()
    const long = await openPage(wren)
    const parts = [1, 2, 3].map((seed) => usualPlan(new SeededRandom(seed)))
    const kinds = ['goals', 'actions', 'strengths', 'agreements', 'safety'] as const
    const whole = {
      ...parts[0]!,
      ...Object.fromEntries(kinds.map((kind) => [kind, parts.flatMap((part) => part[kind])])),
    }
    writePlan(long.doc, whole)
    await long.untilSaved()
    const { id } = await keep('checkpoint', 0)
    const laptop = await at(wren, 'laptop', 'en', `/versions/${id}`)
    await laptop.page.getByRole('button', { name: laptop.say('print.button') }).waitFor()
    const pages = pagesIn(await laptop.page.pdf({ format: 'Letter' }))
    expect(pages).toBeGreaterThan(1)
    expect(pages).toBeLessThan(5)
    await laptop.page.emulateMedia({ media: 'print' })
    const splits = await laptop.page.evaluate(
      () =>
        [...document.querySelectorAll('.paper li')].filter((part) => getComputedStyle(part).breakInside !== 'avoid')
          .length,
    )
    expect(splits).toBe(0)
    await laptop.device.close()
    long.close()
    wren.meetingId = dana.meetingId
  })

  it('[VE51] Dana brings one promise back on her phone, and Wren the whole plan', async () => {
    const [first] = plan.actions
    choose(hers.doc, 'actions', first!.id, { removed: true })
    hers.write('question', ' Or with Rosa?')
    await hers.untilSaved()
    const phone = await at(dana, 'phone', 'en', `/versions/${copy}`)
    await phone.button('restore.itemNamed', { words: first!.words }).click()
    await hers.until((page) => page.plan.actions.some(({ id, removed }) => id === first!.id && !removed))
    await phone.untilReads(phone.say('restore.done', { words: first!.words }))
    await phone.device.expectNoViolations()
    await phone.device.expectNothingCutOff()
    phone.device.expectNoTroubles()
    await phone.device.close()

    const laptop = await at(wren, 'laptop', 'en', `/versions/${copy}`)
    await laptop.button('restore.plan').click()
    await laptop.untilReads(laptop.say('restore.planWords', { name: 'As it was' }))
    await laptop.device.expectNoViolations()
    await laptop.button('restore.planYes').click()
    await laptop.untilSaved()
    expect((await laptop.storedPlan()).question).toBe(plan.question)
    await hers.until((page) => page.plan.question === plan.question)
    laptop.device.expectNoTroubles()
    await laptop.device.close()
  })

  it('[GS16] what only some may see is a sheet of its own, and the sheet for the wall carries none of it', async () => {
    const [told, gated] = ['Only whether she came', 'Dana came to all three visits']
    await allowsHealth(told)
    await tells('danacame00000000', gated)
    const { versions } = await wren.call('listVersions', { params: { meetingId: wren.meetingId } })
    const { id } = await keep('checkpoint', versions[0]!.number)
    const phone = await at(dana, 'phone', 'en', `/versions/${id}`)
    await phone.page.getByRole('heading', { name: 'Health and treatment · Dana' }).first().waitFor()
    for (const format of SHEETS) expect(pagesIn(await phone.page.pdf({ format })), format).toBe(2)
    await phone.page.emulateMedia({ media: 'print' })
    const [apart, whole] = [phone.page.locator('.paper-apart'), phone.page.locator('.paper')]
    const said = await apart.innerText()
    for (const words of ['Health and treatment · Dana', gated, told, REDISCLOSURE.other.en]) {
      expect(said).toContain(words)
      expect((await whole.innerText()).replace(said, '')).not.toContain(words)
    }
    expect(await apart.evaluate((sheet) => getComputedStyle(sheet).breakBefore)).toBe('page')
    phone.device.expectNoTroubles()
    await phone.device.close()
    // Nobody allowed Wren to see it.
    const laptop = await at(wren, 'laptop', 'en', `/versions/${id}`)
    await laptop.page.getByRole('button', { name: laptop.say('print.button') }).waitFor()
    expect(pagesIn(await laptop.page.pdf({ format: 'Letter' }))).toBe(1)
    expect(await laptop.page.content()).not.toContain(gated)
    await laptop.device.close()
    before = id
  })

  it('[GS17] what changed in a gated part is told by itself, with the notice: between two versions, and until now', async () => {
    await tells('danacalled000000', 'Dana called by herself')
    const { versions } = await wren.call('listVersions', { params: { meetingId: wren.meetingId } })
    const { id } = await keep('checkpoint', versions[0]!.number)
    for (const [to, show] of [
      [id, 'sentences'],
      [NOW, 'sentences'],
      [id, 'sides'],
    ]) {
      const phone = await at(dana, 'phone', 'en', `/compare?from=${before}&to=${to}&show=${show}`)
      const part = phone.page.getByRole('region', { name: 'Health and treatment · Dana', exact: true })
      await part.getByText('Dana called by herself').waitFor()
      expect(await part.innerText()).toContain(REDISCLOSURE.other.en)
      expect(await part.innerText(), 'nothing of the plan').not.toContain(plan.actions[0]!.words)
      await phone.device.expectNoViolations()
      await phone.device.expectNothingCutOff()
      phone.device.expectNoTroubles()
      await phone.device.close()
    }
    const laptop = await at(wren, 'laptop', 'en', `/compare?from=${before}&to=${id}`)
    await laptop.page.getByText(laptop.say('compare.nothing')).waitFor()
    await laptop.device.close()
  })

  it('[VE53] the sealed version carries its number, its day and its check', async () => {
    const { versions } = await wren.call('listVersions', { params: { meetingId: wren.meetingId } })
    const version = await keep('sealed', versions[0]!.number)
    ;[sealed, check] = [version.id, version.seal!.check]
    const laptop = await at(wren, 'laptop', 'en', `/versions/${sealed}`)
    await laptop.page.getByRole('button', { name: laptop.say('print.button') }).waitFor()
    for (const format of SHEETS) expect(pagesIn(await laptop.page.pdf({ format })), format).toBe(1)
    await laptop.page.emulateMedia({ media: 'print' })
    const words = await laptop.page.locator('.paper').innerText()
    expect(words).toMatch(new RegExp(`Version 1, sealed \\d+ \\w+ 20\\d\\d · check ${check}`))
    expect(words).not.toContain(laptop.say('print.notSealed'))
    await laptop.device.close()
  })
})
