import { it } from 'vitest'
import { type Look, StoryDay } from './StoryDay'

/** All meetings of one story, every word of them by key, ms. */
const LONGEST_MS = 600_000

/** At each moment of a meeting every screen can be used by everybody, and nothing stands out of a phone. */
const look: Look = async (_moment, screens) => {
  for (const { device } of screens) {
    await device.expectNoViolations()
    await device.expectNothingCutOff()
  }
}

/**
 * One family's meetings, from the door to the sealed plan, as a test.
 *
 * @param title begins with the rule it shows
 */
export function tellWhole(title: string, ...meetings: ((day: StoryDay, look: Look) => Promise<void>)[]): void {
  it(title, { timeout: LONGEST_MS }, async ({ onTestFinished }) => {
    const day = await StoryDay.begin('2027-02-09T15:30:00-08:00')
    onTestFinished(() => day.close())
    for (const meeting of meetings) await meeting(day, look)
    await day.goesHome()
  })
}
