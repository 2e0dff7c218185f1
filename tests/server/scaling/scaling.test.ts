import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { PlanError } from '../../../shared/errors'
import type { ScoreWords } from '../../../shared/scaling'
import { verifyExport } from '../../../server/verify/verify.mjs'
import { admitted, comesForAgency, guest, refusal, type Someone, staff } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

const SAFE = {
  question: 'How safe is Miles at home today?',
  zero: 'He cannot stay tonight.',
  ten: 'Everyone would let their own child stay.',
  item: null,
}
const CANARY = 'Quetzal lamp'

describe('from 0 to 10', () => {
  let app: TestApp
  let wren: Someone
  let dana: Someone
  let rosa: Someone
  let quill: Someone
  let familyId: string

  const params = () => ({ meetingId: wren.meetingId })
  const view = (someone: Someone) => someone.call('readScale', { params: params() })
  const ask = (words: Partial<typeof SAFE> = {}) =>
    wren.call('askScale', { params: params(), body: { ...SAFE, ...words } })
  const close = async (step: 'show' | 'stop', askId?: string) =>
    wren.call('closeScale', { params: params(), body: { askId: askId ?? (await view(wren)).open!.id, step } })
  async function answer(someone: Someone, score: number, more: Partial<ScoreWords> = {}) {
    const askId = (await view(someone)).open?.id ?? 'f'.repeat(24)
    const body = { askId, score, higher: '', named: false, ...more }
    return someone.call('giveScore', { params: params(), body })
  }
  const dots = async (someone: Someone) =>
    (await view(someone)).rounds.at(-1)?.dots.map(({ score, name }) => [score, name])
  const count = async (someone: Someone) => {
    const { open } = await view(someone)
    return open && [open.answered, open.of]
  }
  const version = (kind: 'checkpoint' | 'sealed', basedOn = 0) =>
    wren.call('makeVersion', { params: params(), body: { kind, label: 'x', basedOn } })
  const read = (someone: Someone, versionId: string) => someone.call('readVersion', { params: { versionId } })
  async function wallOf() {
    const { url } = await wren.call('pairProjector', { params: params() })
    const wall = guest(app, 'Wall')
    await wall.call('startProjector', { body: { token: url.split('#')[1]! } })
    return wall
  }
  const stored = (name: string) => app.app.parts.db.collection(name).find({ meetingId: wren.meetingId }).toArray()

  beforeAll(async () => {
    app = await startTestApp()
    wren = await staff(app, 'Wren')
    quill = await staff(app, 'Quill', { duty: 'agency', agency: 'child-welfare' })
  })
  afterAll(() => app.close())
  beforeEach(async () => {
    familyId = (await wren.createFamily()).id
    await wren.createMeeting({ familyId })
    dana = await admitted(wren, 'Dana')
    rosa = await admitted(wren, 'Rosa', 'support')
    await comesForAgency(wren, quill, 'child-welfare')
  })

  test('[SC1] who leads asks how things are, with what 0 and 10 mean; the family, who they brought and the agencies answer', async () => {
    const vega = await admitted(wren, 'Vega', 'interpreter')
    const otto = await admitted(wren, 'Otto', 'observer')
    for (const someone of [dana, quill, vega, otto]) {
      const asking = someone.call('askScale', { params: params(), body: SAFE })
      expect(await refusal(asking), someone.name).toBe('access/denied')
    }
    expect((await ask()).open).toMatchObject({ ...SAFE, answered: 0, of: 3 })
    expect((await view(dana)).open).toMatchObject(SAFE)
    for (const nobody of [wren, vega, otto]) expect(await refusal(answer(nobody, 5)), nobody.name).toBe('access/denied')
    for (const score of [-1, 11, 6.5, '6', null]) {
      const body = { askId: (await view(dana)).open!.id, score, higher: '', named: true }
      const { status } = await dana.request('post', `/api/meetings/${wren.meetingId}/scores`, body)
      expect(status, String(score)).toBe(400)
    }
  })

  test('[SC2] what somebody answered reaches nobody, who leads and the wall neither, on no wire, before it is shown: only how many did', async () => {
    await ask()
    const wall = await wallOf()
    const pages = await Promise.all([dana.enter(), quill.enter(), wren.enter()])
    await answer(rosa, 7, { higher: CANARY, named: true })
    await Promise.all(pages.map((page) => page.until('answers:changed')))
    const { id } = await version('checkpoint')
    const got = await Promise.all([
      ...[wren, dana, quill].map(async (someone) => [
        await view(someone),
        await read(someone, id),
        await someone.call('readScales', { params: params() }),
        await someone.call('exportVersions', { params: { familyId } }),
      ]),
      wall.call('readWallScale'),
    ])
    const frames = pages.flatMap(({ heard }) => heard.filter(({ event }) => event === 'answers:changed'))
    expect(frames.map(({ payload }) => payload)).toEqual([{ of: 'scaling' }, { of: 'scaling' }, { of: 'scaling' }])
    expect(JSON.stringify(got)).not.toMatch(/Quetzal|"score":7/)
    expect([await count(wren), await count(dana), (await wall.call('readWallScale')).open]).toMatchObject([
      [1, 3],
      [1, 3],
      { answered: 1, of: 3 },
    ])
    expect((await view(rosa)).mine).toEqual({ score: 7, higher: CANARY, named: true })
    expect((await view(dana)).mine).toBeNull()
    for (const page of pages) page.close()
  })

  test('[SC3] it opens by itself when the last one has answered, or when who leads shows it; then nobody changes an answer', async () => {
    await ask()
    await answer(dana, 6)
    await answer(rosa, 5)
    await answer(rosa, 7)
    await answer(quill, 4)
    expect(await dots(wren)).toEqual([
      [4, null],
      [6, null],
      [7, null],
    ])
    expect(await view(dana)).toMatchObject({ open: null, mine: null })
    expect(await refusal(answer(dana, 9))).toBe('answer/changed')
    await ask()
    await answer(dana, 8)
    // One answer alone, shown without a name, has one.
    expect(await refusal(close('show'))).toBe('request/invalid')
    await answer(rosa, 8)
    await close('show')
    expect(await dots(quill)).toEqual([
      [8, null],
      [8, null],
    ])
    expect(await refusal(answer(quill, 2))).toBe('answer/changed')
  })

  test('[SC4] a name stands beside an answer only where its person agreed; without one, its words stand beside no number', async () => {
    await ask()
    await answer(quill, 4, { higher: 'Light in the hall' })
    await answer(dana, 6, { named: true, higher: 'The sanction lifted' })
    await answer(rosa, 7)
    const [round] = (await view(wren)).rounds
    expect(round!.dots).toEqual([
      { score: 4, name: null, participantId: null },
      { score: 6, name: 'Dana', participantId: dana.participantId },
      { score: 7, name: null, participantId: null },
    ])
    expect(round!.higher).toEqual([
      { words: 'The sanction lifted', name: 'Dana', participantId: dana.participantId },
      { words: 'Light in the hall', name: null, participantId: null },
    ])
    const { id } = await version('sealed')
    const all = [await view(dana), await read(dana, id), await (await wallOf()).call('readWallScale')]
    expect(JSON.stringify(all.map((one) => ('rounds' in one ? one.rounds : one.commitments.scales)))).not.toMatch(
      /Quill|Rosa/,
    )
  })

  test('[SC5] asked again, it is a new round; asked with other words, or stopped, what was answered before is shown to nobody', async () => {
    await ask()
    await answer(dana, 6)
    await answer(rosa, 6)
    const before = (await view(dana)).open!.id
    await ask({ question: 'How safe is Miles at night?' })
    expect((await view(dana)).mine).toBeNull()
    expect(await refusal(answer(quill, 3, { askId: before }))).toBe('answer/changed')
    expect(await refusal(close('show', before))).toBe('answer/changed')
    for (const [someone, score] of [
      [dana, 2],
      [rosa, 3],
      [quill, 4],
    ] as const)
      await answer(someone, score)
    await ask({ question: 'How safe is Miles at night?' })
    await answer(dana, 9)
    await close('stop')
    expect(await count(dana)).toBeNull()
    await version('sealed')
    expect((await view(quill)).rounds.map(({ dots }) => dots.map(({ score }) => score))).toEqual([[2, 3, 4]])
  })

  test('[SC6] two who answer at once are both heard, and one who answers on two pages is counted once', async () => {
    await ask()
    await Promise.all([answer(dana, 6), answer(rosa, 7), answer(dana, 6), answer(rosa, 7)])
    expect(await count(wren)).toEqual([2, 3])
    await Promise.all([answer(quill, 4), answer(dana, 5).catch(String)])
    expect((await dots(wren))!.map(([score]) => score)).toContain(4)
    expect(await dots(wren)).toHaveLength(3)
  })

  test('[SC7] nobody answers for another: only who leads, for somebody without a phone, who answers themself once they come', async () => {
    await ask()
    const forLund = { for: { name: 'Lund', role: 'agency' as const }, named: true }
    expect(await refusal(answer(dana, 5, forLund))).toBe('access/denied')
    expect(await refusal(answer(wren, 5, { for: { name: 'dana', role: 'family' } }))).toBe('answer/own-phone')
    await answer(wren, 5, forLund)
    expect(await count(wren)).toEqual([1, 4])
    const forged = { askId: (await view(dana)).open!.id, score: 1, higher: '', named: true, who: rosa.participantId }
    await dana.request('post', `/api/meetings/${wren.meetingId}/scores`, {
      ...forged,
      participantId: rosa.participantId,
    })
    expect((await view(rosa)).mine).toBeNull()
    const lund = await admitted(wren, 'Lund', 'agency')
    await answer(lund, 8, { named: true })
    await answer(rosa, 9)
    await answer(quill, 9)
    expect(await dots(wren)).toEqual([
      [1, 'Dana'],
      [8, 'Lund'],
      [9, null],
      [9, null],
    ])
  })

  test('[SC8] who is taken out while it is open answers no more; what they had answered stays, and nobody waits for the others', async () => {
    await ask()
    await answer(rosa, 3)
    const askId = (await view(rosa)).open!.id
    await wren.remove(rosa)
    const body = { askId, score: 10, higher: '', named: true }
    expect(await refusal(rosa.call('giveScore', { params: params(), body }))).toBe('access/removed')
    await answer(dana, 6)
    expect(await count(wren)).toEqual([2, 3])
    await wren.remove(quill)
    expect(await count(wren)).toEqual([2, 2])
    await close('show')
    expect(await dots(dana)).toEqual([
      [3, null],
      [6, null],
    ])
  })

  test('[SC9] of somebody hidden neither answer, name nor place in the count reaches others, the wall or a version, and nobody waits for them', async () => {
    const hiding = { meetingId: wren.meetingId, participantId: rosa.participantId }
    await wren.call('hide', { params: hiding, body: { hidden: true } })
    await ask()
    const [page, leading] = [await dana.enter(), await wren.enter()]
    await answer(rosa, 9, { higher: CANARY, named: true })
    await leading.until('answers:changed')
    const wall = await wallOf()
    expect([await count(dana), await count(wren)]).toEqual([
      [0, 2],
      [1, 3],
    ])
    expect(page.heard.filter(({ event }) => event === 'answers:changed')).toEqual([])
    await answer(dana, 6)
    await answer(quill, 4)
    const { id } = await version('sealed')
    const got = [
      await view(dana),
      await wall.call('readWallScale'),
      await read(dana, id),
      await dana.call('readScales', { params: params() }),
      await dana.call('exportVersions', { params: { familyId } }),
    ]
    expect(JSON.stringify(got)).not.toMatch(/Quetzal|Rosa|"score":9/)
    expect(await dots(dana)).toEqual([
      [4, null],
      [6, null],
    ])
    expect(await dots(wren)).toContainEqual([9, 'Rosa'])
    page.close()
    leading.close()
  })

  test('[SC10] behind the curtain of family time nobody but the family reads it, and no news tells that somebody answers', async () => {
    await ask()
    await wren.call('setPhase', { params: params(), body: { phase: 'private' } })
    const page = await quill.enter()
    await answer(dana, 6)
    const wall = await wallOf()
    for (const reading of [() => view(quill), () => view(wren), () => wall.call('readWallScale')])
      expect(await refusal(reading())).toBe('meeting/private')
    expect(await count(rosa)).toEqual([1, 3])
    expect(page.heard.filter(({ event }) => event === 'answers:changed')).toEqual([])
    page.close()
  })

  test('[SC11] what was shown goes into the sealed version and is covered by the seal; what was not shown stays unsaid', async () => {
    await ask()
    await answer(dana, 6, { named: true })
    await answer(rosa, 7, { named: true })
    await close('show')
    const first = await version('checkpoint')
    await ask()
    await answer(dana, 8, { named: true })
    await answer(rosa, 3, { named: true, higher: CANARY })
    const sealed = await version('sealed', 1)
    const { commitments } = await read(quill, sealed.id)
    expect(commitments.scales.map(({ dots }) => dots.map(({ score }) => score))).toEqual([[6, 7]])
    expect(JSON.stringify(await view(quill))).not.toMatch(/Quetzal/)
    expect(await refusal(answer(quill, 4))).toBe('plan/sealed')
    const compared = await quill.call('compareVersions', {
      params: { versionId: sealed.id },
      query: { from: first.id },
    })
    expect(compared.commitments.from.scales).toEqual(compared.commitments.to.scales)
    const file = JSON.stringify(await quill.call('exportVersions', { params: { familyId } }))
    expect(verifyExport(file).versions[0]!.sections).toContainEqual({ section: 'commitments', state: 'shown' })
    expect(() => verifyExport(file.replace('"score":7', '"score":9'))).toThrow(/commitments of version 1/)
  })

  test('[SC12] an answer in the same instant as the seal is in the version and shown, or refused: never one without the other', async () => {
    await ask()
    await answer(dana, 6)
    await answer(rosa, 7)
    const late = answer(quill, 4).then(
      () => null,
      (refused: PlanError) => refused.code,
    )
    const [sealed, last] = await Promise.all([version('sealed'), late])
    const { commitments } = await read(dana, sealed.id)
    const shown = (await view(dana)).rounds.map(({ dots }) => dots.map(({ score }) => score))
    expect(commitments.scales.map(({ dots }) => dots.map(({ score }) => score))).toEqual(shown)
    expect(shown).toEqual(last ? [] : [[4, 6, 7]])
  })

  test('[SC13] meeting by meeting one sees how it went, of those meetings only that one was in', async () => {
    const march = wren.meetingId
    await ask()
    for (const [someone, score] of [
      [dana, 6],
      [rosa, 7],
      [quill, 4],
    ] as const)
      await answer(someone, score)
    await wren.createMeeting({ familyId })
    const lund = await admitted(wren, 'Lund', 'agency')
    await comesForAgency(wren, quill, 'child-welfare')
    await ask()
    for (const [someone, score] of [
      [lund, 8],
      [quill, 7],
    ] as const)
      await answer(someone, score)
    const told = async (someone: Someone) =>
      (await someone.call('readScales', { params: params() })).scales.map(({ meeting, rounds }) => [
        meeting.id === march ? 'March' : 'June',
        rounds[0]!.dots.map(({ score }) => score),
      ])
    const both = [
      ['March', [4, 6, 7]],
      ['June', [7, 8]],
    ]
    expect([await told(wren), await told(quill), await told(lund)]).toEqual([both, both, both.slice(1)])
  })

  test('[SC14] questions and answers lie in the database unreadable', async () => {
    await ask()
    await answer(dana, 6, { higher: CANARY })
    const rows = JSON.stringify([await stored('scores'), await stored('scales')])
    expect(rows).not.toMatch(/Quetzal|Dana|How safe|tonight/)
    expect(rows).not.toMatch(/"score":("6"|6)/)
  })

  test('[SC16] what could not be stored is not said to be given, may be given again, and counts once', async () => {
    await ask()
    await answer(dana, 6)
    await answer(rosa, 7)
    const { db } = app.app.parts
    const gone = new Error('the database is gone')
    vi.spyOn(db.model('Score'), 'create').mockRejectedValueOnce(gone)
    expect(await refusal(answer(quill, 4))).toBe('server/trouble')
    expect((await view(quill)).mine).toBeNull()
    // Stored, and gone before it could be shown.
    vi.spyOn(db.model('Scale'), 'updateOne').mockImplementationOnce(() => {
      throw gone
    })
    expect(await refusal(answer(quill, 4))).toBe('server/trouble')
    expect(await dots(dana)).toBeUndefined()
    await answer(quill, 4)
    expect((await dots(dana))!.map(([score]) => score)).toEqual([4, 6, 7])
  })
})
