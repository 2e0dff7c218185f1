import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LivePage } from '../../support/livePage'
import { openPage } from '../../support/openPage'
import { admitted, type Someone, staff } from '../../support/people'
import { SeededRandom } from '../../support/seededRandom'
import { startTestApp, type TestApp } from '../../support/startTestApp'
import { startStoreProcess, type StoreProcess } from '../../support/storeProcess'
import { startStoreProxy } from '../../support/storeProxy'
import { addGoal } from '../../support/writing'

// The store stands still, a line to it is cut, or it is killed: a real store process behind a real proxy.

const HOLD_MS = 1_500
const chance = new SeededRandom(20)
let dataDir: string
let store: StoreProcess
let proxy: Awaited<ReturnType<typeof startStoreProxy>>
let app: TestApp
let wren: Someone
let his: LivePage
let hers: LivePage

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'ourplan-held-'))
  store = await startStoreProcess(dataDir)
  proxy = await startStoreProxy(store.uri)
  app = await startTestApp({ uri: proxy.uri })
  wren = await staff(app, 'Wren')
  await wren.createMeeting()
  his = await openPage(wren)
  hers = await openPage(await admitted(wren, 'Dana'))
})
afterAll(async () => {
  his.close()
  hers.close()
  await app.close()
  await proxy.close()
  await store.stop()
  await rm(dataDir, { recursive: true })
})

const words = (page: LivePage) => page.plan.goals.map((goal) => goal.words).sort()

/** Everything that happens in a page while the store is held. */
async function whileHeld(work: () => void): Promise<void> {
  proxy.hold()
  work()
  await new Promise((resolve) => setTimeout(resolve, HOLD_MS))
}

test('[PL20] while the store is held nothing is called saved and no other screen changes; then everything is', async () => {
  const before = { saved: hers.saved, words: words(his) }
  await whileHeld(() => {
    for (let n = 0; n < 5; n++) addGoal(hers.doc, chance, `held ${n}`)
  })
  expect(hers.sent).toBeGreaterThan(before.saved)
  expect(hers.saved).toBe(before.saved)
  expect(words(his)).toEqual(before.words)
  proxy.release()
  await hers.untilSaved()
  await his.until((page) => words(page).includes('held 4'))
})

test('[PL20] the line to the store is cut in the middle of a commit: it is stored once, and nothing is lost', async () => {
  await whileHeld(() => addGoal(hers.doc, chance, 'cut off'))
  proxy.release()
  proxy.cut()
  addGoal(hers.doc, chance, 'after the cut')
  await hers.until((page) => page.allSaved, 25_000)
  await his.until((page) => words(page).includes('after the cut'))
  expect(words(his).filter((text) => text === 'cut off')).toHaveLength(1)
})

test('[PL2] the store is killed and starts again while people write: every acknowledged word is there', async () => {
  for (let round = 0; round < 3; round++) {
    for (let n = 0; n < 5; n++) addGoal(hers.doc, chance, `killed ${round} ${n}`)
    await store.kill()
    store = await startStoreProcess(dataDir, store.port)
    await hers.until((page) => page.allSaved, 25_000)
  }
  const plan = await wren.call('readPlan', { params: { meetingId: wren.meetingId } })
  for (let round = 0; round < 3; round++) {
    for (let n = 0; n < 5; n++) expect(plan.goals.map((goal) => goal.words)).toContain(`killed ${round} ${n}`)
  }
})
