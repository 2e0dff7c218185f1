import { describe, expect, it } from 'vitest'
import { CHANNELS, tellTook, tryRevocations } from '../../support/revocationTrials'
import { SeededRandom } from '../../support/seededRandom'

/** Each cause once or twice; two hundred a wire are in the long tests. */
const TRIALS = 6

describe('a right that ends', () => {
  it.each(Object.keys(CHANNELS))(
    '[AC61] ends on %s within a second, whatever it ends by',
    async (channel) => {
      const took = await tryRevocations(channel, TRIALS, new SeededRandom(8))
      console.log(tellTook(channel, took))
      expect(took.at(-1)).toBeLessThanOrEqual(1_000)
    },
    120_000,
  )
})
