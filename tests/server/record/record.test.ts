import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type About, RECORDED, type RecordEntry, type RecordLine } from '../../../shared/record'
import { byNobody } from '../../../server/record/actors'
import { createRecord } from '../../../server/record/record'
import { verifyRecord } from '../../../server/verify/verify.mjs'
import { openPage } from '../../support/openPage'
import { admitted, guest, refusal, type Someone, staff } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

let app: TestApp
let wren: Someone
let admin: Someone
let dana: Someone
let familyId: string

beforeAll(async () => {
  app = await startTestApp()
  wren = await staff(app, 'Wren Castellanos')
  admin = await staff(app, 'Ada Min', { duty: 'admin' })
  familyId = (await wren.createFamily()).id
  await wren.createMeeting({ familyId })
  dana = await admitted(wren, 'Dana')
})
afterAll(() => app.close())

const params = () => ({ meetingId: wren.meetingId })
const settled = () => app.app.parts.record.settled()

async function told(reader = dana) {
  await settled()
  return (await reader.call('readRecord', { params: params() })).lines
}

/** The record as an administrator takes it away, line by line. */
async function exported(path = '/api/record/export') {
  await settled()
  const response = await admin.request('get', path)
  expect(response.status).toBe(200)
  return response.text()
}

function entriesOf(file: string): RecordEntry[] {
  return file
    .trimEnd()
    .split('\n')
    .slice(1, -1)
    .map((line) => (JSON.parse(line) as { entry: RecordEntry }).entry)
}

describe('what is recorded', () => {
  it('[RC1] the family reads who did what: let in, looked, kept, sealed, wrote on, paired a wall, taken out', async () => {
    const jo = await admitted(wren, 'Jo', 'support')
    await wren.admit(jo, 'observer')
    await wren.remove(jo)
    const page = await openPage(dana)
    page.close()
    const kept = await wren.call('makeVersion', {
      params: params(),
      body: { kind: 'checkpoint', label: 'Secret label', basedOn: 0 },
    })
    const sealed = await wren.call('makeVersion', {
      params: params(),
      body: { kind: 'sealed', label: 'Sealed', basedOn: 1 },
    })
    await dana.call('readVersion', { params: { versionId: kept.id } })
    await wren.call('compareVersions', { params: { versionId: sealed.id }, query: { from: kept.id } })
    await dana.call('exportVersions', { params: { familyId } })
    await wren.call('amend', { params: params(), body: { reason: 'Secret reason' } })
    await wren.call('restore', { params: params(), body: { versionId: kept.id } })
    const { url } = await wren.call('pairProjector', { params: params() })
    const wall = guest(app, 'Wall')
    await wall.call('startProjector', { body: { token: url.split('#')[1]! } })
    await wall.call('openProjectorLive')
    await wren.setPhase('private')
    await dana.setPhase('open')
    const lines = await told()
    const facts = lines.map(({ who, standing, what, whom }) => [who, standing, what, whom].join(' | ')).reverse()
    expect(facts).toEqual([
      'Wren Castellanos | staff:facilitator | family-made | ',
      'Wren Castellanos | staff:facilitator | meeting-opened | ',
      'Wren Castellanos | facilitator | admitted | Dana',
      'Wren Castellanos | facilitator | admitted | Jo',
      'Wren Castellanos | facilitator | role-changed | Jo',
      'Wren Castellanos | facilitator | removed | Jo',
      'Dana | family | plan-opened | ',
      'Wren Castellanos | facilitator | version-made | ',
      'Wren Castellanos | facilitator | version-sealed | ',
      'Dana | family | version-read | ',
      'Wren Castellanos | facilitator | versions-compared | ',
      'Dana | family | versions-exported | ',
      'Wren Castellanos | facilitator | amended | ',
      'Wren Castellanos | facilitator | restored | ',
      'Wren Castellanos | facilitator | projector-paired | ',
      ' | projector | projector-started | ',
      'Wren Castellanos | facilitator | phase-changed | ',
      'Dana | family | phase-changed | ',
    ])
    expect(lines.find(({ what }) => what === 'versions-compared')!.about).toEqual({
      versionId: sealed.id,
      fromVersionId: kept.id,
    })
  })

  it('[RC90] the family reads which version words came back from, and nothing of a part they may not know of', async () => {
    const lines = (await told()).filter(({ what }) => what === 'restored')
    expect(lines.map(({ about }) => about)).toMatchObject([
      { number: 1, chainNumber: 0, whole: true, section: 'plan', subject: null },
    ])
    const about = { ...lines[0]!.about, section: 'health', subject: 'e'.repeat(24) } as About<'restored'>
    await app.app.parts.record.note({ what: 'restored', ...byNobody, familyId, about })
    expect((await told()).filter(({ what }) => what === 'restored')).toEqual(lines)
  })

  it('[RC91] who was asked for a permission, and who locked a phone, finds that there; nobody else does', async () => {
    const lea = await admitted(wren, 'Lea')
    await wren.call('askRelease', {
      params: params(),
      body: {
        participantId: lea.participantId,
        form: {
          about: null,
          sections: [{ section: 'health', told: 'Attendance', discloser: null }],
          recipients: ['school'],
          members: [],
          purpose: 'plan',
          ownPurpose: '',
          until: null,
        },
      },
    })
    const phone = await admitted(wren, 'Lea on her old phone')
    await phone.request('POST', '/lock')
    const own = (lines: RecordLine[]) => lines.map(({ what }) => what).filter((what) => /asked|locked/.test(what))
    expect(own(await told(lea))).toEqual(['release-asked'])
    expect(own(await told())).toEqual([])
    const locked = entriesOf(await exported()).filter(({ what }) => what === 'phone-locked')
    expect(locked.map(({ actor }) => actor.participantId)).toEqual([phone.participantId])
  })

  it('[RC2] who signs in, fails to, or signs out stands in the record of the house', async () => {
    const ames = await staff(app, 'Ames')
    await refusal(ames.call('signIn', { body: { email: ames.person!.email, password: 'wrong' } }))
    await ames.call('signOut')
    const entries = entriesOf(await exported()).filter(({ chain }) => chain === 'house')
    const mine = entries.filter(({ actor }) => actor.staffId === ames.person!.id).map(({ what }) => what)
    expect(mine).toEqual(['signed-in', 'signed-out'])
    expect(entries.filter(({ what }) => what === 'sign-in-failed').map(({ actor }) => actor.standing)).toEqual([
      'unknown',
    ])
  })

  it('[RC3] no name and no word that people wrote stands in it in clear, and nothing but what the table names', async () => {
    const file = await exported()
    for (const word of ['Dana', 'Wren', 'Castellanos', 'Jo"', 'Secret', 'Miles', 'example.org']) {
      expect(file).not.toContain(word)
    }
    for (const { what, about } of entriesOf(file)) expect(Object.keys(about).sort()).toEqual([...RECORDED[what]].sort())
    const wrong = { versionId: 'the words of a plan', number: 1 }
    const note = app.app.parts.record.note({ what: 'version-made', ...byNobody, familyId, about: wrong })
    expect(await refusal(note)).toBe('record/unavailable')
  })
})

