import canonicalize from 'canonicalize'
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Answer } from '../../../shared/api'
import { type Part, PLAN_PART } from '../../../shared/part'
import { addItem } from '../../../shared/plan'
import { verifyExport } from '../../../server/verify/verify.mjs'
import { openPage } from '../../support/openPage'
import { admitted, comesForAgency, refusal, type Someone, staff } from '../../support/people'
import { SeededRandom } from '../../support/seededRandom'
import { signedRelease } from '../../support/signedRelease'
import { startTestApp, type TestApp } from '../../support/startTestApp'

type Export = Answer<'exportVersions'>
type Others = NonNullable<Export['versions'][0]['others']>

const PREP = { section: 'prep', subject: null } as const
const chance = new SeededRandom(13)
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

let app: TestApp
let wren: Someone
let dana: Someone
/** Of the clinic, by their account. */
let park: Someone
let familyId: string
let substance: Awaited<ReturnType<typeof signedRelease>>

const exported = (who: Someone) => who.call('exportVersions', { params: { familyId } })
const check = (file: unknown) => verifyExport(JSON.stringify(file))
const seal = (basedOn: number) =>
  wren.call('makeVersion', {
    params: { meetingId: wren.meetingId },
    body: { kind: 'sealed', label: 'Sealed', basedOn },
  })

async function say(who: Someone, part: Part, words: string): Promise<void> {
  const page = await openPage(who, part)
  addItem(page.doc, 'strengths', chance.id(), { order: 'a0', removed: false, who: '', day: null }, { words })
  await page.untilSaved()
  page.close()
}

/** A version sealed before Park could read of Dana's health, and one after. */
beforeAll(async () => {
  app = await startTestApp()
  wren = await staff(app, 'Wren')
  park = await staff(app, 'Park', { duty: 'agency', agency: 'mental-health' })
  familyId = (await wren.createFamily()).id
  await wren.createMeeting({ familyId })
  dana = await admitted(wren, 'Dana')
  await comesForAgency(wren, park, 'mental-health')
  const own = await signedRelease(dana, { section: 'health' })
  substance = await signedRelease(dana, { section: 'substance-use' })
  for (const { part } of [own, substance]) await say(dana, part, `about ${part.section}`)
  await say(wren, PREP, 'prepared')
  await seal(0)
  await signedRelease(dana, { section: 'health', recipients: ['mental-health'] })
  await wren.call('amend', { params: { meetingId: wren.meetingId }, body: { reason: 'More' } })
  await seal(2)
})
afterAll(() => app.close())

const sectionsIn = ({ versions }: Export) =>
  versions.map(({ others }) => others!.map((one) => 'content' in one && (one.content as Part).section))

