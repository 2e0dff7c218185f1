import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { verifyExport } from '../../../server/verify/verify.mjs'
import type { Body } from '../../../shared/api'
import { admitted, guest, refusal, type Someone, staff } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

describe('signing a sealed plan', () => {
  let app: TestApp
  let wren: Someone
  let dana: Someone
  let familyId: string
  let versionId: string
  const params = () => ({ meetingId: wren.meetingId })
  const seal = async (basedOn = 0) => {
    const body = { kind: 'sealed', label: 'What we agreed', basedOn } as const
    versionId = (await wren.call('makeVersion', { params: params(), body })).id
  }
  const sign = (who: Someone, words: Partial<Body<'signVersion'>> = {}) =>
    who.call('signVersion', {
      params: params(),
      body: { versionId, did: 'signed', name: `${who.name} Alder`, ...words },
    })
  const signed = async (as: Someone) => (await as.call('listSignatures', { params: { versionId } })).signatures
  const exported = (who: Someone) => who.call('exportVersions', { params: { familyId } })
  const check = (file: unknown) => verifyExport(JSON.stringify(file))

  beforeAll(async () => {
    app = await startTestApp()
    wren = await staff(app, 'Wren')
  })
  afterAll(() => app.close())
  beforeEach(async () => {
    familyId = (await wren.createFamily()).id
    await wren.createMeeting({ familyId })
    dana = await admitted(wren, 'Dana')
  })

  test('[RP1] once the plan is sealed each signs for themselves, in letters or drawn, and everybody sees who did', async () => {
    const page = await wren.enter()
    expect(await refusal(sign(dana, { versionId: 'f'.repeat(24) }))).toBe('access/denied')
    await seal()
    await sign(dana)
    expect((await page.until('signatures:changed')).signed).toBe(1)
    await sign(wren, { name: undefined, drawing: 'M12 80L14 78M20 20L30 40' })
    expect(await signed(dana)).toMatchObject([
      { participantId: dana.participantId, did: 'signed', name: 'Dana Alder', drawing: null, typedBy: null },
      { participantId: wren.participantId, did: 'signed', name: 'Wren', drawing: 'M12 80L14 78M20 20L30 40' },
    ])
    await sign(dana, { name: 'Somebody else' })
    expect((await signed(wren)).map(({ name }) => name)).toEqual(['Dana Alder', 'Wren'])
    expect(await refusal(sign(dana, { name: undefined }))).toBe('request/invalid')
    expect(await refusal(sign(dana, { drawing: 'M1 1L2 2<script>' }))).toBe('request/invalid')
    expect(await refusal(signed(guest(app, 'Eve')))).toBe('session/missing')
    page.close()
  })

  test('[RP2] who would rather not sign is asked for nothing; it is kept only when they want it kept, and they may sign later', async () => {
    await seal()
    expect(await signed(wren)).toEqual([])
    await sign(dana, { did: 'rather-not', name: undefined })
    await sign(dana, { did: 'copy', name: undefined })
    expect((await signed(wren)).map(({ did }) => did)).toEqual(['rather-not', 'copy'])
    await sign(dana)
    expect(await refusal(sign(dana, { did: 'rather-not', name: undefined }))).toBe('signature/given')
    expect((await signed(wren)).map(({ did }) => did)).toEqual(['rather-not', 'copy', 'signed'])
  })

  test('[RP3] nobody signs for another; who has no phone says so, and who typed it is kept', async () => {
    const rosa = await admitted(wren, 'Rosa')
    const words = { name: 'Pilar', role: 'support', language: 'es' } as const
    const pilar = await wren.call('addPerson', { params: params(), body: words })
    expect(pilar).toMatchObject({ state: 'admitted', here: true, attendance: 'proxy' })
    await seal()
    expect(await refusal(sign(dana, { participantId: rosa.participantId }))).toBe('access/denied')
    expect(await refusal(sign(wren, { participantId: rosa.participantId }))).toBe('signature/own')
    await sign(wren, { participantId: pilar.id, name: 'Pilar Luna' })
    expect(await signed(dana)).toMatchObject([{ participantId: pilar.id, name: 'Pilar Luna', typedBy: 'Wren' }])
    expect(await refusal(dana.call('addPerson', { params: params(), body: words }))).toBe('access/denied')
  })

  test('[RP4] what was signed is bound to its version: after an amendment nobody signs the old one', async () => {
    await seal()
    const first = versionId
    await wren.call('amend', { params: params(), body: { reason: 'A date was wrong' } })
    expect(await refusal(sign(dana))).toBe('access/denied')
    await seal(2)
    expect(await refusal(sign(dana, { versionId: first }))).toBe('version/outdated')
    await wren.setPhase('ended')
    await sign(dana)
    expect((await signed(dana)).map(({ name }) => name)).toEqual(['Dana Alder'])
  })

  test('[RP5] the next sealed header covers the signatures before it; one that was changed, moved or left out shows', async () => {
    await seal()
    await sign(dana, { drawing: 'M12 80L14 78' })
    const early = await exported(dana)
    expect(check(early).signedSince).toBe(1)
    expect(() => check({ ...early, signatures: [] })).toThrow()
    await wren.call('amend', { params: params(), body: { reason: 'A date was wrong' } })
    await seal(2)
    const file = await exported(dana)
    expect(check(file).signedSince).toBe(0)
    const [first, second] = file.versions.map(({ sections }) => sections.signatures as { content: { name: string }[] })
    expect([first!.content, second!.content.map(({ name }) => name)]).toEqual([[], ['Dana Alder']])
    const forged = structuredClone(file)
    ;(forged.versions[1]!.sections.signatures as typeof second)!.content[0]!.name = 'Eve Alder'
    expect(() => check(forged)).toThrow('not those that were sealed')
    const emptied = structuredClone(file)
    ;(emptied.versions[1]!.sections.signatures as typeof second)!.content = []
    expect(() => check(emptied)).toThrow('not those that were sealed')
  })

  test('[RP5] who may not know of somebody gets the hash of the signatures alone, and counts them nowhere', async () => {
    const ben = await admitted(wren, 'Ben')
    await wren.call('hide', { params: { ...params(), participantId: ben.participantId }, body: { hidden: true } })
    await seal()
    const page = await dana.enter()
    await sign(ben)
    await sign(dana)
    expect((await page.until('signatures:changed')).signed).toBe(1)
    expect((await signed(dana)).map(({ name }) => name)).toEqual(['Dana Alder'])
    expect(JSON.stringify(await exported(dana))).not.toMatch(/"Ben|Ben Alder/)
    expect((await signed(wren)).map(({ name }) => name)).toEqual(['Ben Alder', 'Dana Alder'])
    await wren.call('amend', { params: params(), body: { reason: 'A date was wrong' } })
    await seal(2)
    const file = await exported(dana)
    expect(file.versions[1]!.sections.signatures).toEqual({ withheld: true })
    expect(check(file).versions).toHaveLength(2)
    page.close()
  })

  test('[RP4] names and drawings lie in the database encrypted', async () => {
    await seal()
    await sign(dana, { name: 'Dana Quetzal', drawing: 'M123 45L124 46' })
    const rows = await app.app.parts.db.collection('signatures').find({ versionId }).toArray()
    expect(rows).toHaveLength(1)
    const kept = Buffer.from((rows[0] as unknown as { words: { buffer: Uint8Array } }).words.buffer).toString('latin1')
    expect(kept).not.toMatch(/Quetzal|123 45/)
  })
})
