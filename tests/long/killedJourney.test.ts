import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser'
import { KilledRoom } from '../support/killedRoom'
import { SeededRandom } from '../support/seededRandom'
import { RunningServer } from '../support/startServer'

const KILLS = 20

let server: RunningServer
let browser: Browser
let room: KilledRoom

beforeAll(async () => {
  ;[server, browser] = await Promise.all([RunningServer.start(), launchBrowser()])
  room = await KilledRoom.open(server, browser)
})
afterAll(async () => {
  await browser?.close()
  await room?.close()
  await server?.close()
})

it(`[PL2] ${KILLS} kills while three people write cost none of them a word`, async () => {
  let acknowledged = 0
  for (let seed = 1; seed <= KILLS; seed += 1) acknowledged += await room.killAndRestart(new SeededRandom(seed))
  console.info(`${KILLS} kills, ${acknowledged} words acknowledged before them, none lost`)
  expect(acknowledged).toBeGreaterThan(KILLS)
})
