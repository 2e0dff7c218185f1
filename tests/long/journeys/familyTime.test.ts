import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { Journey } from '../../support/Journey'
import { type Facilitator, type Person } from '../../support/room'

const WORRY = 'Mama is afraid at night'
const GOAL = 'Sleep at aunt Rosas'
const STEP = 'Rosa makes up the sofa bed'
const UNSAVED = 'Our caseworker visits'

/** Everything a page receives from now on, over every wire, as text. */
function listenTo(page: Page): { heard(words: string): boolean } {
  const received: string[] = []
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => received.push(payload.toString('latin1' as never))),
  )
  page.on('response', (response) => {
    if (response.url().includes('/api/'))
      void response.text().then(
        (text) => received.push(text),
        () => undefined,
      )
  })
  return { heard: (words) => received.some((text) => text.includes(words)) }
}

describe('private family time, on five screens', () => {
  const journey = Journey.asOneStory()
  let wren: Facilitator
  let dana: Person
  let rosa: Person
  let quill: Person
  let projector: Person
  let quills: ReturnType<typeof listenTo>

  beforeAll(async () => {
    wren = await journey.startsMeeting('Where does Noa sleep?')
    dana = await journey.comes('Dana')
    rosa = await journey.comes('Rosa')
    quill = await journey.person('Quill', 'laptop')
    quills = listenTo(quill.page)
    await quill.comesForAgency(journey.code, 'child-welfare')
    await journey.letsIn(quill)
    projector = await wren.opensProjector()
    // What was asked in the moment before the curtain fell is answered behind it: not now.
    wren.device.expects(/status of 409 .*\/(decision|promises|scales?)\)/)
  })

  const curtain = (person: Person) => person.page.getByRole('heading', { name: person.say('familyTime.curtain') })
  const bring = (person: Person, key: 'bring' | 'bringGoal', words: string) =>
    person.page.getByRole('button', { name: `${person.say(`familyTime.${key}`)}: ${words}` })

  it('[FT11] puts a curtain before every professional and the wall at once, and leaves the family by itself', async () => {
    await wren.addsGoal('A bed for Noa')
    await quill.untilReads('A bed for Noa')
    await wren.button('familyTime.start').click()
    for (const person of [wren, quill, projector]) {
      await curtain(person).waitFor({ timeout: 1_500 })
      expect(await person.reads('A bed for Noa')).toBe(false)
      await person.device.expectNoViolations()
    }
    await wren.page.getByText(wren.say('familyTime.running', { time: '\0', minutes: 0 }).split('\0')[0]!).waitFor()
    for (const person of [dana, rosa]) {
      await person.page.getByRole('heading', { name: person.say('room.family') }).waitFor()
      await person.untilReads(person.say('familyTime.readers', { names: 'Dana and Rosa' }))
      await person.device.expectNoViolations()
      await person.device.expectNothingCutOff()
    }
  })

  it('[FT82] holds for every tab of a person: a professional’s show the curtain, the family’s go on together', async () => {
    const quills = await quill.opensTab()
    await curtain(quills).waitFor()
    const danas = await dana.opensTab()
    await danas.page.getByRole('heading', { name: danas.say('room.family') }).waitFor()
    await danas.addsLine('ideas', 'Sleep over on Fridays')
    await danas.untilSaved()
    await dana.untilReads('Sleep over on Fridays')
    await dana.goesToTheEndOf(dana.page.getByLabel(dana.say('plan.hint.ideas')))
    await dana.types(' and Saturdays')
    await danas.untilReads('Sleep over on Fridays and Saturdays')
    await dana.untilSaved()
    await wren.button('familyTime.end').click()
    await quills.untilReads('A bed for Noa')
    await wren.button('familyTime.start').click()
    for (const person of [wren, quill, quills]) await curtain(person).waitFor({ timeout: 1_500 })
    expect(await quills.reads('A bed for Noa')).toBe(false)
    danas.device.expectNoTroubles()
    for (const tab of [quills, danas]) await tab.page.close()
  })

  it('[FT12] stays when a professional loads the page anew, or comes by another address of it', async () => {
    await quill.page.reload()
    await curtain(quill).waitFor()
    await quill.goesTo(`/m/${quill.meetingId}?show=family`)
    await curtain(quill).waitFor()
    expect(await quill.reads('A bed for Noa')).toBe(false)
  })

  it('[FT13][FT81] lets the family write on its own page, together, and bring what they choose into the plan', async () => {
    await dana.addsLine('worries', WORRY)
    await rosa.untilReads(WORRY)
    await rosa.button('plan.addFirstGoal').click()
    await rosa.types(GOAL)
    await rosa.untilSaved()
    await dana.untilReads(GOAL)
    await dana.addsStep(1, STEP)
    await dana.untilSaved()
    await rosa.untilReads(STEP)

    // Without a line, and looking at something else meanwhile.
    dana.device.expectsLostLine()
    await dana.page.context().setOffline(true)
    await dana.addsLine('strengths', 'Noa asks for help')
    for (const part of ['people', 'plan'] as const) {
      await dana.opensPart(part)
      await dana.untilBadge('not-saved')
    }
    await dana.page.context().setOffline(false)
    await rosa.untilReads('Noa asks for help')
    await dana.untilSaved()
    await dana.opensPart('family')
    await dana.untilReads('Noa asks for help')

    await bring(rosa, 'bringGoal', GOAL).click()
    // What one phone brought, the other cannot bring again.
    await bring(dana, 'bringGoal', GOAL).waitFor({ state: 'detached' })
    await rosa.untilSaved()
    await dana.device.expectNoViolations()
    await dana.device.expectNothingCutOff()

    await rosa.opensPart('plan')
    await rosa.untilReadsAll(['A bed for Noa', GOAL, STEP])
    expect(await rosa.reads(WORRY)).toBe(false)
    await rosa.opensPart('family')
    await rosa.untilReads(WORRY)
  })

  it('[FT14] ends when the family says it is ready: the plan is back on every screen with what was brought, and nothing else', async () => {
    await rosa.button('familyTime.ready').click()
    await rosa.button('familyTime.readyYes').click()
    for (const person of [wren, quill, projector]) await person.untilReadsAll(['A bed for Noa', GOAL, STEP])
    for (const person of [wren, quill, projector]) expect(await person.reads(WORRY)).toBe(false)
    const plan = await wren.storedPlan()
    expect(plan.goals.filter(({ words }) => words === GOAL)).toHaveLength(1)
    expect(JSON.stringify(plan)).not.toContain(WORRY)
    // The family's page stays theirs.
    await dana.untilReads(dana.say('familyTime.over'))
    await dana.untilReads(WORRY)
    await quill.untilSaved()
    expect(quills.heard(GOAL)).toBe(true)
    expect(quills.heard(WORRY)).toBe(false)
    // An address that is not theirs leads professionals to the plan.
    await quill.goesTo(`/m/${quill.meetingId}?show=family`)
    await quill.untilReads(GOAL)
    expect(quills.heard(WORRY)).toBe(false)
  })

  it('[FT15] keeps what a professional had not saved when the curtain fell, and offers it back', async () => {
    await quill.untilSaved()
    quill.device.expectsLostLine()
    await quill.page.context().setOffline(true)
    await quill.untilBadge('offline')
    await quill.addsLine('ideas', UNSAVED)
    await wren.button('familyTime.start').click()
    await curtain(wren).waitFor()
    await quill.page.context().setOffline(false)
    await curtain(quill).waitFor()
    await quill.untilReads(quill.say('familyTime.kept'))
    await wren.button('familyTime.end').click()
    await quill.page.getByRole('heading', { name: /^Your words from/ }).waitFor()
    await quill.untilReads(UNSAVED)
    await quill.button('plan.addThemAgain').click()
    await wren.untilReads(UNSAVED)
    expect((await wren.storedPlan()).ideas.map(({ words }) => words)).toEqual([UNSAVED])
    for (const { device } of [wren, dana, rosa, projector]) device.expectNoTroubles()
  })
})
