import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { PlanError } from '../../shared/errors'
import { addItem } from '../../shared/plan'
import { type Part, partKey } from '../../shared/part'
import { openPage } from '../support/openPage'
import { admitted, comesForAgency, refusal, type Someone, staff } from '../support/people'
import { SeededRandom } from '../support/seededRandom'
import { memberIdOf, signedRelease } from '../support/signedRelease'
import { startTestApp, type TestApp } from '../support/startTestApp'
import { addGoal, addPromise } from '../support/writing'

const FAMILY = { section: 'family', subject: null } as const
const PREP = { section: 'prep', subject: null } as const
const chance = new SeededRandom(11)

let app: TestApp
let clock = () => new Date()
let wren: Someone
let dana: Someone
/** Of the school, by her account. */
let adeyemi: Someone

beforeAll(async () => {
  app = await startTestApp({ clock: () => clock() })
  wren = await staff(app, 'Wren')
  adeyemi = await staff(app, 'Adeyemi', { duty: 'agency', agency: 'school' })
})
afterAll(() => app.close())

beforeEach(async () => {
  clock = () => new Date()
  await wren.createMeeting()
  dana = await admitted(wren, 'Dana')
  await comesForAgency(wren, adeyemi, 'school')
})

const params = () => ({ meetingId: wren.meetingId })
const read = (who: Someone, part?: Part) =>
  who.call('readPlan', { params: params(), query: part && { part: partKey(part) } })
const history = (who: Someone, part: Part) =>
  who.call('readHistory', { params: params(), query: { part: partKey(part) } })

/** Somebody says something in a part, by their own page. */
async function say(who: Someone, part: Part, words: string): Promise<string> {
  const page = await openPage(who, part)
  const id = chance.id()
  addItem(page.doc, 'strengths', id, { order: 'a0', removed: false, who: '', day: null }, { words })
  await page.untilSaved()
  page.close()
  return id
}

