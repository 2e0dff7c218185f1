import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser'
import { KilledRoom } from '../support/killedRoom'
import { SeededRandom } from '../support/seededRandom'
import { RunningServer } from '../support/startServer'

describe('a server that is killed while three people write', () => {
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

  // Once here; `npm run test:long` kills it twenty times.
  it('[PL2] loses no word any page called saved, nor those written while it was gone', async () => {
    expect(await room.killAndRestart(new SeededRandom(1))).toBeGreaterThan(0)
  })

  it('[UI67] leaves nothing in any browser’s console but that the line was gone', () => {
    for (const { name, device } of room.people) expect({ [name]: device.troubles }).toEqual({ [name]: [] })
  })
})
