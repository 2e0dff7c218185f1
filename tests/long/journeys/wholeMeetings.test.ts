import { afterEach, beforeEach, describe, it } from 'vitest'
import { alderInApril, alderInMarch } from '../../support/story/alder'
import { lunaMoralesInMarch, lunaMoralesInMay } from '../../support/story/lunaMorales'
import { okaforHarperInFebruary, okaforHarperInMay } from '../../support/story/okaforHarper'
import { type Look, StoryDay } from '../../support/story/StoryDay'

/** Two whole meetings, every word of them by key, ms. */
const LONGEST_MS = 600_000

/** At each moment of a meeting every screen can be used by everybody, and nothing stands out of a phone. */
const look: Look = async (_moment, screens) => {
  for (const { device } of screens) {
    await device.expectNoViolations()
    await device.expectNothingCutOff()
  }
}

describe('three families, from the door to the sealed plan', { timeout: LONGEST_MS }, () => {
  let day: StoryDay
  beforeEach(async () => {
    day = await StoryDay.begin('2027-02-09T15:30:00-08:00')
  })
  afterEach(() => day?.close())

  it('[FM1] Dana would have to be in two places at once three times a week; in April nowhere any more', async () => {
    await alderInMarch(day, look)
    await alderInApril(day, look)
    await day.goesHome()
  })

  it('[FM2] Vega interprets each line, Tomás does not agree and is heard, and Elena takes a permission back', async () => {
    await lunaMoralesInMarch(day, look)
    await lunaMoralesInMay(day, look)
    await day.goesHome()
  })

  it('[FM3] Jules’s team comes from knowing each other to going on without it, and sees that it is 24 days late', async () => {
    await okaforHarperInFebruary(day, look)
    await okaforHarperInMay(day, look)
    await day.goesHome()
  })
})
