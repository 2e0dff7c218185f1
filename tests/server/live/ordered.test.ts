import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type * as Y from 'yjs'
import { addItem, choose, findText } from '../../../shared/plan'
import { openPage } from '../../support/openPage'
import { admitted, refusal, type Someone, staff } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

const GOAL = 'g'.repeat(16)
const ORDER = 'o'.repeat(16)
const PLAIN = 'p'.repeat(16)
const placed = { order: 'a0', removed: false }
const promise = { ...placed, goal: GOAL, column: 'family', who: 'Dana', whoId: null, due: null } as const

describe('what a court ordered', () => {
  let app: TestApp
  let wren: Someone
  let dana: Someone

  beforeAll(async () => {
    app = await startTestApp()
    wren = await staff(app, 'Wren')
  })
  afterAll(() => app.close())
  beforeEach(async () => {
    await wren.createMeeting()
    await app.app.parts.livePlans.edit(wren.meetingId, wren.participantId, (doc) => {
      addItem(doc, 'goals', GOAL, placed, { words: 'A safe home' })
      addItem(doc, 'actions', ORDER, { ...promise, ordered: true }, { words: 'Go to the class' })
      addItem(doc, 'actions', PLAIN, promise, { words: 'Call' })
    })
    dana = await admitted(wren, 'Dana')
  })

  /** What the server says to a page that tries this. */
  async function tried(someone: Someone, change: (doc: Y.Doc) => void): Promise<string> {
    const page = await openPage(someone)
    change(page.doc)
    await page.until(({ refused, allSaved }) => refused !== undefined || allSaved)
    const said = page.refused ?? 'saved'
    page.close()
    return said
  }
  const orderNow = async () => (await wren.call('readPlan', { params: { meetingId: wren.meetingId } })).actions

  const changes: [string, (doc: Y.Doc) => void][] = [
    ['words are added', (doc) => findText(doc, `actions/${ORDER}/words`)!.insert(0, 'Do not ')],
    ['words are taken away', (doc) => findText(doc, `actions/${ORDER}/words`)!.delete(0, 2)],
    ['it is another day', (doc) => choose(doc, 'actions', ORDER, { due: '2027-03-09' })],
    ['it is another hour', (doc) => choose(doc, 'actions', ORDER, { starts: '09:00' })],
    ['it is removed', (doc) => choose(doc, 'actions', ORDER, { removed: true })],
    ['it is let go of', (doc) => choose(doc, 'actions', ORDER, { state: 'withdrawn' })],
    ['it is no order any more', (doc) => choose(doc, 'actions', ORDER, { ordered: false })],
    ['another promise becomes an order', (doc) => choose(doc, 'actions', PLAIN, { ordered: true })],
  ]
  test.each(changes)('[DE20] is changed by nobody of the family, whatever their page sends: %s', async (_, change) => {
    const before = await orderNow()
    expect(await tried(dana, change)).toBe('plan/ordered')
    expect(await orderNow()).toEqual(before)
  })

  test('[DE21] is changed by child welfare, probation and who leads, and by no other agency', async () => {
    const agency = async (name: string, of: 'child-welfare' | 'probation' | 'school') => {
      const someone = await admitted(wren, name, 'agency')
      await wren.admit(someone, 'agency', of)
      return someone
    }
    const later = (day: string) => (doc: Y.Doc) => choose(doc, 'actions', ORDER, { due: day })
    expect(await tried(await agency('Lund', 'school'), later('2027-03-01'))).toBe('plan/ordered')
    expect(await tried(await agency('Quill', 'child-welfare'), later('2027-03-02'))).toBe('saved')
    expect(await tried(await agency('Stone', 'probation'), later('2027-03-03'))).toBe('saved')
    expect(await tried(wren, later('2027-03-04'))).toBe('saved')
  })

  test('[DE22] the family goes on writing everything else, who does it and its own language’s words included', async () => {
    expect(await tried(dana, (doc) => findText(doc, `actions/${PLAIN}/words`)!.insert(0, 'I '))).toBe('saved')
    expect(await tried(dana, (doc) => findText(doc, `actions/${ORDER}/other`)!.insert(0, 'Ir a la clase'))).toBe(
      'saved',
    )
    expect(await tried(dana, (doc) => addItem(doc, 'worries', 'w'.repeat(16), placed, { words: 'It is far' }))).toBe(
      'saved',
    )
  })

  test('[DE23] is not changed by bringing back what an earlier version said either', async () => {
    const params = { meetingId: wren.meetingId }
    const body = { kind: 'checkpoint', label: 'Before', basedOn: 0 } as const
    const { id: versionId } = await wren.call('makeVersion', { params, body })
    expect(await tried(wren, (doc) => choose(doc, 'actions', ORDER, { due: '2027-03-09' }))).toBe('saved')
    const bring = (someone: Someone) =>
      someone.call('restore', { params, body: { versionId, item: { kind: 'actions', id: ORDER } } })
    expect(await refusal(bring(dana))).toBe('plan/ordered')
    expect((await bring(wren)).actions.find(({ id }) => id === ORDER)!.due).toBeNull()
  })
})
