import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { verifyExport } from '../../../server/verify/verify.mjs'
import { CONFIDENCE_WORDS } from '../../../shared/confidence'
import { admitted, refusal, type Someone, staff } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

describe('what stays in the room', () => {
  let app: TestApp
  let wren: Someone
  let dana: Someone
  let quill: Someone
  let familyId: string
  const params = () => ({ meetingId: wren.meetingId })
  const view = (someone: Someone) => someone.call('readConfidence', { params: params() })
  const keep = (someone: Someone, language: 'en' | 'es' = 'en') =>
    someone.call('keepConfidence', { params: params(), body: { language, words: CONFIDENCE_WORDS } })
  const missing = async () => (await view(wren)).all!.missing.map(({ name }) => name)
  const seal = () =>
    wren.call('makeVersion', { params: params(), body: { kind: 'sealed', label: 'What we agreed', basedOn: 0 } })

  beforeAll(async () => {
    app = await startTestApp()
    wren = await staff(app, 'Wren')
  })
  afterAll(() => app.close())
  beforeEach(async () => {
    familyId = (await wren.createFamily()).id
    await wren.createMeeting({ familyId })
    dana = await admitted(wren, 'Dana')
    quill = await admitted(wren, 'Quill', 'agency')
  })

  test('[MT32] who is there for their work says for themself that they keep what is said; of a family nothing of the kind is asked', async () => {
    const rosa = await admitted(wren, 'Rosa', 'support')
    for (const family of [dana, rosa]) {
      expect(await view(family)).toEqual({ asked: false, mine: null, all: null })
      expect(await refusal(keep(family))).toBe('access/denied')
    }
    expect(await view(quill)).toEqual({ asked: true, mine: null, all: null })
    const { mine } = await keep(quill, 'es')
    expect(mine).toMatchObject({ name: 'Quill', language: 'es', words: CONFIDENCE_WORDS, lead: 'Wren' })
    // Twice, from two pages at once, is once.
    await Promise.all([keep(quill), keep(quill)])
    expect((await view(quill)).mine).toEqual(mine)
    expect((await view(wren)).all!.kept).toEqual([mine])
  })

  test('[MT33] who leads reads who has not said so yet, and nobody else does', async () => {
    const otto = await admitted(wren, 'Otto', 'observer')
    expect(await missing()).toEqual(['Wren', 'Quill', 'Otto'])
    await keep(otto)
    await keep(wren)
    expect(await missing()).toEqual(['Quill'])
    expect((await view(otto)).all).toBeNull()
    await wren.remove(quill)
    expect(await missing()).toEqual([])
    expect(await refusal(keep(quill))).toBe('access/removed')
  })

  test('[MT34] it is in the sealed version with day, language, words and who led, covered by its seal, and in the record', async () => {
    await keep(quill, 'es')
    const { id } = await seal()
    expect(await refusal(keep(wren))).toBe('plan/sealed')
    const { commitments } = await dana.call('readVersion', { params: { versionId: id } })
    expect(commitments.confidence).toMatchObject([
      { name: 'Quill', language: 'es', words: CONFIDENCE_WORDS, lead: 'Wren', at: expect.stringMatching(/^\d{4}-/) },
    ])
    const file = JSON.stringify(await dana.call('exportVersions', { params: { familyId } }))
    expect(() => verifyExport(file)).not.toThrow()
    const forged = file.replace('"lead":"Wren"', '"lead":"Nobody"')
    expect(forged).not.toBe(file)
    expect(() => verifyExport(forged)).toThrow(/commitments of version 1/)
    const { lines } = await dana.call('readRecord', { params: params() })
    expect(lines.filter(({ what }) => what === 'confidence-kept').map(({ who }) => who)).toEqual(['Quill'])
  })

  test('[MT35] of somebody hidden others read nothing of it, in no version and not in the record', async () => {
    await wren.call('hide', { params: { ...params(), participantId: quill.participantId }, body: { hidden: true } })
    await keep(quill)
    const { id } = await seal()
    const told = [
      await dana.call('readVersion', { params: { versionId: id } }),
      await dana.call('exportVersions', { params: { familyId } }),
      (await dana.call('readRecord', { params: params() })).lines.filter(({ what }) => what === 'confidence-kept'),
    ]
    expect(JSON.stringify(told)).not.toContain('Quill')
    expect((await wren.call('readVersion', { params: { versionId: id } })).commitments.confidence).toHaveLength(1)
  })

  test('[MT36] names lie in the database unreadable', async () => {
    await keep(quill)
    const rows = await app.app.parts.db.collection('confidences').find({ meetingId: wren.meetingId }).toArray()
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toMatch(/Quill|Wren/)
  })

  test('[DE2] the record tells that somebody answered the decision only with the answers: once they are shown, or sealed', async () => {
    const edit = app.app.parts.livePlans.edit(wren.meetingId, wren.participantId, (doc) =>
      doc.getText('decision').insert(0, 'Miles stays.'),
    )
    await edit
    const lead = (step: 'ask' | 'show') => wren.call('leadDecision', { params: params(), body: { step } })
    const told = async () => {
      const { lines } = await dana.call('readRecord', { params: params() })
      return lines.filter(({ what }) => /^decision-(answered|typed)/.test(what)).map(({ who, what }) => [who, what])
    }
    const ask = (await lead('ask')).ask!
    const answer = { askId: ask.id, stance: 'support', reason: '' } as const
    await quill.call('takePosition', { params: params(), body: answer })
    await wren.call('takePosition', {
      params: params(),
      body: { ...answer, for: { name: 'Pilar', role: 'family' } },
    })
    expect(await told()).toEqual([])
    await lead('show')
    expect(await told()).toEqual([
      ['Wren', 'decision-typed'],
      ['Quill', 'decision-answered'],
    ])
    const again = (await lead('ask')).ask!
    await dana.call('takePosition', { params: params(), body: { ...answer, askId: again.id } })
    expect(await told()).toHaveLength(2)
    await seal()
    expect(await told()).toHaveLength(3)
  })
})
