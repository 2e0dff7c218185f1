import { beforeAll, describe, expect, it } from 'vitest'
import { Journey } from '../../support/Journey'
import { type Facilitator, type Person } from '../../support/room'

const ELSEWHERE = 'https://www.weather.gov/'
const TITLE = 'Moving into the new home'

const journey = Journey.begin()
let wren: Facilitator
let dana: Person
let code: string

/** The page elsewhere, without asking the network for it. */
async function answersElsewhere(person: Person): Promise<void> {
  await person.page.context().route(`${ELSEWHERE}**`, (route) => {
    return route.fulfill({
      contentType: 'text/html',
      body: '<!doctype html><html lang="en"><title>Weather</title>Sunny',
    })
  })
}

beforeAll(async () => {
  wren = await journey.lead()
  dana = await journey.person('Dana')
  await Promise.all([answersElsewhere(wren), answersElsewhere(dana)])
  await wren.opensMeeting(TITLE)
  code = await wren.readsCode()
  await dana.joins(code)
  await journey.letsIn(dana)
})

/** The button for leaving is in sight where the page opened, big enough for a thumb, and nothing lies over it. */
async function findsWayOut({ page, name }: Person, path: string): Promise<void> {
  const found = page.waitForFunction(() => {
    const words = /^(Leave page|Salir de aquí)$/
    const controls = [...document.querySelectorAll('a, button')].filter((one) => words.test(one.textContent!.trim()))
    return controls.some((control) => {
      const { x, y, width, height } = control.getBoundingClientRect()
      const top = document.elementFromPoint(x + width / 2, y + height / 2)
      return Math.min(width, height) >= 44 && control.contains(top)
    })
  })
  await found.catch(() => {
    throw new Error(`${name} finds no way out at ${path}`)
  })
}

async function leavesByKeys({ page }: Person): Promise<void> {
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('Shift')
  await page.waitForURL(ELSEWHERE)
}

describe('the way out', () => {
  it('[DI1] is on every page, on top of it, and Shift three times does the same everywhere', async () => {
    const { meetingId } = wren
    const versions = `/m/${meetingId}/versions`
    await wren.keepsCopy('A copy')
    const familyId = await wren.page.evaluate(async (id) => {
      return (await (await fetch(`/api/meetings/${id}`)).json()).meeting.familyId as string
    }, meetingId)
    const versionId = await wren.page.evaluate(async (id) => {
      return (await (await fetch(`/api/meetings/${id}/versions`)).json()).versions[0].id as string
    }, meetingId)
    const rooms = [`/m/${meetingId}`, versions, `${versions}/${versionId}`, `/m/${meetingId}/compare`]
    const everybodys = ['/', '/signin', '/projector', '/nothing-here', '/j', '/j/2222-2222', '/leave', '/locked']
    for (const path of [...everybodys, `/families/${familyId}`, ...rooms]) {
      await wren.goesTo(path)
      await findsWayOut(wren, path)
      await leavesByKeys(wren)
    }
    const doors = [`/j/${code}/plan`, `/j/${code}`]
    for (const path of ['/', '/nothing-here', ...rooms, ...doors]) {
      await dana.goesTo(path)
      await findsWayOut(dana, path)
    }
    await leavesByKeys(dana)
  })

  it('[DI2] covers at once, also over a dialog, and Back does not return', async () => {
    await wren.goesTo('/')
    await wren.opensMeeting(TITLE)
    await wren.button('lead.end').click()
    const dialog = wren.page.getByRole('dialog')
    await dialog.waitFor()
    // In the very moment of the press, long before the other page comes.
    const left = await wren.page.evaluate(() => {
      const buttons = [...document.querySelectorAll<HTMLElement>('dialog button')]
      buttons.at(-1)!.click()
      return [document.body.offsetHeight, document.title]
    })
    expect(left).toEqual([0, 'Weather'])
    await wren.page.waitForURL(ELSEWHERE)
    await wren.page.goBack()
    expect(wren.page.url()).not.toContain('/m/')
  })

  it('[DI3] the page beside it says honestly what history keeps, in both languages, at any width', async () => {
    for (const language of ['en', 'es'] as const) {
      dana.language = language
      await dana.goesTo(`/leave?lang=${language}`)
      await dana.untilReads(dana.say('door.about.history'))
      await dana.device.expectNoViolations()
      await dana.device.expectNothingCutOff()
    }
    dana.language = 'en'
    await dana.goesTo('/j')
    await dana.page.getByRole('link', { name: dana.say('leave.about') }).click()
    await dana.untilReads(dana.say('door.about.danger'))
  })
})

