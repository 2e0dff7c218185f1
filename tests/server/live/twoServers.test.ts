import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addItem } from '../../../shared/plan'
import type { LivePage } from '../../support/livePage'
import { openPage } from '../../support/openPage'
import { admitted, type Someone, staff } from '../../support/people'
import { SeededRandom } from '../../support/seededRandom'
import { openTestStore, startTestApp, type TestApp } from '../../support/startTestApp'
import { addGoal } from '../../support/writing'

// Two whole servers over one database, as when an old one was not stopped.

const chance = new SeededRandom(21)
let store: Awaited<ReturnType<typeof openTestStore>>
let app: TestApp
let other: TestApp
let wren: Someone
let his: LivePage
let hers: LivePage

beforeAll(async () => {
  store = await openTestStore()
  const settings = { uri: store.uri, config: { masterKey: randomBytes(32) } }
  app = await startTestApp(settings)
  other = await startTestApp(settings)
  wren = await staff(app, 'Wren')
  await wren.createMeeting()
  his = await openPage(wren)
  hers = await openPage(await admitted(wren, 'Dana'))
})
afterAll(async () => {
  his.close()
  hers.close()
  await app.close()
  await other.close()
  await store.close()
})

/** The other server's copy may be old: then it is fenced off itself, and its second try has loaded anew. */
async function otherWrites(text: string): Promise<void> {
  const write = () =>
    other.app.parts.livePlans.edit(wren.meetingId, 'server', (doc) =>
      addItem(doc, 'goals', chance.id(), { order: 'a1', removed: false }, { words: text }),
    )
  await write().catch((error: unknown) => {
    expect(error).toMatchObject({ code: 'plan/unavailable' })
    return write()
  })
}

const words = (page: LivePage) => page.plan.goals.map((goal) => goal.words).sort()

test('[PL21] the second server writes; the first is fenced off, its pages come back, and everything is there', async () => {
  addGoal(hers.doc, chance, 'from the first server')
  await hers.untilSaved()
  for (let round = 1; round <= 3; round++) {
    await otherWrites(`from the second, ${round}`)
    addGoal(hers.doc, chance, `after it, ${round}`)
    await hers.until(
      (page) => page.closeCode === 4503 && page.allSaved && words(page).includes(`from the second, ${round}`),
    )
    hers.closeCode = undefined
    await his.until((page) => words(page).includes(`after it, ${round}`))
  }
  await expect.poll(() => words(his)).toEqual(words(hers))
  expect(words(hers)).toHaveLength(7)
  await otherWrites('the last')
  expect((await other.app.parts.livePlans.readPlan(wren.meetingId)).goals).toHaveLength(8)
})
