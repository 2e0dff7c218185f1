import { afterAll, beforeAll, expect, it } from 'vitest'
import { Guessing } from '../support/guessing'
import { staff } from '../support/people'
import { startTestApp, type TestApp } from '../support/startTestApp'

const TRIES = 500

let app: TestApp

beforeAll(async () => {
  app = await startTestApp({ config: { trustProxy: 1 }, clock: () => new Date('2027-03-02T17:00:00Z') })
})
afterAll(() => app.close())

it(`[ME63] codes that open nothing take the same time: medians of ${TRIES} within 10 %`, async () => {
  const { medians } = await new Guessing(app, await staff(app, 'Wren')).timeDeadCodes(TRIES)
  console.info(`A code that never was ${medians[0].toFixed(2)} ms, one that ended ${medians[1].toFixed(2)} ms`)
  expect(Math.max(...medians) / Math.min(...medians)).toBeLessThan(1.1)
})
