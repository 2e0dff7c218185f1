import { beforeAll, describe, expect, it } from 'vitest'
import { Journey } from '../../support/Journey'
import type { Facilitator } from '../../support/room'

const journey = Journey.begin()
let wren: Facilitator

beforeAll(async () => {
  wren = await journey.opensMeeting()
})

describe('for somebody’s safety', () => {
  it('[DI20][DI21] a phone that shows the people stops showing somebody hidden, and shows them again', async () => {
    const lee = await journey.comes('Lee')
    const rosa = await journey.comes('Rosa')
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

  /** Somebody at the door, as Wren sees them, and the choice of who of the family it is. */
  const atDoor = (name: string) =>
    wren.page
      .getByRole('region', { name: wren.say('people.door') })
      .getByRole('listitem')
      .filter({ has: wren.button('people.letInName', { name }) })
  const saysItIs = async (at: string, name: string) => {
    const choice = atDoor(at).getByLabel(wren.say('safety.sameTitle'))
    const label = await choice.locator('option', { hasText: wren.say('safety.isMember', { name }) }).innerText()
    await choice.selectOption({ label })
  }

  it('[ME80] Zoe’s second phone is at the door: the same name alone links nothing, Wren says it is her', async () => {
    const zoe = await journey.comes('Zoe')
    const second = await journey.person('Zoe')
    await second.joins(await wren.readsCode())
    await atDoor('Zoe')
      .getByText(wren.say('safety.checkName', { name: 'Zoe' }))
      .waitFor()
    await wren.device.expectNoViolations()
    await saysItIs('Zoe', 'Zoe')
    await atDoor('Zoe')
      .getByText(wren.say('safety.sameWords', { name: 'Zoe' }))
      .waitFor()
    await wren.device.expectNoViolations()
    await wren.letsIn('Zoe')
    await second.isIn()
    const memberIds = await wren.page.evaluate(async (path) => {
      const { people } = await (await fetch(path)).json()
      return people
        .filter(({ name }: { name: string }) => name === 'Zoe')
        .map((one: { memberId: string }) => one.memberId)
    }, `/api/meetings/${wren.meetingId}/participants`)
    expect(new Set(memberIds).size).toBe(1)
    for (const one of [zoe, second]) one.device.expectNoTroubles()
    await Promise.all([zoe, second].map(({ device }) => device.close()))
  })

  it('[ME81] Wren says who must not meet Ben: nobody is told, and the other is not let in', async () => {
    const ben = await journey.comes('Ben')
    const kim = await journey.comes('Kim')
    await wren.takesOut('Kim')
    await kim.untilReads(kim.say('join.removedTitle'))
    await wren.button('people.changeName', { name: 'Ben' }).click()
    await wren.button('safety.apart').click()
    const dialog = wren.page.getByRole('dialog')
    const box = dialog.getByRole('checkbox', { name: /^Kim · / })
    await box.check()
    await wren.device.expectNoViolations()
    await dialog.getByRole('button', { name: wren.say('common.close'), exact: true }).click()

    const again = await journey.person('Kim')
    await again.joins(await wren.readsCode())
    await saysItIs('Kim', 'Kim')
    wren.device.expects(/status of 409/)
    await wren.button('people.letInName', { name: 'Kim' }).click()
    await atDoor('Kim').getByText(wren.say('errors.participantApart')).waitFor()
    await wren.device.expectNoViolations()
    expect(await again.page.getByRole('heading', { name: again.say('door.waiting', { name: 'Kim' }) }).count()).toBe(1)
    for (const person of [ben, again])
      expect(await person.page.locator('body').innerText()).not.toMatch(/must not meet/i)

    await wren.button('people.changeName', { name: 'Ben' }).click()
    await wren.button('safety.apart').click()
    await expect.poll(() => box.isChecked()).toBe(true)
    await box.uncheck()
    await expect.poll(() => box.isEnabled()).toBe(true)
    await dialog.getByRole('button', { name: wren.say('common.close'), exact: true }).click()
    await wren.letsIn('Kim')
    await again.isIn()
  })

  it('[ME70][ME82] a link on paper opens with the code of its strip, on another phone, also after the line was gone', async () => {
    await journey.comes('Ada')
    await wren.button('people.changeName', { name: 'Ada' }).click()
    await wren.button('link.open').click()
    await wren.button('link.paper').click()
    await wren.untilReads(wren.say('link.sheetTitle'))
    const sheet = wren.page.locator('.link-sheet')
    const url = /http\S+/.exec(await sheet.innerText())![0]
    const code = await sheet.locator('b').innerText()
    const phone = await journey.person('Ada')
    await phone.page.goto(url)
    await phone.page.getByLabel(phone.say('door.link.codeLabel')).fill(code)
    await phone.page.context().setOffline(true)
    await phone.button('door.link.open').click()
    await phone.untilReads(phone.say('errors.noLine'))
    await phone.device.expectNoViolations()
    await phone.page.context().setOffline(false)
    expect(await phone.page.getByLabel(phone.say('door.link.codeLabel')).inputValue()).toBe(code)
    await phone.button('door.link.open').click()
    await phone.page.getByRole('heading', { name: phone.say('door.link.plans') }).waitFor()
    expect(phone.page.url()).not.toContain(url.split('#')[1])
  })
})
