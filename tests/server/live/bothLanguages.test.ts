import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { findText } from '../../../shared/plan'
import { openPage } from '../../support/openPage'
import { admitted, staff, type Someone } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

const ID = 'breakfast0000000'
const OTHER = `strengths/${ID}/other`

let app: TestApp
let wren: Someone
let vega: Someone

beforeAll(async () => {
  app = await startTestApp()
  wren = await staff(app, 'Wren')
  await wren.createMeeting()
  vega = await admitted(wren, 'Vega', 'interpreter')
  await app.app.parts.livePlans.edit(wren.meetingId, wren.participantId, (doc) => {
    // As items were before there were two languages side by side.
    const said = { order: 'a0', removed: false, who: 'Pilar', day: null, words: new Y.Text('Desayuno a las 7:15.') }
    doc.getMap('strengths').set(ID, new Y.Map(Object.entries(said)))
  })
})
afterAll(() => app.close())

const storedStrengths = async () => (await wren.call('readPlan', { params: { meetingId: wren.meetingId } })).strengths

describe('words in the other language', () => {
  it('[LG1] are begun by the interpreter also in an item that has no place for them yet, and arrive live', async () => {
    expect(await storedStrengths()).toMatchObject([{ words: 'Desayuno a las 7:15.', other: '', language: null }])
    const [hers, elsewhere] = await Promise.all([openPage(vega), openPage(wren)])
    hers.doc.getMap<Y.Map<unknown>>('strengths').get(ID)!.set('other', new Y.Text())
    findText(hers.doc, OTHER)!.insert(0, 'Breakfast at 7:15.')
    await elsewhere.until(({ doc }) => findText(doc, OTHER)?.toString() === 'Breakfast at 7:15.')
    expect(await storedStrengths()).toMatchObject([{ words: 'Desayuno a las 7:15.', other: 'Breakfast at 7:15.' }])
    for (const page of [hers, elsewhere]) page.close()
  })

  it('[LG1] are begun once: nobody sets another text in their place', async () => {
    const again = await openPage(wren)
    again.doc.getMap<Y.Map<unknown>>('strengths').get(ID)!.set('other', new Y.Text('Instead'))
    await again.until(({ refused }) => refused === 'plan/shape')
    expect(await storedStrengths()).toMatchObject([{ other: 'Breakfast at 7:15.' }])
    again.close()
  })
})
