import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { NO_COMMITMENTS } from '../../../shared/commitments'
import type { PositionWords, Stance } from '../../../shared/decision'
import { relativeModel } from '../../../server/decision/decisionModel'
import { verifyExport } from '../../../server/verify/verify.mjs'
import { admitted, comesForAgency, guest, refusal, type Someone, staff } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

const CANARY = 'Quetzal reason'

describe('the decision', () => {
  let app: TestApp
  let wren: Someone
  let dana: Someone
  let rosa: Someone
  let quill: Someone
  let familyId: string

  const params = () => ({ meetingId: wren.meetingId })
  const view = (someone: Someone) => someone.call('readDecision', { params: params() })
  const lead = (step: 'ask' | 'show' | 'cover') => wren.call('leadDecision', { params: params(), body: { step } })
  const decide = (words: string) =>
    app.app.parts.livePlans.edit(wren.meetingId, wren.participantId, (doc) => {
      const text = doc.getText('decision')
      text.delete(0, text.length)
      text.insert(0, words)
    })
  async function answer(someone: Someone, stance: Stance, more: Partial<PositionWords> = {}) {
    const askId = (await view(someone)).ask?.id ?? ''
    return someone.call('takePosition', { params: params(), body: { askId, stance, reason: '', ...more } })
  }
  const told = async (someone: Someone) =>
    (await view(someone)).positions?.map(({ name, stance, reason }) => [name, stance, reason])
  const version = async (kind: 'checkpoint' | 'sealed', basedOn = 0) =>
    wren.call('makeVersion', { params: params(), body: { kind, label: 'x', basedOn } })
  const read = (someone: Someone, versionId: string) => someone.call('readVersion', { params: { versionId } })

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
    await decide('Miles stays home with Dana.')
  })

  test('[DE1] is asked by who leads, about the sentence that stands in the plan, of everybody who answers for themself', async () => {
    const vega = await admitted(wren, 'Vega', 'interpreter')
    const otto = await admitted(wren, 'Otto', 'observer')
    expect((await view(dana)).ask).toBeNull()
    expect(await refusal(dana.call('leadDecision', { params: params(), body: { step: 'ask' } }))).toBe('access/denied')
    const { ask, asked } = await lead('ask')
    expect(ask).toMatchObject({ sentence: 'Miles stays home with Dana.', shown: false })
    expect(asked!.map(({ name }) => name)).toEqual(['Dana', 'Rosa', 'Quill'])
    expect((await view(dana)).ask!.id).toBe(ask!.id)
    // Once more about the same sentence is the same question.
    expect((await lead('ask')).ask!.id).toBe(ask!.id)
    for (const nobody of [vega, otto, wren]) {
      expect(await refusal(answer(nobody, 'support')), nobody.name).toBe('access/denied')
    }
    await decide('  ')
    expect(await refusal(lead('ask'))).toBe('request/invalid')
  })

  test('[DE2] what somebody answered reaches nobody else, on no wire, before it is shown; who leads learns only who answered', async () => {
    await lead('ask')
    const pages = await Promise.all([rosa.enter(), quill.enter(), wren.enter()])
    await answer(dana, 'cannot', { reason: CANARY })
    await pages[2]!.until('answers:changed')
    const { id } = await version('checkpoint')
    const others = [rosa, quill, wren]
    const got = await Promise.all(
      others.map(async (someone) => [
        await view(someone),
        await read(someone, id),
        await someone.call('compareVersions', { params: { versionId: id }, query: { from: id } }),
        await someone.call('exportVersions', { params: { familyId } }),
      ]),
    )
    expect(JSON.stringify([got, pages.map(({ heard }) => heard)])).not.toMatch(/Quetzal|"cannot"/)
    expect(pages[0]!.heard.filter(({ event }) => event === 'answers:changed')).toEqual([])
    for (const page of pages) page.close()
    expect((await view(rosa)).asked).toBeNull()
    expect((await view(wren)).asked).toEqual([
      { name: 'Dana', answered: true },
      { name: 'Rosa', answered: false },
      { name: 'Quill', answered: false },
    ])
    expect((await view(dana)).mine).toMatchObject({ stance: 'cannot', reason: CANARY })
    await lead('show')
    expect(await told(rosa)).toEqual([
      ['Dana', 'cannot', CANARY],
      ['Rosa', null, ''],
      ['Quill', null, ''],
    ])
    await lead('cover')
    expect(await told(rosa)).toBeUndefined()
  })

  test('[DE3] an answer belongs to its sentence: when that changes, people are asked again, and no answer is moved', async () => {
    await lead('ask')
    await answer(dana, 'support')
    const before = (await view(dana)).ask!.id
    await decide('Miles stays home with Dana. Rosa sleeps over.')
    expect(await refusal(answer(rosa, 'support'))).toBe('answer/changed')
    await lead('ask')
    await lead('show')
    expect(await refusal(answer(rosa, 'support', { askId: before }))).toBe('answer/changed')
    await answer(rosa, 'can-live')
    const { positions, asked } = await view(wren)
    expect(positions!.map(({ name, sentence }) => [name, sentence])).toEqual([
      ['Dana', 'Miles stays home with Dana.'],
      ['Rosa', 'Miles stays home with Dana. Rosa sleeps over.'],
      ['Quill', 'Miles stays home with Dana. Rosa sleeps over.'],
    ])
    expect(asked!.map(({ answered }) => answered)).toEqual([false, true, false])
  })

  test('[DE4] an answer may be changed until the seal; what was said before is kept, and the last word counts', async () => {
    await lead('ask')
    await answer(dana, 'cannot', { reason: 'Too long' })
    await answer(dana, 'can-live', { reason: 'With a date' })
    await lead('show')
    expect((await told(rosa))![0]).toEqual(['Dana', 'can-live', 'With a date'])
    expect(await app.app.parts.db.collection('positions').countDocuments({ meetingId: wren.meetingId })).toBe(2)
    await version('sealed')
    expect(await refusal(answer(dana, 'support'))).toBe('plan/sealed')
  })

  test('[DE5] two who answer at once are both heard, and one who sends twice is counted once', async () => {
    await lead('ask')
    await Promise.all([
      answer(dana, 'support'),
      answer(rosa, 'can-live', { reason: 'For now' }),
      answer(dana, 'support'),
      answer(quill, 'support'),
    ])
    await lead('show')
    expect(await told(wren)).toEqual([
      ['Dana', 'support', ''],
      ['Rosa', 'can-live', 'For now'],
      ['Quill', 'support', ''],
    ])
  })

  test('[DE6] nobody answers for another: only who leads, for somebody without a phone, and that is written beside it', async () => {
    await lead('ask')
    const forLund = { for: { name: 'Lund', role: 'agency' as const } }
    expect(await refusal(answer(dana, 'support', forLund))).toBe('access/denied')
    expect(await refusal(answer(wren, 'support', { for: { name: 'dana', role: 'family' } }))).toBe('answer/own-phone')
    await answer(wren, 'can-live', { reason: 'She called.', ...forLund })
    await lead('show')
    expect((await view(dana)).positions!.at(-1)).toMatchObject({ name: 'Lund', stance: 'can-live', typedBy: 'Wren' })
    const forged = {
      ...{ askId: (await view(dana)).ask!.id, stance: 'support', reason: '' },
      participantId: rosa.participantId,
    }
    await dana.request('post', `/api/meetings/${wren.meetingId}/positions`, forged)
    expect((await told(dana))!.find(([name]) => name === 'Rosa')).toEqual(['Rosa', null, ''])
  })

  test('[DE6] who is on the list of people without a phone is asked like everybody, and who leads types their answer', async () => {
    await wren.call('addPerson', { params: params(), body: { name: 'Pilar', role: 'family', language: 'es' } })
    await lead('ask')
    await answer(wren, 'can-live', { reason: 'For now', for: { name: 'pilar', role: 'support' } })
    expect((await view(wren)).asked!.filter(({ name }) => name === 'Pilar')).toEqual([
      { name: 'Pilar', answered: true },
    ])
    await lead('show')
    const typed = { name: 'Pilar', role: 'family', stance: 'can-live', reason: 'For now', typedBy: 'Wren' }
    expect((await view(dana)).positions!.filter(({ name }) => name === 'Pilar')).toMatchObject([typed])
  })

  test('[DE7] who was taken out answers no more, and what they had answered stays', async () => {
    await lead('ask')
    await answer(rosa, 'cannot', { reason: 'Not there' })
    const { ask } = await view(rosa)
    await wren.remove(rosa)
    const body = { askId: ask!.id, stance: 'support' as const, reason: '' }
    expect(await refusal(rosa.call('takePosition', { params: params(), body }))).toBe('access/removed')
    await lead('show')
    expect(await told(dana)).toContainEqual(['Rosa', 'cannot', 'Not there'])
  })

  test('[DE8] of somebody hidden neither answer nor name reaches others or the wall', async () => {
    const hiding = { meetingId: wren.meetingId, participantId: rosa.participantId }
    await wren.call('hide', { params: hiding, body: { hidden: true } })
    await lead('ask')
    await lead('show')
    const [page, leading] = [await dana.enter(), await wren.enter()]
    await answer(rosa, 'cannot', { reason: CANARY })
    await leading.until('answers:changed')
    const { url } = await wren.call('pairProjector', { params: params() })
    const wall = guest(app, 'Wall')
    await wall.call('startProjector', { body: { token: url.split('#')[1]! } })
    const { id } = await version('sealed')
    const got = [
      await view(dana),
      await wall.call('readWallDecision'),
      await read(dana, id),
      await dana.call('exportVersions', { params: { familyId } }),
      page.heard.filter(({ event }) => event === 'answers:changed'),
    ]
    expect(JSON.stringify(got)).not.toMatch(/Quetzal|Rosa|answers:changed/)
    expect(await told(wren)).toContainEqual(['Rosa', 'cannot', CANARY])
    expect(await told(rosa)).toContainEqual(['Rosa', 'cannot', CANARY])
    page.close()
    leading.close()
  })

  test('[DE9] where somebody cannot support it, child welfare says what is decided, and the dissent stays beside it', async () => {
    const settle = (someone: Someone, words = 'Miles stays, for six weeks.') =>
      someone.call('settleDecision', { params: params(), body: { words } })
    await lead('ask')
    await answer(quill, 'support')
    await answer(dana, 'support')
    await lead('show')
    expect(await refusal(settle(quill))).toBe('answer/changed')
    await answer(rosa, 'cannot', { reason: 'Six weeks are too long.' })
    expect(await refusal(settle(dana))).toBe('access/denied')
    const lund = await admitted(wren, 'Lund', 'agency')
    expect(await refusal(settle(lund))).toBe('access/denied')
    await settle(quill)
    expect((await view(dana)).settled).toMatchObject({ words: 'Miles stays, for six weeks.', by: 'Quill' })
    expect(await told(dana)).toContainEqual(['Rosa', 'cannot', 'Six weeks are too long.'])
  })

  test('[DE10] what was answered goes into the sealed version, is covered by the seal, and is shown beside that of another', async () => {
    const first = await version('checkpoint')
    await lead('ask')
    await answer(dana, 'can-live', { reason: 'I want a date.' })
    const sealed = await version('sealed', 1)
    const { commitments } = await read(rosa, sealed.id)
    expect(commitments.decision!.positions[0]).toMatchObject({ name: 'Dana', reason: 'I want a date.' })
    const params2 = { params: { versionId: sealed.id }, query: { from: first.id } }
    const compared = await dana.call('compareVersions', params2)
    expect(compared.commitments.from).toEqual(NO_COMMITMENTS)
    expect(compared.commitments.to).toEqual(commitments)
    const file = JSON.stringify(await dana.call('exportVersions', { params: { familyId } }))
    const [report] = verifyExport(file).versions
    expect(report!.sections).toContainEqual({ section: 'commitments', state: 'shown' })
    expect(() => verifyExport(file.replace('I want a date.', 'I want a house.'))).toThrow(/commitments of version 1/)
  })

  test('[DE11] answers lie in the database unreadable, and go with the family', async () => {
    await lead('ask')
    await answer(dana, 'cannot', { reason: CANARY })
    const rows = await app.app.parts.db.collection('positions').find({ meetingId: wren.meetingId }).toArray()
    expect(JSON.stringify(rows)).not.toMatch(/Quetzal|Dana|cannot/)
  })

  test('[DE5] one person on two tabs is heard once: the other tab learns what they said, and an answer to an earlier sentence is refused', async () => {
    await lead('ask')
    const tab = await dana.enter()
    await answer(dana, 'support')
    await tab.until('answers:changed', ({ of }) => of === 'decision')
    expect((await view(dana)).mine).toMatchObject({ stance: 'support' })
    const stale = (await view(dana)).ask!.id
    const both = await Promise.allSettled([answer(dana, 'cannot', { reason: 'Too long' }), answer(dana, 'can-live')])
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
    const { mine } = await view(dana)
    expect((await view(wren)).asked!.filter(({ answered }) => answered)).toEqual([{ name: 'Dana', answered: true }])
    await lead('show')
    expect((await told(rosa))!.filter(([name]) => name === 'Dana')).toEqual([['Dana', mine!.stance, mine!.reason]])
    await decide('Miles stays with Rosa.')
    await lead('ask')
    expect(await refusal(answer(dana, 'support', { askId: stale }))).toBe('answer/changed')
    tab.close()
  })

  test('[PG20] that a relative takes care of a child is said by the family or who leads, not guessed, and can be taken back', async () => {
    const say = (someone: Someone, name: string | null) =>
      someone.call('setRelative', { params: params(), body: { name } })
    const vega = await admitted(wren, 'Vega', 'interpreter')
    const page = await vega.enter()
    expect((await view(dana)).relative).toBeNull()
    expect((await say(dana, 'Rosa')).relative).toBe('Rosa')
    await page.until('answers:changed', ({ of }) => of === 'decision')
    page.close()
    expect((await view(quill)).relative).toBe('Rosa')
    for (const nobody of [quill, vega]) expect(await refusal(say(nobody, 'Quetzal')), nobody.name).toBe('access/denied')
    // Asking about the sentence, and answering it, changes nothing of it.
    await lead('ask')
    expect((await view(dana)).relative).toBe('Rosa')
    expect((await say(wren, null)).relative).toBeNull()
    await say(rosa, 'Rosa')
    const rows = await relativeModel(app.app.parts.db).collection.find({ meetingId: wren.meetingId }).toArray()
    expect(rows).toHaveLength(3)
    expect(JSON.stringify(rows)).not.toMatch(/Rosa|Dana|Wren/)
  })

  test('[PG21] the wall is not told, and nothing is said of it behind the curtain or after the seal', async () => {
    const say = (someone: Someone) => someone.call('setRelative', { params: params(), body: { name: 'Rosa' } })
    await say(dana)
    const { url } = await wren.call('pairProjector', { params: params() })
    const wall = guest(app, 'The wall')
    await wall.call('startProjector', { body: { token: url.split('#')[1]! } })
    expect((await wall.call('readWallDecision')).relative).toBeNull()
    await wren.setPhase('private')
    expect(await refusal(say(wren))).toBe('meeting/private')
    expect((await say(dana)).relative).toBe('Rosa')
    await wren.setPhase('open')
    const { id } = await version('sealed')
    expect(await refusal(say(dana))).toBe('plan/sealed')
    expect((await view(dana)).relative).toBe('Rosa')
    expect((await quill.call('readVersion', { params: { versionId: id } })).commitments.relative).toBe('Rosa')
    // It belongs to this decision: others may sit in the next meeting.
    await wren.createMeeting({ familyId })
    expect((await wren.call('readDecision', { params: params() })).relative).toBeNull()
  })
})
