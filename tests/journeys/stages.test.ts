import { beforeAll, describe, expect, it } from 'vitest'
import { Journey } from '../support/Journey'
import { type Facilitator, type Person } from '../support/room'

const GOAL = 'A bed for Noa'

describe('the stages of a meeting, on three screens', () => {
  const journey = Journey.begin()
  let wren: Facilitator
  let dana: Person
  let wall: Person

  beforeAll(async () => {
    wren = await journey.startsMeeting('Where does Noa sleep?')
    dana = await journey.comes('Dana')
    wall = await wren.opensProjector()
  })

  /** With the keys alone: focus comes to it, and Enter presses it. */
  async function presses(name: string | RegExp): Promise<void> {
    const button = wren.page.getByRole('button', { name }).first()
    await button.focus()
    await wren.page.keyboard.press('Enter')
  }
  const reads = (person: Person, words: string | RegExp) => person.page.getByText(words).first().waitFor()

  it('[MT10] begins, gives time and goes on by keyboard, and the phone and the wall say what the meeting is at', async () => {
    await presses('Begin: Introduction')
    await reads(dana, 'Now: getting to know each other, 1 of 6')
    await wall.page.getByRole('heading', { name: 'What holds for all of us' }).waitFor()
    await reads(wall, '10 min left')
    await presses('5 minutes')
    await reads(wall, '15 min left')
    await presses('Pause for the interpreter')
    await reads(dana, 'One moment: the interpreter is speaking.')
    await presses('Go on')
    await reads(dana, 'We are on “Why we meet”')
    await presses('Next: Situation')
    await reads(dana, 'Now: hearing what happened, 2 of 6')
    await wren.page.getByRole('button', { name: 'Next: Assessment' }).waitFor()
    await presses(/^\d? ?Decision/)
    await reads(dana, 'We are on “What we hope for”')
    await wren.page
      .getByRole('timer')
      .filter({ hasText: /^\s*1[45]:/ })
      .waitFor()
    await wren.device.expectNoViolations()
    await dana.device.expectNoViolations()
  })

  it('[MT10] points at an item; the phone goes there only when its owner wants to', async () => {
    await wren.addsGoal(GOAL)
    await dana.untilReads(GOAL)
    await presses('Look here')
    await reads(dana, 'Wren points at “A bed for Noa”')
    await reads(dana, 'We are on “A bed for Noa”')
    expect(await wren.page.getByText('Wren points at').count()).toBe(0)
    await dana.page.getByRole('button', { name: 'Go there' }).click()
    expect(await dana.page.getByText('Wren points at').count()).toBe(0)
    await presses('Stop pointing here')
    await reads(dana, 'We are on “What we hope for”')
  })

  it('[MT11] from the phone one asks to speak, and by keyboard one is given the word', async () => {
    await dana.page.getByRole('link', { name: 'Speak', exact: true }).click()
    await dana.page.getByRole('button', { name: 'I would like to speak' }).click()
    await presses('Give Dana the word')
    await reads(dana, 'It is your turn to speak.')
    await reads(wren, 'Dana has the word.')
    await dana.device.expectNoViolations()
    await dana.page.getByRole('button', { name: 'I have finished, or skip me' }).click()
    await reads(dana, 'Nobody has a hand up.')
  })
})
