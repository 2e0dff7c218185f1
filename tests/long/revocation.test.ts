import { describe, expect, it } from 'vitest'
import { CHANNELS, tellTook, tryRevocations } from '../support/revocationTrials'
import { SeededRandom } from '../support/seededRandom'

/** As many as the promise says, on each wire. */
const TRIALS = 200

describe('a right that ends', () => {
  it.each(Object.keys(CHANNELS))('[AC61] ends on %s within a second, whatever it ends by', async (channel) => {
    const took = await tryRevocations(channel, TRIALS, new SeededRandom(Number(process.env.SEED ?? 8)))
    console.log(tellTook(channel, took))
    expect(took.at(-1)).toBeLessThanOrEqual(1_000)
  })
})
