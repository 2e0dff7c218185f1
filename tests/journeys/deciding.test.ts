import { beforeAll, describe, expect, it } from 'vitest'
import { Journey } from '../support/Journey'
import { type Facilitator, type Person } from '../support/room'

const DECISION = 'Noa stays at home, and Rosa sleeps over on school nights.'
const WHY = 'I want a date when Rosa can go home too.'
const NO = 'The nights are not safe yet.'

describe('deciding together, on four screens', () => {
  const journey = Journey.asOneStory()
  let wren: Facilitator
  let dana: Person
  let quill: Person
  let projector: Person

  beforeAll(async () => {
    wren = await journey.startsMeeting('Where does Noa sleep?', 'Can Noa stay at home?')
    dana = await journey.comes('Dana')
    quill = await journey.comesForAgency('Quill', 'child-welfare')
    await wren.addsGoal('Calm nights')
    await dana.untilReads('Calm nights')
    await dana.addsStep(1, 'I put Noa to bed at eight.')
    projector = await wren.opensProjector()
  })

  /** Gives an answer on the sheet that lies on one's own screen. */
  async function answers(person: Person, stance: 'can-live' | 'cannot', why: string): Promise<void> {
    await person.button('decide.answer').first().click()
    await person.page
      .getByRole('dialog')
      .getByText(person.say(`decide.stance.${stance}`))
      .click()
    await person.page.getByLabel(person.say('decide.why')).fill(why)
    await person.device.expectNoViolations()
    await person.button('decide.give').click()
    await person.page.getByRole('dialog').waitFor({ state: 'hidden' })
  }

  it('[SC17] from 0 to 10 everybody answers on their own screen, and all see it at once when the last one has', async () => {
    await wren.button('scaling.begin').click()
    await wren.device.expectNoViolations()
    await wren.button('scaling.ask').click()
    await dana.untilReads(dana.say('scaling.asked'))
    await dana.button('decide.answer').first().click()
    // As with a keyboard: one number is chosen, the next is an arrow away.
    await dana.page.getByRole('radio', { name: '5', exact: true }).focus()
    await dana.page.keyboard.press('Space')
    await dana.page.keyboard.press('ArrowRight')
    await dana.page.getByLabel(dana.say('scaling.named')).check()
    await dana.device.expectNoViolations()
    await dana.device.expectNothingCutOff()
    await dana.button('scaling.give').click()
    await projector.untilReads(projector.say('decide.count', { count: 1, of: 2 }))
    expect(await wren.reads('Dana said 6')).toBe(false)
    await quill.button('decide.answer').first().click()
    await quill.page.getByRole('dialog').getByText('4', { exact: true }).click()
    await quill.button('scaling.give').click()
    for (const person of [wren, dana, projector]) await person.untilReads('Dana said 6')
    await dana.device.expectNoViolations()
  })

  it('[DE40] everybody is asked on their own screen, and answers there in their own words', async () => {
    await wren.page.getByLabel(wren.say('plan.chapter.decision')).fill(DECISION)
    await wren.untilSaved()
    await wren.button('decide.ask').click()
    for (const person of [dana, quill]) await person.untilReads(person.say('decide.asked'))
    await answers(dana, 'can-live', WHY)
    await dana.device.expectNothingCutOff()
    await answers(quill, 'cannot', NO)
    await wren.untilReads(wren.say('decide.count', { count: 2, of: 2 }))
  })

  it('[DE40] what they answered is on the other screens when the facilitator shows it, and the no stays in its own words', async () => {
    for (const person of [wren, dana, projector]) expect(await person.reads(NO)).toBe(false)
    await wren.button('decide.show').click()
    for (const person of [wren, dana]) await person.untilReads(NO)
    await wren.untilReads(wren.say('decide.split'))
    await wren.device.expectNoViolations()
  })

  it('[DE40] Dana says yes to her own promise, and her card says so everywhere', async () => {
    await dana.page.getByText(dana.say('promise.asked', { count: 1 })).click()
    await dana.page.getByRole('button', { name: /^Answer/ }).click()
    await dana.page.getByRole('dialog').getByText(dana.say('promise.answer.yes')).click()
    await dana.device.expectNoViolations()
    await dana.button('decide.give').click()
    for (const person of [wren, quill]) await person.untilReads(person.say('promise.yes', { name: 'Dana' }))
  })

  it('[DE35] [MT32] Dana breaks her promise into small steps and ticks one; Quill says that she keeps what is said', async () => {
    await (await dana.promiseField('I put Noa to bed')).click()
    for (const words of ['Bath at seven', 'A story']) {
      await dana.button('steps.add').click()
      await dana.page.locator('textarea:focus').waitFor()
      await dana.types(words)
    }
    await dana.page.getByRole('checkbox', { name: dana.say('steps.tick', { words: 'Bath at seven' }) }).check()
    await dana.device.expectNoViolations()
    await dana.device.expectNothingCutOff()
    await wren.untilReads(wren.say('confidence.notYet', { names: 'Wren and Quill' }))
    await quill.page.getByText(quill.say('confidence.ask')).click()
    await quill.device.expectNoViolations()
    await quill.button('confidence.keep').click()
    await wren.untilReads(wren.say('confidence.notYet', { names: 'Wren' }))
    const done = quill.page.getByRole('checkbox', { name: quill.say('steps.tick', { words: 'Bath at seven' }) })
    await expect.poll(() => done.isChecked()).toBe(true)
    expect(await done.isDisabled()).toBe(true)
    // Who is not writing any more is brought to their own part when the plan is sealed.
    await dana.button('common.close').click()
  })

  it('[RP20] [RP9] who leads reads the plan back and seals it; Dana finds her part, and signs on her phone', async () => {
    await wren.goesTo(new URL(wren.page.url()).pathname + '?show=recap')
    await wren.untilReads(wren.say('recap.intro'))
    await wren.untilReads(DECISION)
    await wren.device.expectNoViolations()
    const recap = wren.page.getByRole('region', { name: wren.say('room.plan'), exact: true })
    await recap.getByRole('button', { name: wren.say('seal.seal'), exact: true }).click()
    await wren.button('seal.sealYes').click()
    await wren.untilSealed(1)
    await dana.untilReads(dana.say('recap.myPart'))
    await dana.untilReads('I put Noa to bed at eight.')
    await dana.device.expectNoViolations()
    await dana.device.expectNothingCutOff()
    await dana.button('signature.sign').click()
    await dana.page.getByLabel(dana.say('signature.name')).fill('Dana Alder')
    await dana.device.expectNoViolations()
    const signing = /\/api\/meetings\/\w+\/signatures$/
    // The line breaks before it arrives: the page says that it did not work, and nothing is there.
    await dana.page.route(signing, (route) => route.abort(), { times: 1 })
    await dana.button('signature.sign').last().click()
    await dana.page.getByRole('alert').first().waitFor()
    expect(await wren.reads('Dana Alder')).toBe(false)
    // It breaks on the way back: it is there, once, and the page says so.
    await dana.page.route(signing, async (route) => void (await route.fetch(), await route.abort()), { times: 1 })
    await dana.button('signature.sign').last().click()
    await dana.page.getByText(dana.say('signature.youSigned', { moment: '' }).trim().split(',')[0]!).waitFor()
    await projector.untilReads('1 person signed.')
    await wren.untilReads('Dana Alder')
  })
})
