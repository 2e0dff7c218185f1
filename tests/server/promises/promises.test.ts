import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addItem, choose, findText, type ActionItem } from '../../../shared/plan'
import { promiseText, type PromiseWords } from '../../../shared/promise'
import { verifyExport } from '../../../server/verify/verify.mjs'
import { admitted, comesForAgency, guest, refusal, type Someone, staff } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

const GOAL = 'g'.repeat(16)
const HERS = 'd'.repeat(16)
const LUNDS = 'l'.repeat(16)

describe('promises', () => {
  let app: TestApp
  let wren: Someone
  let dana: Someone
  let rosa: Someone
  let familyId: string
  const params = () => ({ meetingId: wren.meetingId })
  const view = (someone: Someone) => someone.call('readPromises', { params: params() })
  const edit = (change: Parameters<typeof app.app.parts.livePlans.edit>[2]) =>
    app.app.parts.livePlans.edit(wren.meetingId, wren.participantId, change)
  const read = async (id: string): Promise<ActionItem> =>
    (await wren.call('readPlan', { params: params() })).actions.find((one) => one.id === id)!
  async function answer(someone: Someone, more: Partial<PromiseWords> = {}, id = HERS) {
    const saw = promiseText(await read(id))
    return someone.call('answerPromise', {
      params: params(),
      body: { actionId: id, answer: 'yes', words: '', saw, ...more },
    })
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
    rosa = await admitted(wren, 'Rosa', 'support')
    await edit((doc) => {
      const placed = { order: 'a0', removed: false }
      const promise = { ...placed, goal: GOAL, column: 'family' as const, due: null }
      addItem(doc, 'goals', GOAL, placed, { words: 'A safe home' })
      addItem(doc, 'actions', HERS, { ...promise, who: 'Dana', whoId: dana.participantId }, { words: 'Call' })
      addItem(doc, 'actions', LUNDS, { ...promise, column: 'school', who: 'Lund', whoId: null }, { words: 'Check' })
    })
  })

  test('[DE30] is answered by its owner alone: yes, something else, or no, in their own words; the last word counts', async () => {
    expect((await view(dana)).mine).toEqual([HERS])
    for (const other of [rosa, wren]) expect(await refusal(answer(other)), other.name).toBe('access/denied')
    const otto = await admitted(wren, 'Otto', 'observer')
    expect(await refusal(answer(otto))).toBe('access/denied')
    await answer(dana, { answer: 'cannot', words: 'I cannot promise the date.' })
    expect((await view(rosa)).answers).toMatchObject([{ name: 'Dana', answer: 'cannot', typedBy: null }])
    await answer(dana)
    expect((await view(rosa)).answers).toMatchObject([{ actionId: HERS, answer: 'yes' }])
    await wren.remove(dana)
    expect(await refusal(answer(dana))).toBe('access/removed')
  })

  test('[DE31] a yes is said to exactly the words, days and hours that were seen, and stays with them', async () => {
    const saw = promiseText(await read(HERS))
    await edit((doc) => choose(doc, 'actions', HERS, { due: '2027-03-05' }))
    expect(await refusal(answer(dana, { saw }))).toBe('answer/changed')
    await answer(dana)
    const [said] = (await view(rosa)).answers
    expect(said!.to).toBe(promiseText(await read(HERS)))
    for (const change of [{ due: '2027-03-06' }, { starts: '09:00' }, { who: 'Rosa' }]) {
      await edit((doc) => choose(doc, 'actions', HERS, change))
      expect((await view(rosa)).answers[0]!.to).not.toBe(promiseText(await read(HERS)))
    }
    await edit((doc) => findText(doc, `actions/${HERS}/words`)!.insert(0, 'Do not '))
    expect((await view(rosa)).answers[0]!.to).toBe(said!.to)
  })

  test('[DE32] who leads types only for somebody who is not inside, and that stands beside the answer', async () => {
    expect(await refusal(answer(wren, { typed: true }))).toBe('answer/own-phone')
    expect(await refusal(answer(dana, { typed: true }, LUNDS))).toBe('access/denied')
    await answer(wren, { typed: true, words: 'She called.' }, LUNDS)
    expect((await view(dana)).answers).toMatchObject([{ name: 'Lund', participantId: null, typedBy: 'Wren' }])
    const noPhone = { name: 'Lund', role: 'agency', agency: 'school', language: 'en' } as const
    const listed = await wren.call('addPerson', { params: params(), body: noPhone })
    await answer(wren, { typed: true, answer: 'cannot', words: 'She called again.' }, LUNDS)
    expect((await view(dana)).answers).toMatchObject([{ name: 'Lund', answer: 'cannot', typedBy: 'Wren' }])
    await wren.call('remove', { params: { ...params(), participantId: listed.id } })
    const lund = await admitted(wren, 'Lund', 'agency')
    expect((await view(lund)).mine).toEqual([LUNDS])
    await answer(lund, { answer: 'change', words: 'A week later' }, LUNDS)
    expect((await view(dana)).answers).toMatchObject([{ name: 'Lund', answer: 'change', typedBy: null }])
  })

  test('[DE33] the same person in the next meeting, on another phone or with their account, owns their promise still', async () => {
    const quill = await staff(app, 'Quill', { duty: 'agency', agency: 'child-welfare' })
    const join = async () => {
      await comesForAgency(wren, quill, 'child-welfare')
    }
    await join()
    await edit((doc) => choose(doc, 'actions', LUNDS, { who: 'Quill', whoId: quill.participantId }))
    await wren.call('makeVersion', { params: params(), body: { kind: 'sealed', label: 'x', basedOn: 0 } })
    await wren.createMeeting({ familyId })
    await join()
    expect((await view(quill)).mine).toEqual([LUNDS])
    await answer(quill, {}, LUNDS)
  })

  test('[DE34] what owners said is in the sealed version and covered by its seal; of somebody hidden it is told to nobody', async () => {
    await wren.call('hide', {
      params: { meetingId: wren.meetingId, participantId: dana.participantId },
      body: { hidden: true },
    })
    await answer(dana, { answer: 'cannot', words: 'Quetzal' })
    const body = { kind: 'sealed', label: 'x', basedOn: 0 } as const
    const { id } = await wren.call('makeVersion', { params: params(), body })
    expect(await refusal(answer(dana))).toBe('plan/sealed')
    const told = [
      await view(rosa),
      await rosa.call('readVersion', { params: { versionId: id } }),
      await rosa.call('exportVersions', { params: { familyId } }),
    ]
    expect(JSON.stringify(told)).not.toContain('Quetzal')
    const { commitments } = await wren.call('readVersion', { params: { versionId: id } })
    expect(commitments.promises).toMatchObject([{ actionId: HERS, words: 'Quetzal' }])
    const file = JSON.stringify(await wren.call('exportVersions', { params: { familyId } }))
    expect(() => verifyExport(file)).not.toThrow()
    expect(() => verifyExport(file.replace('Quetzal', 'Gladly'))).toThrow(/commitments of version 1/)
    const rows = await app.app.parts.db.collection('promises').find({ meetingId: wren.meetingId }).toArray()
    expect(JSON.stringify(rows)).not.toMatch(/Quetzal|Dana|cannot/)
  })

  test('[DE38] the wall shows what owners said to their promises: of nobody hidden, and nothing behind the curtain', async () => {
    const { url } = await wren.call('pairProjector', { params: params() })
    const wall = guest(app, 'Wall')
    await wall.call('startProjector', { body: { token: url.split('#')[1]! } })
    await answer(dana, { answer: 'change', words: 'A day later' })
    expect(await wall.call('readWallPromises')).toMatchObject({
      answers: [{ actionId: HERS, name: 'Dana', words: 'A day later' }],
      mine: [],
    })
    await wren.setPhase('private')
    expect(await refusal(wall.call('readWallPromises'))).toBe('meeting/private')
    await wren.setPhase('open')
    const hidden = { params: { ...params(), participantId: dana.participantId }, body: { hidden: true } }
    await wren.call('hide', hidden)
    expect((await wall.call('readWallPromises')).answers).toEqual([])
  })
})
