import { Types } from 'mongoose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type VersionContent, versionModel } from '../../../server/versions/versionModel'
import { versionSeals } from '../../../server/versions/versionSeals'
import { addItem, choose } from '../../../shared/plan'
import { openPage, startPage } from '../../support/openPage'
import { admitted, type Someone, staff } from '../../support/people'
import { PlainPhone } from '../../support/plainPhone'
import { startTestApp, type TestApp } from '../../support/startTestApp'

const GOAL = 'g'.repeat(16)
const PROMISE = 'd'.repeat(16)
const FIRST = '1'.repeat(16)
const SECOND = '2'.repeat(16)

describe('small steps', () => {
  let app: TestApp
  let wren: Someone
  let dana: Someone
  let familyId: string
  const params = () => ({ meetingId: wren.meetingId })
  const readPlan = () => wren.call('readPlan', { params: params() })
  async function seal() {
    const [latest] = (await wren.call('listVersions', { params: params() })).versions
    const body = { kind: 'sealed', label: 'What we agreed', basedOn: latest?.number ?? 0 } as const
    return wren.call('makeVersion', { params: params(), body })
  }

  beforeAll(async () => {
    app = await startTestApp()
    wren = await staff(app, 'Wren')
  })
  afterAll(() => app.close())
  beforeEach(async () => {
    familyId = (await wren.createFamily()).id
    await wren.createMeeting({ familyId })
    dana = await admitted(wren, 'Dana')
    await app.app.parts.livePlans.edit(wren.meetingId, wren.participantId, (doc) => {
      const placed = { order: 'a0', removed: false }
      const promise = { ...placed, goal: GOAL, column: 'family' as const, who: 'Dana', whoId: null, due: null }
      addItem(doc, 'goals', GOAL, placed, { words: 'A safe home' })
      addItem(doc, 'actions', PROMISE, { ...promise, counts: 'calworks' }, { words: 'Light in the flat' })
    })
  })

  /** Dana breaks her promise into two steps, and does the first. */
  async function writeSteps() {
    const page = await openPage(dana)
    const step = { removed: false, action: PROMISE }
    addItem(
      page.doc,
      'steps',
      FIRST,
      { ...step, order: 'a0', language: 'en' },
      { words: 'Find the bill', other: 'Buscar la factura' },
    )
    addItem(page.doc, 'steps', SECOND, { ...step, order: 'a1' }, { words: 'Call the power company' })
    choose(page.doc, 'steps', FIRST, { state: 'done', closedOn: '2027-03-03' })
    await page.untilSaved()
    return page
  }

  test('[DE35] a promise is broken into small steps on any page, each done or not yet; they are sealed, compared and carried on', async () => {
    const before = await wren.call('makeVersion', {
      params: params(),
      body: { kind: 'checkpoint', label: 'A copy', basedOn: 0 },
    })
    const page = await writeSteps()
    const told = [
      { id: FIRST, words: 'Find the bill', state: 'done', closedOn: '2027-03-03' },
      { id: SECOND, words: 'Call the power company', state: 'open', closedOn: null },
    ]
    expect((await readPlan()).steps).toMatchObject(told)
    page.close()
    const { id } = await seal()
    expect((await dana.call('readVersion', { params: { versionId: id } })).plan.steps).toMatchObject(told)
    const { diff, headings } = await dana.call('compareVersions', {
      params: { versionId: id },
      query: { from: before.id },
    })
    expect(diff.items.map(({ kind, id, what }) => [kind, id, what])).toEqual([
      ['steps', FIRST, ['added', 'done']],
      ['steps', SECOND, ['added']],
    ])
    expect(headings).toMatchObject([{ kind: 'actions', id: PROMISE, words: 'Light in the flat' }])
    await wren.call('amend', { params: params(), body: { reason: 'One more step' } })
    expect((await readPlan()).steps).toMatchObject(told)
  })

  test('[DE35] a phone without scripts reads them, and for whose hours a promise counts too, in both languages', async () => {
    await writeSteps()
    const phone = new PlainPhone(app, 'Rosa')
    const code = (await wren.read()).joining!.code!
    await phone.join(code)
    await wren.admit(phone)
    await phone.open(`/j/${code}/plan?lang=en`)
    expect(phone.words).toContain('Its hours count for CalWORKs too')
    expect(phone.words).toMatch(/Small steps Done: Find the bill\s*Buscar la factura Not yet: Call the power company/)
    await phone.open(`/j/${code}/plan?lang=es`)
    expect(phone.words).toContain('Sus horas también cuentan para CalWORKs')
    expect(phone.words).toMatch(/Pasos pequeños Hecho: Buscar la factura\s*Find the bill Todavía no: Call/)
  })

  test('[DE36] a step of another shape, or in another part of the plan, is refused', async () => {
    const page = await writeSteps()
    for (const bad of [{ state: 'half' }, { action: 'no promise' }]) {
      const forging = await startPage(dana)
      await forging.until(({ provider }) => provider.synced)
      choose(forging.doc, 'steps', FIRST, bad)
      await forging.until(({ refused }) => refused === 'plan/shape')
      forging.close()
    }
    const prep = await openPage(wren, { section: 'prep', subject: null })
    addItem(prep.doc, 'steps', FIRST, { order: 'a0', removed: false, action: PROMISE }, { words: 'In secret' })
    await prep.until(({ refused }) => refused === 'plan/shape')
    prep.close()
    page.close()
    expect((await readPlan()).steps.map(({ words, state }) => [words, state])).toEqual([
      ['Find the bill', 'done'],
      ['Call the power company', 'open'],
    ])
  })

  test('[DE37] a version sealed before there were small steps, or other newer fields, is read, amended, compared and carried on', async () => {
    const { id } = await seal()
    await forget(id)
    const old = await dana.call('readVersion', { params: { versionId: id } })
    expect(old.plan).toMatchObject({
      steps: [],
      programs: [],
      actions: [{ words: 'Light in the flat', counts: '', travel: 0 }],
    })
    await wren.call('amend', { params: params(), body: { reason: 'A step is missing' } })
    expect((await readPlan()).actions).toMatchObject([{ id: PROMISE, words: 'Light in the flat', counts: '' }])
    const page = await writeSteps()
    page.write(`actions/${PROMISE}/words`, ' by Friday')
    await page.untilSaved()
    page.close()
    const again = await seal()
    const { diff } = await dana.call('compareVersions', { params: { versionId: again.id }, query: { from: id } })
    expect(diff.items.map(({ kind, what }) => [kind, what])).toEqual([
      ['actions', ['changed']],
      ['steps', ['added', 'done']],
      ['steps', ['added']],
    ])
    await forget(again.id)
    await wren.createMeeting({ familyId })
    expect((await readPlan()).actions).toMatchObject([{ words: 'Light in the flat by Friday' }])
    expect((await readPlan()).steps).toEqual([])
  })

  /** What a version holds as it was written before today's fields. */
  async function forget(versionId: string): Promise<void> {
    const { db, familyKeys } = app.app.parts
    const model = versionModel(db)
    const seals = versionSeals(familyKeys)
    const row = (await model.findById(versionId).lean())!
    const content = await seals.open<VersionContent>(row, 'content', row.content)
    const { question, goals, actions } = content.plan
    const plain = (item: object, fields: string[]) =>
      Object.fromEntries(Object.entries(item).filter(([field]) => fields.includes(field)))
    const placed = ['id', 'words', 'order', 'removed']
    const plan = {
      question,
      goals: goals.map((goal) => plain(goal, placed)),
      actions: actions.map((action) => plain(action, [...placed, 'where', 'goal', 'column', 'who', 'whoId', 'due'])),
    }
    const { salts, people, parts } = content
    const kept = { plan, people, salts, parts } as unknown as VersionContent
    const sealed = await seals.seal(row.familyId, new Types.ObjectId(versionId), 'content', kept)
    await db.collection('versions').updateOne({ _id: new Types.ObjectId(versionId) }, { $set: { content: sealed } })
  }
})
