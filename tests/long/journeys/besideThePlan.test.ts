import { beforeAll, describe, expect, it } from 'vitest'
import { localMinute } from '../../../shared/localMinute'
import { Journey } from '../../support/Journey'
import { type Facilitator, type Person } from '../../support/room'

const DAY_MS = 86_400_000
/** Of the meeting and of the screens. */
const ZONE = 'America/Los_Angeles'
const FACT = 'Noa changed schools in January'

describe('what stands beside the plan, on five screens', () => {
  const journey = Journey.asOneStory()
  let wren: Facilitator
  let dana: Person
  let quill: Person

  beforeAll(async () => {
    wren = await journey.startsMeeting('What helps at night?')
    quill = await journey.comesForAgency('Quill', 'child-welfare')
    await journey.comesForAgency('Marsh', 'calworks')
    dana = await journey.person('Dana')
    await dana.joins(journey.code)
  })

  it('[FT18] gives professionals a page to prepare on together, where nothing can be decided', async () => {
    for (const person of [wren, quill]) {
      await person.page.getByRole('link', { name: person.say('room.prep'), exact: true }).click()
      await person.page.getByRole('heading', { name: person.say('prep.title') }).waitFor()
    }
    await quill.addsLine('ideas', FACT)
    await quill.untilSaved()
    await wren.untilReads(FACT)
    for (const key of ['plan.addOne.agreements', 'plan.addFirstGoal', 'plan.addGoal'])
      expect(await quill.button(key).count()).toBe(0)
    await quill.device.expectNoViolations()
    await wren.page.getByRole('link', { name: wren.say('room.plan'), exact: true }).click()
    await wren.button('plan.addFirstGoal').waitFor()
    expect(await wren.reads(FACT)).toBe(false)
  })

  it('[FT19] tells the family that they prepared, who and when, and has no way to their words', async () => {
    await wren.letsIn('Dana')
    await dana.isIn()
    await dana.opensPart('people')
    await dana.page.getByText(/^Quill prepared this meeting on/).waitFor()
    expect(await dana.reads(FACT)).toBe(false)
    expect(await dana.page.getByText(dana.say('room.prep'), { exact: true }).count()).toBe(0)
    await dana.opensPart('plan')
  })

  it('[WW13] who is who stands on a page: how to reach somebody comes and goes on every screen at once, and who leads changes', async () => {
    const { pathname } = new URL(dana.page.url())
    for (const person of [dana, quill, wren]) {
      await person.goesTo(`${pathname}/team`)
      await person.page.getByRole('heading', { name: person.say('whoIsWho.mine.title') }).waitFor()
    }
    await dana.button('whoIsWho.mine.open').click()
    await dana.fillsIn({ 'whoIsWho.phone': '555-0142' })
    await dana.page.getByLabel(dana.say('whoIsWho.to.everybody')).check()
    await dana.device.expectNoViolations()
    await dana.button('whoIsWho.mine.share').click()
    for (const person of [quill, wren]) await person.page.getByRole('link', { name: '555-0142' }).waitFor()
    await dana.device.expectNoViolations()
    await dana.device.expectNothingCutOff()
    await dana.choosesLanguage('es')
    await dana.page.getByText(dana.say('whoIsWho.seenBy.everybody')).waitFor()
    await dana.device.expectNothingCutOff()
    await dana.button('whoIsWho.mine.takeBack').click()
    for (const person of [quill, wren]) await person.page.getByText('555-0142').first().waitFor({ state: 'detached' })
    await dana.choosesLanguage('en')
    await wren.button('whoIsWho.lead.button', { name: 'Quill' }).click()
    await wren.device.expectNoViolations()
    await wren.button('whoIsWho.lead.yes', { name: 'Quill' }).click()
    await dana.page.getByText(/^Quill, since /).waitFor()
    await wren.button('whoIsWho.lead.button', { name: 'Wren' }).click()
    await wren.button('whoIsWho.lead.yes', { name: 'Wren' }).click()
    await dana.page
      .getByText(/^Wren, since /)
      .nth(1)
      .waitFor()
    for (const person of [quill, wren]) await person.device.expectNoViolations()
    for (const person of [dana, quill, wren]) await person.goesTo(pathname)
    await wren.isIn()
    await wren.page.getByText(wren.say('voice.show'), { exact: true }).click()
    await wren.page.getByText(wren.say('voice.little')).waitFor()
    await wren.device.expectNoViolations()
  })

  it('[BE53] hears at the door and before the meeting what people need, and shows who leads what nobody sees to', async () => {
    const pilar = await journey.person('Pilar')
    await pilar.joins(await wren.readsCode())
    await pilar.page.getByRole('link', { name: pilar.say('door.need') }).click()
    await pilar.button('needs.say').click()
    await pilar.button('needs.send').click()
    await pilar.page.getByText(pilar.say('needs.heard', { lead: 'Wren' })).waitFor()
    await pilar.device.expectNoViolations()
    const nobody = wren.say('needs.gap.ride', { name: 'Pilar' })
    await wren.page.getByText(nobody).waitFor()
    await wren.page
      .getByRole('button', { name: wren.say('needs.about', { act: wren.say('needs.myself'), what: nobody }) })
      .click()
    await pilar.page.getByText(pilar.say('needs.sees', { name: 'Wren' })).waitFor()
    const { pathname } = new URL(dana.page.url())
    await dana.goesTo(`${pathname}/before`)
    await dana.button('side.more').click()
    await dana.fillsIn({ 'side.name': 'pilar', 'side.relation': 'Noa’s grandmother' })
    await dana.button('side.add').click()
    await dana.page.getByText(dana.say('side.notAsked')).waitFor()
    await dana.device.expectNoViolations()
    await dana.device.expectNothingCutOff()
    await dana.choosesLanguage('es')
    await dana.page.getByText(dana.say('side.notAsked')).waitFor()
    await dana.device.expectNothingCutOff()
    await wren.page.getByText('Dana wants pilar here: Noa’s grandmother.').first().waitFor()
    await wren.goesTo(`${pathname}/before`)
    await wren.page.getByRole('heading', { name: wren.say('needs.lead') }).waitFor()
    await wren.device.expectNoViolations()
    await wren.button('invite.add').click()
    await wren.fillsIn({ 'invite.name': 'Ines' })
    await wren.page.getByLabel(wren.say('invite.channel')).selectOption('paper')
    await wren.button('invite.save').click()
    const acts = (key: string) =>
      wren.page.getByRole('button', { name: wren.say('invite.about', { act: wren.say(key), name: 'Ines' }) })
    await acts('invite.print').click()
    await wren.button('invite.printNow').waitFor()
    await wren.device.expectNoViolations()
    await wren.device.expectNothingCutOff()
    await acts('invite.passed').click()
    await acts('invite.remove').click()
    await wren.page.getByText(wren.say('invite.none')).waitFor()
    await wren.goesTo('/on-call')
    await wren.page.getByRole('heading', { name: wren.say('onCall.week') }).waitFor()
    await wren.device.expectNoViolations()
  })

  it('[BE29] asks everybody when they can come: a time that is late says so before it is offered, and a pick is on every phone', async () => {
    const day = (days: number) => localMinute(new Date(Date.now() + days * DAY_MS), ZONE).slice(0, 10)
    const { pathname } = new URL(dana.page.url())
    await dana.choosesLanguage('en')
    await wren.goesTo(pathname)
    await wren.page.getByText(wren.say('before.why.title'), { exact: true }).click()
    await wren.page.getByLabel(wren.say('before.why.label')).selectOption('removal')
    await wren.page.getByLabel(wren.say('before.on.removal')).fill(day(5))
    await wren.button('before.why.save').click()
    await wren.page.getByText(wren.say('before.why.saved')).waitFor()
    await wren.button('poll.offer').click()
    for (const [number, time] of [`${day(3)}T10:00`, `${day(8)}T16:30`].entries())
      await wren.page.getByLabel(wren.say('poll.time', { number: number + 1 }), { exact: true }).fill(time)
    await wren.page.getByText(/4 days late\./).waitFor()
    await wren.device.expectNoViolations()
    await wren.button('poll.ask').click()
    await dana.page.getByText(dana.say('poll.intro', { name: 'Wren' })).waitFor()
    // Of two presses in a row none is lost.
    await dana.button('poll.answer.cannot').nth(1).click()
    await dana.button('poll.answer.works').first().click()
    await dana.page.locator('[aria-pressed=true]').nth(1).waitFor()
    await dana.device.expectNoViolations()
    await dana.device.expectNothingCutOff()
    await dana.choosesLanguage('es')
    await dana.page.getByText(dana.say('poll.intro', { name: 'Wren' })).waitFor()
    await dana.device.expectNothingCutOff()
    await wren.page.getByText('Dana: can', { exact: false }).first().waitFor()
    await wren.device.expectNoViolations()
    await wren.page
      .getByRole('button', { name: wren.say('poll.pick') })
      .first()
      .click()
    await wren.page.getByText(wren.say('poll.tellAgain')).waitFor()
    await dana.page.getByText(dana.say('poll.youSaid', { answer: dana.say('poll.answer.works') })).waitFor()
    await wren.button('side.invite', { name: 'pilar' }).click()
    await wren.page.getByRole('link', { name: wren.say('side.toList') }).click()
    await wren.page
      .getByRole('button', { name: /: pilar$/ })
      .first()
      .waitFor()
    await wren.device.expectNoViolations()
  })
})
