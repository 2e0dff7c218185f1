import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ReleaseForm } from '../../../shared/release'
import { readingModel } from '../../../server/links/linkModel'
import { verifyExport, verifyRecord } from '../../../server/verify/verify.mjs'
import { openPage } from '../../support/openPage'
import { admitted, guest, refusal, type Someone, staff } from '../../support/people'
import { signedRelease } from '../../support/signedRelease'
import { startTestApp, type TestApp } from '../../support/startTestApp'

const FORM: ReleaseForm = {
  about: null,
  sections: [{ section: 'health', told: 'Only whether he was there', discloser: null }],
  recipients: ['school'],
  members: [],
  purpose: 'schooling',
  ownPurpose: '',
  until: null,
}

let now = new Date('2027-03-02T18:00:00Z')
let app: TestApp
let wren: Someone
let admin: Someone
let dana: Someone
let familyId: string

beforeAll(async () => {
  app = await startTestApp({ clock: () => now })
})
afterAll(() => app.close())
beforeEach(async () => {
  now = new Date('2027-03-02T18:00:00Z')
  wren = await staff(app, 'Wren')
  admin = await staff(app, 'Ada', { duty: 'admin' })
  familyId = (await wren.createFamily()).id
  await wren.createMeeting({ familyId })
  dana = await admitted(wren, 'Dana')
})

const params = () => ({ familyId })
const ask = () => admin.call('askExpunging', { params: params() })
const expunge = (confirmation: string) => admin.call('expunge', { params: params(), body: { confirmation } })
const decide = (hold: boolean, reason = '') =>
  admin.call('setKeeping', { params: params(), body: { years: 10, hold, reason } })
const kept = async () => (await admin.call('listKeeping')).families.find(({ id }) => id === familyId)!

async function seal(basedOn = 0) {
  const body = { kind: 'sealed', label: 'Sealed', basedOn } as const
  return wren.call('makeVersion', { params: { meetingId: wren.meetingId }, body })
}

describe('how long a family is kept', () => {
  it('[RC10] an administrator sees every family by its dates, not by name, and decides how long it is kept and whether it is on hold', async () => {
    await app.app.parts.record.settled()
    expect(await kept()).toMatchObject({ name: '', years: 7, hold: false, keepUntil: '2034-03-02T18:00:00.000Z' })
    await decide(true, 'The court asked')
    expect(await kept()).toMatchObject({ years: 10, hold: true, reason: 'The court asked', expungedAt: null })
    const body = { years: 1, hold: false, reason: '' }
    expect(await refusal(wren.call('setKeeping', { params: params(), body }))).toBe('access/denied')
    expect(await refusal(wren.call('listKeeping'))).toBe('access/denied')
    expect(await refusal(dana.call('askExpunging', { params: params() }))).toBe('session/missing')
  })

  it('[RC11] a family is removed only by saying so twice, and never while it is on hold', async () => {
    expect(await refusal(expunge('x'.repeat(43)))).toBe('family/not-confirmed')
    const { confirmation } = await ask()
    await decide(true)
    expect(await refusal(expunge(confirmation))).toBe('family/held')
    expect(await refusal(ask())).toBe('family/held')
    await decide(false)
    expect(await refusal(expunge(confirmation))).toBe('family/not-confirmed')
    const late = await ask()
    now = new Date(now.getTime() + 11 * 60_000)
    expect(await refusal(expunge(late.confirmation))).toBe('family/not-confirmed')
    expect((await dana.read()).meeting.phase).toBe('open')
  })
})