describe('the parts of a plan', () => {
  it('[GS1] decisions stand in the plan alone: an agreement elsewhere, or a promise that professionals prepare, is refused', async () => {
    const attempts = [
      { who: dana, part: FAMILY, kind: 'agreements' },
      { who: wren, part: PREP, kind: 'agreements' },
      { who: wren, part: PREP, kind: 'goals' },
    ] as const
    for (const { who, part, kind } of attempts) {
      const page = await openPage(who, part)
      addItem(page.doc, kind, chance.id(), { order: 'a0', removed: false }, { words: 'Settled' })
      await page.until(({ refused }) => refused === 'plan/shape')
      page.close()
      expect((await read(who, part))[kind]).toEqual([])
    }
    const page = await openPage(wren, PREP)
    addPromise(page.doc, chance, chance.id(), 'We will see to it')
    await page.until(({ refused }) => refused === 'plan/shape')
    page.close()
    const heard = await openPage(dana, FAMILY)
    addPromise(heard.doc, chance, addGoal(heard.doc, chance, 'Calm evenings'), 'Rosa sleeps over')
    await heard.untilSaved()
    heard.close()
    expect((await read(dana, FAMILY)).actions[0]!.words).toBe('Rosa sleeps over')
    expect((await read(dana)).actions).toEqual([])
  })

  it('[GS2] a meeting from before there were such parts gets them when somebody opens it', async () => {
    await app.app.parts.db.model('LiveDocument').deleteMany({ ...params(), section: { $in: ['family', 'prep'] } })
    const sections = async (who: Someone) =>
      (await who.call('openLive', { params: params() })).documents.map(({ section }) => section)
    expect(await sections(dana)).toEqual(['plan', 'family'])
    expect(await sections(wren)).toEqual(['plan', 'prep'])
    await say(wren, PREP, 'Dana asks for help early')
    expect((await read(adeyemi, PREP)).strengths[0]!.words).toBe('Dana asks for help early')
  })

  it('[GS3] each part is read by whoever may; for all others a gated one is not there, by whatever name they ask', async () => {
    const { part } = await signedRelease(dana, { section: 'education', recipients: ['school'] })
    await say(dana, part, 'Reads every evening')
    for (const who of [dana, adeyemi]) expect((await read(who, part)).strengths[0]!.words).toBe('Reads every evening')

    const unborn = { section: 'health', subject: part.subject } as const
    const nobodys = { ...part, subject: 'f'.repeat(24) }
    const rosa = await admitted(wren, 'Rosa')
    for (const who of [wren, rosa, await admitted(wren, 'Ines', 'observer')]) {
      const answers = [part, unborn, nobodys].flatMap((one) => [read(who, one), history(who, one)])
      expect(new Set(await Promise.all(answers.map(refusal)))).toEqual(new Set(['plan/part-not-found']))
      const paths = (await who.call('openLive', { params: params() })).documents.map(({ path }) => path)
      expect(JSON.stringify(paths)).not.toContain('education')
    }
    for (const key of ['education', `plan.${part.subject}`, 'nonsense', `education.${part.subject}.x`]) {
      const asked = dana.call('readPlan', { params: params(), query: { part: key } })
      expect(await refusal(asked), key).toBe('plan/part-not-found')
    }
    expect(await refusal(read(wren, FAMILY))).toBe('access/denied')
    expect(await refusal(read(dana, PREP))).toBe('access/denied')
  })

  it('[GS4] who wrote in a gated part is told from its opening on; the person it is about reads all of it', async () => {
    const { part } = await signedRelease(dana, { section: 'education' })
    const start = Date.now()
    const later = (minutes: number) => new Date(start + minutes * 60_000)
    const before = await say(dana, part, 'before')
    await signedRelease(dana, { section: 'education', recipients: ['school'], at: later(20) })
    clock = () => later(40)
    const after = await say(dana, part, 'after')
    expect(Object.keys((await history(adeyemi, part)).items)).toEqual([`strengths/${after}`])
    const all = (await history(dana, part)).items
    expect(Object.keys(all).sort()).toEqual([`strengths/${before}`, `strengths/${after}`].sort())
    expect((await read(adeyemi, part)).strengths).toHaveLength(2)
    expect(await memberIdOf(dana)).toBe(part.subject)
  })

  const copy = async (kind: 'checkpoint' | 'sealed' = 'checkpoint', label = 'A copy') => {
    const { versions } = await wren.call('listVersions', { params: params() })
    return wren.call('makeVersion', { params: params(), body: { kind, label, basedOn: versions[0]?.number ?? 0 } })
  }
  const version = (who: Someone, { id }: { id: string }) => who.call('readVersion', { params: { versionId: id } })
  /** What somebody reads of a version's other parts. */
  const partsOf = async (who: Someone, of: { id: string }) =>
    (await version(who, of)).parts.map(({ section, plan }) => [
      section,
      ...plan.strengths.map(({ words }) => words).sort(),
    ])
  const amend = () => wren.call('amend', { params: params(), body: { reason: 'One thing more' } })

  it('[GS5] sealing ends all parts together, with every word that was acknowledged; an amendment goes on in all of them', async () => {
    const { part } = await signedRelease(dana, { section: 'education', recipients: ['school'] })
    const ids = [await say(dana, FAMILY, 'ours'), await say(wren, PREP, 'theirs'), await say(dana, part, 'school')]
    const pages = await Promise.all([openPage(dana), openPage(dana, FAMILY), openPage(adeyemi, part)])
    const sealed = await copy('sealed')
    for (const page of pages) await page.until(({ closeCode }) => closeCode !== undefined)
    expect(await partsOf(dana, sealed)).toEqual([
      ['family', 'ours'],
      ['education', 'school'],
    ])
    expect(await partsOf(adeyemi, sealed)).toEqual([
      ['prep', 'theirs'],
      ['education', 'school'],
    ])
    const late = (one: Part) =>
      app.app.parts.livePlans.edit(
        wren.meetingId,
        'server',
        (doc) => addItem(doc, 'ideas', chance.id(), { order: 'a0', removed: false }),
        one,
      )
    for (const one of [FAMILY, PREP, part]) expect(await refusal(late(one))).toBe('plan/sealed')
    await amend()
    const now = await Promise.all([read(dana, FAMILY), read(wren, PREP), read(adeyemi, part)])
    expect(now.map(({ strengths }) => strengths[0]!.id)).toEqual(ids)
    await say(dana, FAMILY, 'and more')
    expect((await read(dana, FAMILY)).strengths).toHaveLength(2)
    for (const page of pages) page.close()
  })

  it('[GS5] when sealing is refused, people write on in every part', async () => {
    const { livePlans } = app.app.parts
    const page = await openPage(dana, FAMILY)
    const refused = livePlans.seal(wren.meetingId, async (parts) => {
      expect(parts.map(({ section }) => section)).toEqual(['plan', 'family', 'prep'])
      addGoal(page.doc, chance, 'typed while it was sealed')
      throw new PlanError('version/outdated')
    })
    expect(await refusal(refused)).toBe('version/outdated')
    await page.untilSaved()
    page.close()
    expect((await read(dana, FAMILY)).goals).toHaveLength(1)
    await say(wren, PREP, 'goes on')
  })

  it('[GS6] a version shows of the other parts what its reader may read, and what was there before it was opened to them stays closed', async () => {
    const { part } = await signedRelease(dana, { section: 'education' })
    await say(dana, FAMILY, 'ours')
    await say(dana, part, 'before')
    const early = await copy()
    const { revoke } = await signedRelease(dana, { section: 'education', recipients: ['school'] })
    await say(dana, part, 'after')
    const late = await copy()
    expect(await partsOf(dana, early)).toEqual([
      ['family', 'ours'],
      ['education', 'before'],
    ])
    expect(await partsOf(adeyemi, early)).toEqual([['prep']])
    expect(await partsOf(adeyemi, late)).toEqual([['prep'], ['education', 'after', 'before']])
    const shown = (await version(adeyemi, late)).parts[1]!
    expect(shown).toMatchObject({ subject: part.subject, name: 'Dana', notice: 'other' })
    for (const who of [wren, await admitted(wren, 'Ines', 'observer')]) {
      expect(JSON.stringify(await version(who, late))).not.toMatch(/education|before|after"|ours/)
    }
    await revoke()
    expect(await partsOf(adeyemi, late)).toEqual([['prep']])
    expect(await partsOf(dana, late)).toHaveLength(2)
  })

  it('[GS7] what changed in a part is told to whoever may read it in both versions, and names nobody from before', async () => {
    const { part } = await signedRelease(dana, { section: 'substance-use' })
    const first = await copy()
    await say(dana, part, 'ninety days')
    const second = await copy()
    await signedRelease(dana, { section: 'substance-use', recipients: ['school'] })
    const third = await copy()
    const strength = await say(adeyemi, part, 'tells the truth')
    const fourth = await copy()
    const compare = async (who: Someone, from: { id: string }, to: { id: string }) =>
      (await who.call('compareVersions', { params: { versionId: to.id }, query: { from: from.id } })).parts
    const [, told] = await compare(dana, first, second)
    expect(told).toMatchObject({
      section: 'substance-use',
      notice: 'substance-use',
      diff: { items: [{ what: ['added'] }] },
    })
    expect(Object.values(told!.changedBy)[0]!.who).toBe('Dana')
    expect((await compare(adeyemi, second, fourth)).map(({ section }) => section)).toEqual(['prep'])
    const [, opened] = await compare(adeyemi, third, fourth)
    expect(Object.entries(opened!.changedBy)).toEqual([
      [`strengths/${strength}`, expect.objectContaining({ who: 'Adeyemi' })],
    ])
    expect(await compare(wren, first, fourth)).toMatchObject([{ section: 'prep', diff: { items: [] } }])
  })

  it('[GS8] a thing in a part is brought back by who may read and write there; nobody else hears that somebody was at it', async () => {
    const { part } = await signedRelease(dana, { section: 'education', recipients: ['school'] })
    const id = await say(dana, part, 'Reads')
    const kept = await copy()
    const page = await openPage(dana, part)
    page.write(`strengths/${id}/words`, ' no more')
    await page.untilSaved()
    const wall = await wren.enter()
    const restore = (who: Someone, key: string) =>
      who.call('restore', {
        params: params(),
        body: { versionId: kept.id, item: { kind: 'strengths', id }, part: key },
      })
    expect(await refusal(restore(wren, partKey(part)))).toBe('plan/part-not-found')
    expect(await refusal(restore(wren, 'prep'))).toBe('version/item-not-found')
    expect((await restore(adeyemi, partKey(part))).strengths[0]!.words).toBe('Reads')
    await page.until(({ plan }) => plan.strengths[0]!.words === 'Reads')
    page.close()
    const next = await copy('checkpoint', 'the next one')
    expect(next.number).toBe(kept.number + 1)
    await wall.until('version:made', ({ version }) => version.id === next.id)
    expect(wall.heard.filter(({ event }) => event === 'version:made')).toHaveLength(1)
    wall.close()
    const whole = { params: params(), body: { versionId: kept.id, part: partKey(part) } }
    expect(await refusal(dana.call('restore', whole))).toBe('access/denied')
  })

  it('[GS9] the next meeting brings a gated part along while a release holds it open; private family time and preparation begin anew', async () => {
    const held = await signedRelease(dana, { section: 'education', recipients: ['school'] })
    const ended = await signedRelease(dana, { section: 'health', recipients: ['school'] })
    const id = await say(dana, held.part, 'Reads')
    await say(dana, ended.part, 'Sleeps')
    await say(dana, FAMILY, 'ours')
    const sealed = await copy('sealed')
    await ended.revoke()
    const { familyId, id: earlier } = (await wren.read()).meeting
    await wren.createMeeting({ familyId })
    await dana.join((await wren.read()).joining!.code!)
    await wren.admit(dana)
    expect((await read(dana, held.part)).strengths.map((one) => one.id)).toEqual([id])
    expect((await read(dana, FAMILY)).strengths).toEqual([])
    expect(await refusal(read(dana, ended.part))).toBe('plan/part-not-found')
    dana.meetingId = earlier
    expect(await partsOf(dana, sealed)).toContainEqual(['health', 'Sleeps'])
  })

  it('[GS10] a copy that is made by itself looks at every part', async () => {
    await copy()
    await wren.setPhase('ended')
    expect((await wren.call('listVersions', { params: params() })).versions).toHaveLength(1)
    await wren.setPhase('open')
    await say(dana, FAMILY, 'ours')
    await wren.setPhase('ended')
    expect((await wren.call('listVersions', { params: params() })).versions).toHaveLength(2)
  })
})
