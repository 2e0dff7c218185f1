import { beforeAll, describe, expect, it } from 'vitest'
import { Journey } from '../../support/Journey'
import { type Facilitator, type Person } from '../../support/room'

describe('the programs that Miles’s family is in', () => {
  const journey = Journey.asOneStory()
  let wren: Facilitator
  let dana: Person

  const cardOf = ({ page }: Person) => page.locator('.programs-card')
  const choose = (person: Person, label: string, value: string) =>
    cardOf(person).getByLabel(person.say(label)).selectOption(value)

  beforeAll(async () => {
    wren = await journey.opensMeeting()
    dana = await journey.person('Dana')
    await dana.joins(journey.code)
    const same = wren.page.getByLabel(wren.say('safety.sameTitle'))
    const known = await same.getByRole('option', { name: /Dana/ }).innerText()
    await same.selectOption(known.trim())
    await journey.letsIn(dana)
  })

  it('[PG12] stand on a phone and on a laptop for whom they concern, with the hours that count', async () => {
    for (const person of [wren, dana]) {
      await person.untilReads(person.say('programs.means.active'))
      await person.untilReads(person.say('programs.count', { done: '7', hours: 20 }))
      await person.device.expectNoViolations()
    }
    await dana.device.expectNothingCutOff()
    // What gets in the way of two programs is told once; who signed for it sees that both read it.
    await dana.untilReads(dana.say('programs.bothSee', { agencies: 'Child welfare and CalWORKs' }))
  })

  it('[PG13] are changed by whom they concern, seen by the others at once, and their dates stand on the strip', async () => {
    await cardOf(dana)
      .getByRole('button', { name: /^Change/ })
      .click()
    await choose(dana, 'programs.state', 'sanctioned')
    await wren.untilReads(wren.say('programs.means.sanctioned'))
    await wren.untilReads(wren.say('programs.way.sanctioned'))
    await choose(dana, 'programs.next', 'hearing')
    await cardOf(dana).getByLabel(dana.say('programs.nextDay')).fill('2027-06-22')
    await dana.device.expectNoViolations()
    await dana.device.expectNothingCutOff()
    await cardOf(dana)
      .getByRole('button', { name: new RegExp(`^${dana.say('programs.done')}`) })
      .click()
    await wren.untilReads(wren.say('programs.step.hearing'))
    await wren.page.getByText(/^All dates/).click()
    await wren.page
      .locator('.watch ol')
      .getByText(/Dana: A hearing/)
      .waitFor()
  })

  it('[PG14] that stand otherwise ask whether the questions are asked again; they wait before the meeting', async () => {
    await dana.button('programs.askAgain').click()
    await dana.button('programs.askAgain').waitFor({ state: 'detached' })
    await dana.goesTo(`${new URL(dana.page.url()).pathname}/before`)
    await dana.untilReads(dana.say('questions.open', { count: 8 }))
    const first = dana.page.locator('li', { hasText: /CalWORKs/ }).first()
    await first.getByRole('button', { name: dana.say('questions.answer.rather-not') }).click()
    await dana.untilReads(dana.say('questions.open', { count: 7 }))
    await dana.device.expectNoViolations()
    await dana.device.expectNothingCutOff()
  })

  it('[PG23] a relative who takes care may ask for the aid for it: one press puts it in the plan, and its owner is asked', async () => {
    await dana.page.goBack()
    await dana.isIn()
    await dana.page.getByText(dana.say('programs.relative'), { exact: true }).click()
    await dana.page.getByLabel(dana.say('programs.relativeWho')).fill('Rosa')
    await dana.button('programs.relativeSave').click()
    for (const person of [dana, wren]) await person.untilReads(person.say('programs.aid', { name: 'Rosa' }))
    await dana.page.getByLabel(dana.say('programs.aidWho')).selectOption('Marsh')
    await dana.device.expectNoViolations()
    await dana.button('programs.aidAdd').click()
    await dana.untilReads(dana.say('programs.aidThere'))
    await dana.untilReads(dana.say('promise.waiting', { name: 'Marsh' }))
    const { actions } = await wren.storedPlan()
    const aid = actions.find(({ words }) => words === 'Ask for aid for relatives who raise a child: Rosa.')
    expect(aid).toMatchObject({
      who: 'Marsh',
      column: 'calworks',
      other: expect.stringContaining('familiares') as string,
    })
    for (const { device } of [wren, dana]) device.expectNoTroubles()
  })
})