describe('a family that was removed', () => {
  it('[RC12] can be read by nobody any more: open pages close, its key is gone, its rows too', async () => {
    const page = await openPage(dana)
    page.write('vision', 'Words of Dana')
    await page.untilSaved()
    const inMeeting = { meetingId: wren.meetingId }
    await dana.call('sayNeed', { params: inMeeting, body: { kind: 'ride', words: '' } })
    await dana.call('wishSupporter', { params: inMeeting, body: { name: 'Mo', relation: 'A neighbor', reach: '' } })
    const heard = await dana.enter()
    const sealed = await seal()
    await expunge((await ask()).confirmation)
    await Promise.all([page.until(({ closeCode }) => closeCode !== undefined), heard.closed])
    page.close()
    expect(await refusal(dana.read())).toBe('meeting/not-found')
    expect(await refusal(wren.call('readFamily', { params: params() }))).toBe('family/not-found')
    expect(await refusal(wren.call('readVersion', { params: { versionId: sealed.id } }))).toBe('version/not-found')
    expect((await wren.call('listMeetings')).meetings.map(({ familyId: id }) => id)).not.toContain(familyId)
    const { familyKeys, db } = app.app.parts
    expect(await refusal(familyKeys.open(familyId, Buffer.alloc(64), 'any'))).toBe('family/not-found')
    expect(await refusal(familyKeys.seal(familyId, Buffer.from('x'), 'any'))).toBe('family/not-found')
    expect(await db.collection('familyKeys').findOne({ _id: familyId as never })).not.toHaveProperty('wrapped')
    for (const collection of ['liveDocuments', 'releases', 'meetings', 'needs', 'supporters']) {
      expect([collection, await db.collection(collection).countDocuments({ familyId })]).toEqual([collection, 0])
    }
    const versions = await db.collection('versions').find({ familyId }).toArray()
    expect(versions.map((version) => [version.content, version.head])).toEqual([[undefined, undefined]])
    expect(await refusal(ask())).toBe('family/not-found')
  })

  it('[SC14] what was asked and answered from 0 to 10, about the decision, and who keeps what is said go with the family', async () => {
    const params = { meetingId: wren.meetingId }
    const scale = { question: 'How safe?', zero: 'Not', ten: 'Safe', item: null }
    const { open } = await wren.call('askScale', { params, body: scale })
    await dana.call('giveScore', { params, body: { askId: open!.id, score: 6, higher: 'Light', named: true } })
    await app.app.parts.livePlans.edit(wren.meetingId, wren.participantId, (doc) =>
      doc.getText('decision').insert(0, 'Miles stays.'),
    )
    const { ask: asked } = await wren.call('leadDecision', { params, body: { step: 'ask' } })
    await dana.call('takePosition', { params, body: { askId: asked!.id, stance: 'support', reason: '' } })
    await dana.call('setRelative', { params, body: { name: 'Rosa' } })
    await wren.call('keepConfidence', { params, body: { language: 'en', words: 1 } })
    const { db } = app.app.parts
    const counts = () =>
      Promise.all(
        ['scales', 'scores', 'decisionAsks', 'positions', 'relatives', 'confidences'].map((name) =>
          db.collection(name).countDocuments({ familyId }),
        ),
      )
    expect(await counts()).toEqual([1, 1, 1, 1, 1, 1])
    await expunge((await ask()).confirmation)
    expect(await counts()).toEqual([0, 0, 0, 0, 0, 0])
  })

  it('[RC13] leaves tombstones: its sealed versions and its record verify as before, and say that it was removed', async () => {
    await seal()
    const record = async () => {
      await app.app.parts.record.settled()
      return (await admin.request('get', `/api/families/${familyId}/record/export`)).text()
    }
    const before = await record()
    const held = verifyExport(JSON.stringify(await admin.call('exportHeaders', { params: params() })))
    expect(held.versions[0]!.sections.map(({ state }) => state)).toContain('withheld')
    await expunge((await ask()).confirmation)
    const file = await admin.call('exportHeaders', { params: params() })
    const { versions, family } = verifyExport(JSON.stringify(file))
    expect(family).toBe('')
    expect([...new Set(versions.flatMap(({ sections }) => sections.map(({ state }) => state)))]).toEqual(['removed'])
    const after = await record()
    expect(verifyRecord(after).chains[0]!.count).toBeGreaterThan(verifyRecord(before).chains[0]!.count)
    expect(after).toContain('"family-expunged"')
    expect(after.split('\n').slice(1, 4)).toEqual(before.split('\n').slice(1, 4))
    expect((await kept()).expungedAt).toBe(now.toISOString())
  })

  it('[RC14] a removal that a stop cut off is finished by the next start', async () => {
    const { db, expunging, families } = app.app.parts
    const { familyKeys } = app.app.parts
    const destroy = familyKeys.destroy
    familyKeys.destroy = () => Promise.reject(new Error('the server stopped'))
    const { confirmation } = await ask()
    expect(
      await admin.request('post', `/api/families/${familyId}/expunging/confirmation`, { confirmation }),
    ).toMatchObject({ status: 500 })
    familyKeys.destroy = destroy
    expect(await refusal(dana.read())).toBe('meeting/not-found')
    await expunging.finishCutOff()
    expect(await familyKeys.isDestroyed(familyId)).toBe(true)
    expect(await db.collection('liveDocuments').countDocuments({ familyId })).toBe(0)
    expect(await families.nameOf(familyId)).toBe('')
  })

  it('[RC14] its record says once that it was removed and by whom, wherever a stop cut the removal off', async () => {
    const { db, expunging, record } = app.app.parts
    const { confirmation } = await ask()
    const note = record.note
    record.note = () => Promise.reject(new Error('the server stopped'))
    expect(
      await admin.request('post', `/api/families/${familyId}/expunging/confirmation`, { confirmation }),
    ).toMatchObject({ status: 500 })
    record.note = note
    expect(await app.app.parts.familyKeys.isDestroyed(familyId)).toBe(true)
    await expunging.finishCutOff()
    // Cut off between the entry and the last note to itself.
    await db.collection('keeping').updateOne({ _id: familyId as never }, { $unset: { gone: 1 } })
    await expunging.finishCutOff()
    const rows = await db.collection('record').find({ chain: familyId }).toArray()
    const entries = rows.map(({ entry }) => JSON.parse(entry)).filter(({ what }) => what === 'family-expunged')
    expect(entries.map(({ actor }) => actor)).toMatchObject([
      { staffId: admin.person!.id, standing: 'staff:admin', name: null },
    ])
  })

  it('[RC17] no row says anything of it any more, but the named tombstones', async () => {
    const { db } = app.app.parts
    const here = { meetingId: wren.meetingId }
    const whose = { ...here, participantId: dana.participantId }
    const link = await wren.call('makeLink', { params: whose, body: { email: null } })
    await signedRelease(dana, { section: 'education', recipients: ['school'] })
    await wren.call('askRelease', { params: here, body: { participantId: dana.participantId, form: FORM } })
    const pairing = await wren.call('pairProjector', { params: here })
    await guest(app, 'Wall').call('startProjector', { body: { token: pairing.url.split('#')[1]! } })
    const page = await openPage(dana)
    page.write('vision', 'Words of Dana')
    await page.untilSaved()
    page.close()
    await seal()
    await wren.call('amend', { params: here, body: { reason: 'More' } })
    await decide(false, 'Asked by nobody')
    await readingModel(db).create({ tokenHash: 'x', linkId: link.link.id, expiresAt: new Date('2999-01-01') })
    const ids = [familyId, here.meetingId, whose.participantId, (await dana.read()).me.memberId!, link.link.id]
    const holding = async () => {
      const found: string[] = []
      for (const { name } of await db.db!.listCollections().toArray()) {
        const rows = JSON.stringify(await db.collection(name).find({}).toArray())
        if (ids.some((id) => rows.includes(id))) found.push(name)
      }
      return found.sort()
    }
    expect(await holding()).toEqual(
      expect.arrayContaining(['linkReadings', 'links', 'pairings', 'releaseAsks', 'releases', 'sessions']),
    )
    await app.app.parts.record.settled()
    await expunge((await ask()).confirmation)
    expect(await holding()).toEqual(['families', 'familyKeys', 'keeping', 'record', 'versions'])
  })
})
