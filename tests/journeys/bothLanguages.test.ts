import type { Browser, Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Language } from '../../shared/meeting'
import type { Role } from '../../shared/roles'
import { Device, type DeviceKind, launchBrowser } from '../support/browser'
import { guest, staff, type Someone } from '../support/people'
import { Facilitator, Person } from '../support/room'
import { startTestApp, type TestApp } from '../support/startTestApp'

describe('a meeting in two languages', () => {
  let app: TestApp
  let browser: Browser
  let ames: Someone
  let elena: Person
  let vega: Person
  let lead: Facilitator
  let wall: Person

  async function letIn(name: string, role: Role, language: Language): Promise<Someone> {
    const someone = guest(app, name)
    await someone.join((await ames.read()).joining!.code!, { role, language })
    await ames.admit(someone, role)
    return someone
  }

  async function sits<P extends Person>(
    Kind: new (...args: ConstructorParameters<typeof Person>) => P,
    someone: Someone,
    kind: DeviceKind,
    language: Language,
  ): Promise<P> {
    const device = await Device.open(browser, kind, { language })
    await device.page.context().addCookies([...someone.cookies].map(([name, value]) => ({ name, value, url: app.url })))
    const person = new Kind(someone.name, device, app.url, language)
    await person.goesTo(`/m/${ames.meetingId}`)
    await person.isIn()
    return person
  }

  const inEnglish = (item: Locator) => item.getByRole('textbox', { name: vega.say('sideBySide.in.en') })
  /** What a page shows in one language, as it is marked. */
  const marked = (person: Person, language: Language) => person.page.locator(`li [lang="${language}"]`).allInnerTexts()

  beforeAll(async () => {
    ;[app, browser] = await Promise.all([startTestApp(), launchBrowser()])
    ames = await staff(app, 'Ames')
    await ames.createMeeting({ question: 'Where can Mateo live?' })
    lead = await sits(Facilitator, ames, 'laptop', 'en')
    elena = await sits(Person, await letIn('Elena', 'family', 'es'), 'phone', 'es')
    vega = await sits(Person, await letIn('Vega', 'interpreter', 'es'), 'laptop', 'es')
    wall = await lead.opensProjector()
  })
  afterAll(async () => {
    await browser?.close()
    await app?.close()
  })

  it('[LG15] has a page for what the family is good at that says what will stand there', async () => {
    await elena.opensPart('people')
    await elena.page.getByRole('link', { name: elena.say('room.versions') }).click()
    await elena.page.getByRole('link', { name: elena.say('resume.title') }).click()
    await elena.untilReads(elena.say('resume.empty'))
    await elena.device.expectNoViolations()
    await elena.goesTo(`/m/${ames.meetingId}`)
    await elena.isIn()
  })

  it('[LG4] has each line as it was said and beside it the interpreter’s words, live on every screen', async () => {
    await elena.addsLine('strengths', 'Pilar hace el desayuno.')
    await vega.untilReads('Pilar hace el desayuno.')
    const line = await vega.item('Pilar hace el desayuno.')
    await inEnglish(line).click()
    await lead.untilReads(lead.say('plan.writing', { name: 'Vega' }))
    await vega.types('Pilar makes breakfast.')
    for (const person of [elena, lead, wall]) await person.untilReads('Pilar makes breakfast.')
    await vega.untilSaved()
    expect(await inEnglish(line).evaluate((field) => field.closest('[lang]')!.getAttribute('lang'))).toBe('en')
    expect((await lead.storedPlan()).strengths).toMatchObject([
      { words: 'Pilar hace el desayuno.', other: 'Pilar makes breakfast.', language: 'es' },
    ])
    for (const { device } of [elena, vega, lead]) await device.expectNoViolations()
    await elena.device.expectNothingCutOff()
  })

  it('[LG5] has both together on the wall, the other smaller and large enough for the last row', async () => {
    const sizes = await Promise.all(
      (['es', 'en'] as const).map((language) =>
        wall.page.locator(`li [lang="${language}"]`).evaluate((words) => parseFloat(getComputedStyle(words).fontSize)),
      ),
    )
    expect(await marked(wall, 'es')).toEqual(['Pilar hace el desayuno.'])
    expect(await marked(wall, 'en')).toEqual(['Pilar makes breakfast.'])
    expect(sizes[1]).toBeGreaterThanOrEqual(32)
    expect(sizes[1]).toBeLessThan(sizes[0]!)
    await wall.device.expectNoViolations()
  })

  it('[LG7] has the question and the decision in both too, where one is asked to answer as well', async () => {
    await vega.page.getByRole('textbox', { name: new RegExp(`^${vega.say('plan.question')}: `) }).click()
    await vega.types('¿Dónde puede vivir Mateo?')
    for (const person of [elena, lead, wall]) await person.untilReads('¿Dónde puede vivir Mateo?')
    await lead.page.getByLabel(lead.say('plan.chapter.decision'), { exact: true }).fill('Mateo lives with Pilar.')
    await vega.page.getByRole('textbox', { name: new RegExp(`^${vega.say('plan.chapter.decision')}: `) }).click()
    await vega.types('Mateo vive con Pilar.')
    for (const person of [vega, lead]) await person.untilSaved()
    await lead.button('decide.ask').click()
    await elena.button('decide.answer').first().click()
    await elena.page.getByRole('dialog').getByText('Mateo vive con Pilar.').waitFor()
    await elena.device.expectNoViolations()
    await elena.page
      .getByRole('dialog')
      .getByRole('button', { name: elena.say('decide.notNow') })
      .click()
    await wall.untilReads('Mateo vive con Pilar.')
    const plain = await elena.page.evaluate(async () => (await fetch('/j/plan')).text())
    for (const words of ['¿Dónde puede vivir Mateo?', 'Mateo vive con Pilar.']) expect(plain).toContain(words)
  })

  it('[LG2] has what is sealed in both on each screen, the reader’s own first, and on paper', async () => {
    await lead.sealsPlan()
    await elena.untilSealed(1)
    await elena.opensPart('plan')
    const firsts = (person: Person) => person.page.locator('.plan-line').allInnerTexts()
    await expect.poll(() => firsts(elena)).toEqual([expect.stringMatching(/^Pilar hace.*\n+Pilar makes/)])
    await expect.poll(() => firsts(lead)).toEqual([expect.stringMatching(/^Pilar makes.*\n+Pilar hace/)])

    await elena.page.getByRole('link', { name: elena.say('room.readSealed') }).click()
    await elena.page.getByRole('button', { name: elena.say('print.button') }).waitFor()
    await elena.page.emulateMedia({ media: 'print' })
    const paper = await elena.page.locator('.paper').innerText()
    for (const words of ['¿Dónde puede vivir Mateo?', 'Mateo vive con Pilar.']) expect(paper).toContain(words)
    expect(paper).toMatch(/Pilar hace el desayuno\.\s+Pilar makes breakfast\./)
  })

  it('[LG15] has what was told there in both languages, and on one sheet', async () => {
    await elena.page.emulateMedia({ media: 'screen' })
    for (const person of [elena, lead]) {
      await person.goesTo(`/m/${ames.meetingId}/resume`)
      for (const words of ['Pilar hace el desayuno.', 'Pilar makes breakfast.']) await person.untilReads(words)
      await person.device.expectNoViolations()
    }
    await elena.device.expectNothingCutOff()
    const sheets = (await lead.page.pdf({ format: 'Letter' })).toString('latin1').match(/\/Type \/Page\b/g)
    expect(sheets).toHaveLength(1)
    await lead.page.emulateMedia({ media: 'print' })
    expect(await lead.page.locator('.paper').innerText()).toMatch(/Pilar makes breakfast\.\s+Pilar hace el desayuno\./)
    for (const { device } of [elena, vega, lead, wall]) device.expectNoTroubles()
  })
})
