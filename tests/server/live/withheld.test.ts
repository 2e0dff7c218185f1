import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Part } from '../../../shared/part'
import { addItem } from '../../../shared/plan'
import { CanaryWords } from '../../support/CanaryWords'
import { Ears } from '../../support/Ears'
import type { LivePage } from '../../support/livePage'
import { openPage } from '../../support/openPage'
import { admitted, comesForAgency, type Someone, staff } from '../../support/people'
import { SeededRandom } from '../../support/seededRandom'
import { signedRelease } from '../../support/signedRelease'
import { startTestApp, type TestApp } from '../../support/startTestApp'

let app: TestApp
let wren: Someone
let dana: Someone
let park: Someone
const words = new CanaryWords()
const chance = new SeededRandom(83)

beforeAll(async () => {
  app = await startTestApp()
  wren = await staff(app, 'Wren')
  await wren.createMeeting()
  dana = await admitted(wren, 'Dana')
  park = await staff(app, 'Park', { duty: 'agency', agency: 'mental-health' })
  await comesForAgency(wren, park, 'mental-health')
})
afterAll(() => app.close())

/** The database takes its time with one person's rights. @returns what lets it answer */
function slowToAnswer({ cookie }: Someone): () => void {
  const { access } = app.app.parts
  const { visit } = access
  let answer = (): void => undefined
  const held = new Promise<void>((resolve) => (answer = resolve))
  access.visit = async (...asked) => {
    if (asked[0] === cookie) await held
    return visit(...asked)
  }
  return () => {
    access.visit = visit
    answer()
  }
}

/** Dana writes; resolves when it is stored, and told to whoever is told. */
async function write(page: LivePage): Promise<string> {
  const word = words.next()
  addItem(page.doc, 'ideas', chance.id(), { order: 'a0', removed: false }, { words: word })
  await page.untilSaved()
  return word
}

/** Park hears Dana's part, then his rights are asked about by `change`, and the answer takes long. */
async function whileRightsAreAsked(change: (revoke: () => Promise<void>) => Promise<unknown>) {
  const { part, revoke } = await signedRelease(dana, { section: 'health', recipients: ['mental-health'] })
  const ears = new Ears(park, words)
  const path = (of: Part) => `/live/${dana.meetingId}/${of.section}.${of.subject}/1`
  await ears.listen(path(part))
  const before = await write(await openPage(dana, part))
  await expect.poll(() => ears.heard).toContain(before)
  const answer = slowToAnswer(park)
  await change(revoke)
  const meanwhile = await write(await openPage(dana, part))
  expect(ears.heard).not.toContain(meanwhile)
  answer()
  return { ears, meanwhile, path: path(part), revoke }
}

describe('while it is asked whether somebody may still read', () => {
  it('[AC83] what others write waits, and never reaches who may not any more', async () => {
    const { ears, meanwhile, path } = await whileRightsAreAsked((revoke) => revoke())
    // Closed by now, or refused: either way after all that was to come.
    await ears.listen(path)
    await ears.get(`/api/meetings/${dana.meetingId}/plan?part=${path.split('/')[3]}`)
    expect(ears.heard).not.toContain(meanwhile)
    ears.close()
  })

  it('[AC83] what others write is not lost to who still may', async () => {
    const { ears, meanwhile, revoke } = await whileRightsAreAsked(async () => {
      app.app.parts.access.changes.emit('changed', { meetingId: dana.meetingId })
    })
    await expect.poll(() => ears.heard).toContain(meanwhile)
    await revoke()
    ears.close()
  })
})
