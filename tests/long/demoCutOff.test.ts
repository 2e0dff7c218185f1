import { expect, it } from 'vitest'
import { readDemo } from '../support/readDemo'
import { seedDemoIn, tellCutOff } from '../support/seedDemoIn'
import { SeededRandom } from '../support/seededRandom'
import { startTestApp } from '../support/startTestApp'

it('[ME47] a start that is cut off every few steps leaves the demo whole in the end', async () => {
  const [whole, cut] = await Promise.all([startTestApp(), startTestApp()])
  await seedDemoIn(whole)
  const starts = await tellCutOff(cut, new SeededRandom(Number(process.env.SEED ?? 47)), 20)
  expect(starts).toBeGreaterThan(20)
  expect(await readDemo(cut)).toEqual(await readDemo(whole))
  await Promise.all([whole.close(), cut.close()])
})
