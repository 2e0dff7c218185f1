import { beforeAll, describe, expect, it } from 'vitest'
import { Journey } from '../../support/Journey'
import { type Facilitator, type Person } from '../../support/room'

const IDEA = 'A dog for Miles'

describe('what waits for later, at Miles’s family’s meeting', () => {
  const journey = Journey.begin()
  let wren: Facilitator
  let dana: Person

  beforeAll(async () => {
    wren = await journey.opensMeeting()
    dana = await journey.comes('Dana')
  })

  it('[MT44] an idea is parked with one press, which can be undone at once; the wall counts it', async () => {
    await dana.addsLine('ideas', IDEA)
    await dana.button('aside.pile.parked').click()
    await dana.untilReads(dana.say('aside.isParked', { words: IDEA }))
    await dana.button('common.undo').and(dana.page.locator(':focus')).click()
    await dana.button('aside.pile.parked').click()
    const wall = await wren.opensProjector()
    await wall.untilReads(wall.say('aside.parkedIdeas', { count: 1 }))
    expect(await wall.reads(IDEA)).toBe(false)
    await dana.page.getByText(`${dana.say('aside.pile.parked')} (1)`).click()
    await (await dana.item(IDEA)).getByRole('textbox').click()
    await dana.device.expectNoViolations()
    await dana.button('aside.pile.now').click()
    await wall.untilReads(IDEA)
  })

  it('[MT44] a hope is kept for later, folded below the others, and taken up again', async () => {
    await wren.goalField(1).click()
    await wren.button('aside.putLater').click()
    await wren.page.getByText(`${wren.say('aside.goals')} (1)`).click()
    await dana.page.getByText(`${dana.say('aside.goals')} (1)`).waitFor()
    await wren.device.expectNoViolations()
    await wren.button('common.undo').click()
    await dana.page.getByText(`${dana.say('aside.goals')} (1)`).waitFor({ state: 'detached' })
  })
})
