import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser'
import { Facilitator, Person } from '../support/room'
import { RunningServer } from '../support/startServer'

let server: RunningServer
let browser: Browser
let wren: Facilitator

beforeAll(async () => {
  ;[server, browser] = await Promise.all([RunningServer.start(), launchBrowser()])
  wren = await Facilitator.at(browser, 'Wren', server.url)
  await wren.signsIn('wren@demo.ourplan')
  await wren.opensMeeting('Moving into the new home')
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

async function comesIn(name: string): Promise<Person> {
  const person = await Person.with('phone', browser, name, server.url)
  await person.joins(await wren.readsCode())
  await wren.letsIn(name)
  await person.isIn()
  return person
}

describe('for somebody’s safety', () => {
  it('[DI20][DI21] a phone that shows the people stops showing somebody hidden, and shows them again', async () => {
    const lee = await comesIn('Lee')
    const rosa = await comesIn('Rosa')
    await rosa.opensPart('people')
    const seen = rosa.page.getByText('Lee', { exact: true })
    await seen.waitFor()
    await wren.button('people.changeName', { name: 'Lee' }).click()
    await wren.button('safety.hide', { name: 'Lee' }).click()
    await seen.waitFor({ state: 'detached' })
    await wren.untilReads(wren.say('people.hidden'))
    await lee.opensPart('people')
    await lee.untilReads(lee.say('people.hidden'))
    await wren.button('people.changeName', { name: 'Lee' }).click()
    await wren.button('safety.showAgain', { name: 'Lee' }).click()
    await seen.waitFor()
  })

  it('[ME70] a link on paper opens with the code of its strip, on another phone', async () => {
    await comesIn('Ada')
    await wren.button('people.changeName', { name: 'Ada' }).click()
    await wren.button('link.open').click()
    await wren.button('link.paper').click()
    await wren.untilReads(wren.say('link.sheetTitle'))
    const sheet = wren.page.locator('.link-sheet')
    const url = /http\S+/.exec(await sheet.innerText())![0]
    const code = await sheet.locator('b').innerText()
    const phone = await Person.with('phone', browser, 'Ada', server.url)
    await phone.page.goto(url)
    await phone.page.getByLabel(phone.say('door.link.codeLabel')).fill(code)
    await phone.button('door.link.open').click()
    await phone.page.getByRole('heading', { name: phone.say('door.link.plans') }).waitFor()
    expect(phone.page.url()).not.toContain(url.split('#')[1])
  })
})