describe('who reads it', () => {
  it('[RC4] only the people of the family read their record; nobody of the agencies, no supporter, no stranger', async () => {
    const kim = await admitted(wren, 'Kim', 'youth')
    expect((await told(kim)).length).toBeGreaterThan(10)
    expect(await refusal(told(wren))).toBe('access/denied')
    for (const role of ['support', 'agency', 'interpreter', 'observer'] as const) {
      expect(await refusal(told(await admitted(wren, `Some ${role}`, role)))).toBe('access/denied')
    }
    const other = await staff(app, 'Sol')
    await other.createMeeting()
    const lee = await admitted(other, 'Lee')
    expect(await refusal(told(lee))).toBe('meeting/not-found')
    await settled()
    const own = await lee.call('readRecord', { params: { meetingId: other.meetingId } })
    expect(own.lines.map(({ what }) => what)).toEqual(['admitted', 'meeting-opened', 'family-made'])
  })

  it('[RC5] only an administrator takes the record away, and that too is recorded, before it is handed over', async () => {
    for (const [path, chain] of [
      ['/api/record/export', 'house'],
      [`/api/families/${familyId}/record/export`, familyId],
    ] as const) {
      expect((await wren.request('get', path)).status).toBe(403)
      expect((await dana.request('get', path)).status).toBe(401)
      const entries = entriesOf(await exported(path)).filter((entry) => entry.chain === chain)
      expect(entries.at(-1)).toMatchObject({ what: 'record-exported', actor: { staffId: admin.person!.id } })
    }
    const own = entriesOf(await exported(`/api/families/${familyId}/record/export`))
    expect([...new Set(own.map(({ chain }) => chain))]).toEqual([familyId])
  })
})

describe('the chain', () => {
  it('[RC6] an export verifies without a server; an entry changed, left out, moved, or cut off at the end does not', async () => {
    const file = await exported()
    const { chains } = verifyRecord(file)
    expect(chains.find(({ chain }) => chain === familyId)!.count).toBeGreaterThan(20)
    const lines = file.trimEnd().split('\n')
    const join = (some: string[]) => `${some.join('\n')}\n`
    const inFamily = lines.findIndex((line) => line.includes(`"chain":"${familyId}"`))
    const altered = {
      'another time': file.replace(/"at":"20(\d)/, '"at":"21$1'),
      'another actor': file.replace(/"standing":"facilitator"/, '"standing":"observer"'),
      'one left out': join(lines.filter((_, index) => index !== inFamily + 3)),
      'two changed places': join(lines.map((line, index) => lines[index === 2 ? 3 : index === 3 ? 2 : index] ?? line)),
      'the last of a chain left out': join([...lines.slice(0, -2), lines.at(-1)!]),
      'a whole chain left out': join(lines.filter((line) => !line.includes('"chain":"house"'))),
      'cut off': join(lines.slice(0, -1)),
    }
    for (const [what, text] of Object.entries(altered)) {
      expect(text, what).not.toBe(file)
      expect(() => verifyRecord(text), what).toThrow()
    }
    expect(() => verifyRecord(file, '0000-0000-0000-0000-0000-0000-0000-0000')).toThrow(/another key/)
  })

  it('[RC7] many who write at once, over two servers, make one chain without a gap', async () => {
    const { record } = app.app.parts
    const chain = 'ab'.repeat(12)
    const other = createRecord(app.app.parts)
    await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        (n % 2 ? record : other).note({ what: 'meeting-opened', ...byNobody, familyId: chain, about: {} }),
      ),
    )
    const { chains } = verifyRecord(await exported(`/api/families/${chain}/record/export`))
    expect(chains).toEqual([{ chain, count: 61 }])
  })
})