describe('a phone that others use too', () => {
  it('[DI10] is locked in one tap: screen, storage and session are gone, and Back shows nothing', async () => {
    await dana.goesTo('/')
    const rosa = await journey.person('Rosa')
    await wren.goesTo('/')
    await wren.opensMeeting(TITLE)
    await rosa.joins(code)
    await wren.letsIn('Rosa')
    await rosa.isIn()
    const { meetingId } = rosa
    await rosa.page.evaluate(async () => {
      localStorage.setItem('words', 'canary')
      sessionStorage.setItem('words', 'canary')
      await new Promise((resolve, reject) => {
        const opening = indexedDB.open('words')
        opening.onsuccess = () => resolve(opening.result.close())
        opening.onerror = () => reject(opening.error)
      })
    })
    const before = await rosa.page.context().cookies()
    await rosa.opensPart('people')
    await rosa.device.expectNoViolations()
    await rosa.button('leave.lock').click()
    await rosa.untilReads(rosa.say('door.phoneLocked'))
    await rosa.device.expectNoViolations()
    const left = await rosa.page.evaluate(async () => [
      localStorage.length,
      sessionStorage.length,
      (await indexedDB.databases()).length,
    ])
    expect(left).toEqual([0, 0, 0])
    expect(await rosa.page.context().cookies()).toEqual([])
    // Somebody who copied the cookie before has nothing either.
    const { name, value } = before.find((cookie) => cookie.name === 'ourplan')!
    const cookie = `${name}=${value}`
    expect((await fetch(`${journey.server.url}/api/meetings/${meetingId}`, { headers: { cookie } })).status).toBe(401)
    rosa.device.expects(/status of 40\d/)
    await rosa.page.goBack()
    await rosa.page.waitForLoadState()
    for (const words of ['Rosa sleeps over', 'Dana', 'Miles’s family']) expect(await rosa.reads(words)).toBe(false)
    await rosa.device.close()
  })

  it('[DI11] asks first where words would be lost, with Cancel first, and goes on in one tap', async () => {
    const lund = await journey.person('Lund')
    await lund.joins(code)
    await wren.letsIn('Lund')
    await lund.isIn()
    lund.device.expectsLostLine()
    await lund.page.context().setOffline(true)
    await lund.goesToTheEndOf(await lund.promiseField('Rosa sleeps over'))
    await lund.types(' canary')
    await lund.untilBadge('not-saved')
    await lund.opensPart('people')
    await lund.button('leave.lock').click()
    const dialog = lund.page.getByRole('dialog', { name: lund.say('leave.lockUnsaved') })
    expect(await dialog.getByRole('button').allInnerTexts()).toEqual([
      lund.say('common.cancel'),
      lund.say('leave.lockYes'),
      lund.say('leave.button'),
    ])
    await lund.device.expectNoViolations()
    await lund.button('leave.lockYes').click()
    await lund.untilReads(lund.say('leave.lockNoLine'))
    expect(await lund.reads('canary')).toBe(false)
    await lund.page.context().setOffline(false)
    await lund.untilReads(lund.say('door.phoneLocked'))
    await lund.device.close()
  })

  it('[DI12] works without scripts, at the door too', async () => {
    const plain = await journey.browser.newContext({ javaScriptEnabled: false })
    const page = await plain.newPage()
    await page.goto(`${journey.server.url}/j/${code}`)
    await page.getByLabel(dana.say('door.name')).fill('Ines')
    await page.getByRole('radio').first().check()
    await page.getByRole('button', { name: dana.say('door.ask') }).click()
    await page.getByRole('button', { name: dana.say('leave.lockComputer') }).click()
    await page.getByRole('heading', { name: dana.say('door.phoneLocked') }).waitFor()
    expect(await plain.cookies()).toEqual([])
    await plain.close()
  })
})