describe('the other parts in an export', () => {
  it('[GS11] a sealed header has as many numbers whatever parts there are; each reader gets what they may read, and it checks', async () => {
    const file = await exported(dana)
    for (const { header } of file.versions) {
      expect(header.others).toHaveLength(24)
      expect(new Set(header.others).size).toBe(24)
      for (const hash of header.others!) expect(hash).toMatch(/^[0-9a-f]{64}$/)
    }
    const sections = sectionsIn(file).map((some) => some.sort())
    expect(sections).toEqual(Array(2).fill(['family', 'health', 'substance-use']))
    expect(sectionsIn(await exported(wren))).toEqual([['prep'], ['prep']])
    expect(sectionsIn(await exported(park))).toEqual([['prep'], ['prep', 'health']])
    for (const who of [dana, wren, park]) {
      const mine = await exported(who)
      const states = check(mine).versions.map(({ others }) => others.map(({ state }) => state))
      expect(states.flat().every((state) => state === 'shown')).toBe(true)
      if (who !== dana) expect(JSON.stringify(mine)).not.toContain('substance')
    }
    expect(JSON.stringify((await exported(park)).versions[0])).not.toContain('about health')
  })

  it('[GS11] a part that is not in the file is not missed; one that was changed, moved or doubled is refused', async () => {
    const file = await exported(dana)
    const [first, second] = file.versions as [Export['versions'][0], Export['versions'][0]]
    const others = first.others!
    const filled = (changed: Others) => ({ ...file, versions: [{ ...first, others: changed }, second] })
    expect(check(filled([])).versions[0]!.others).toEqual([])
    expect(check(filled(others.slice(1))).versions[0]!.others).toHaveLength(2)
    const [one, ...rest] = others as [Others[0], ...Others]
    const changed = JSON.parse(JSON.stringify(others).replace('about health', 'about nothing')) as Others
    expect(() => check(filled(changed))).toThrow('not those that were sealed')
    expect(() => check(filled([one, one]))).toThrow('not in its place')
    expect(() => check(filled([{ ...one, slot: (one.slot + 1) % 24 }, ...rest]))).toThrow()
    expect(() => check(filled([{ ...one, slot: 24 }]))).toThrow('not in its place')
    expect(() => check(filled(second.others!))).toThrow()
    const { others: _left, ...without } = first
    expect(() => check({ ...file, versions: [without, second] })).toThrow('missing')
  })

  it('[GS12] a header from before there were other parts still verifies', async () => {
    const { sign } = await app.app.parts.signingKey()
    const file = await exported(wren)
    let previous: string | null = null
    const versions = file.versions.map(({ others: _others, ...version }) => {
      const { others: _hashes, ...header } = { ...version.header, previous }
      previous = sha256(canonicalize(header)!)
      return { ...version, header, signature: sign(`ourplan-version-1:${previous}`) }
    })
    const { family, exportedAt, end } = file
    const claimed = { family, exportedAt, count: end.count, headerHash: previous }
    const signature = sign(`ourplan-export-1:${sha256(canonicalize(claimed)!)}`)
    const old = { ...file, versions, end: { ...end, headerHash: previous, signature } }
    expect(check(old).versions).toHaveLength(2)
    const more = old.versions.map((version) => ({ ...version, others: [] }))
    expect(() => check({ ...old, versions: more })).toThrow('does not know')
  })

  it('[GS13] the notice that belongs to gated words goes with them, signed, and with nothing else', async () => {
    const [ours, theirs, hers] = [await exported(dana), await exported(wren), await exported(park)]
    expect(Object.keys(ours.notices!)).toEqual(['substance-use', 'other'])
    expect(ours.notices!['substance-use']).toContain('prohibits unauthorized use or disclosure of these records')
    expect(Object.keys(hers.notices!)).toEqual(['other'])
    expect(theirs.notices).toBeUndefined()
    expect(check(ours).notices).toHaveLength(2)
    expect(() => check({ ...ours, notices: { other: ours.notices!.other } })).toThrow('signature')
    const { notices: _left, ...without } = ours
    expect(() => check(without)).toThrow('signature')
  })

  it('[GS14] whoever loses a right while the file is made gets nothing', async () => {
    const { familyKeys } = app.app.parts
    const meanwhile = (happens: () => Promise<unknown>) => {
      const { open } = familyKeys
      const spy = vi.spyOn(familyKeys, 'open').mockImplementation(async (...given) => {
        if (given[2].startsWith('version content')) {
          spy.mockRestore()
          await happens()
        }
        return open(...given)
      })
    }
    const lent = await signedRelease(dana, { section: 'substance-use', recipients: ['mental-health'] })
    meanwhile(() => lent.revoke())
    expect(await refusal(exported(park))).toBe('access/changed')
    const rosa = await admitted(wren, 'Rosa')
    meanwhile(() => wren.remove(rosa))
    expect(await refusal(exported(rosa))).toBe('family/not-found')
    expect((await exported(park)).versions).toHaveLength(2)
  })

  it('[GS15] words that a court orders removed are gone with their salt; a note stands there, and the chain verifies', async () => {
    const { removeWords } = app.app.parts
    const { versions } = await dana.call('listVersions', { params: { meetingId: dana.meetingId } })
    const versionId = versions.at(-1)!.id
    const before = await exported(dana)
    await removeWords(versionId, substance.part, 'By order of the court')
    await removeWords(versionId, substance.part, 'Once more')
    const file = await exported(dana)
    const [first, second] = file.versions as [Export['versions'][0], Export['versions'][0]]
    expect(JSON.stringify(first)).not.toContain('about substance-use')
    expect(JSON.stringify(second)).toContain('about substance-use')
    expect(first.header).toEqual(before.versions[0]!.header)
    const removed = first.others!.filter((one) => 'removed' in one)
    expect(removed).toMatchObject([{ removed: { reason: 'By order of the court' } }])
    expect(
      check(file)
        .versions[0]!.others.map(({ state }) => state)
        .sort(),
    ).toEqual(['removed', 'shown', 'shown'])
    expect(JSON.stringify(await exported(park))).not.toContain('order of the court')
    const read = await dana.call('readVersion', { params: { versionId } })
    const part = read.parts.find(({ section }) => section === 'substance-use')!
    expect(part).toMatchObject({ removed: { reason: 'By order of the court' }, plan: { strengths: [] } })

    await removeWords(versionId, PLAN_PART, 'By order of the court')
    const report = check(await exported(wren)).versions[0]!
    expect(report.sections.map(({ state }) => state)).toEqual(['removed', 'shown', 'removed', 'shown'])
    expect((await wren.call('readVersion', { params: { versionId } })).removed?.reason).toBe('By order of the court')
    expect(await refusal(removeWords(versionId, { ...PREP, section: 'justice' }, 'x'))).toBe('plan/part-not-found')
  })
})
