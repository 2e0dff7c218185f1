import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { type Part, partKey, PLAN_PART } from '../../../shared/part'
import { addItem, choose, type Choices, emptyPlan } from '../../../shared/plan'
import { SECTIONS } from '../../../shared/roles'
import { birthWords } from '../../../server/live/birthWords'
import { gate } from '../../../server/live/gate'
import { openPage, startPage } from '../../support/openPage'
import { admitted, guest, refusal, type Someone, staff } from '../../support/people'
import { SeededRandom } from '../../support/seededRandom'
import { memberIdOf, signedRelease } from '../../support/signedRelease'
import { startTestApp, type TestApp } from '../../support/startTestApp'

const chance = new SeededRandom(12)
const SAID = 'Quetzal letter of 1 February'
const CUT: Choices<'programs'> = {
  ...{ order: 'a0', removed: false, program: 'cash-aid', who: 'Dana', status: 'sanctioned 2027-02-01' },
  ...{ fixedBy: 'calworks', hours: 20, next: 'report 2027-05-11' },
}

let app: TestApp
let wren: Someone
let dana: Someone
let marsh: Someone
let quill: Someone

async function agency(name: string, of: 'calworks' | 'child-welfare', code: string, known?: Someone): Promise<Someone> {
  const someone = known ?? (await staff(app, name, { duty: 'agency', agency: of }))
  await someone.join(code, { role: 'agency', agency: of })
  await wren.admit(someone, 'agency', of)
  return someone
}

beforeAll(async () => {
  app = await startTestApp()
  wren = await staff(app, 'Wren')
})
afterAll(() => app.close())
beforeEach(async () => {
  const { joinCode } = await wren.createMeeting()
  dana = await admitted(wren, 'Dana')
  marsh = await agency('Marsh', 'calworks', joinCode, marsh)
  quill = await agency('Quill', 'child-welfare', joinCode, quill)
})

const params = () => ({ meetingId: wren.meetingId })
const read = (who: Someone, part: Part) => who.call('readPlan', { params: params(), query: { part: partKey(part) } })

/** Dana lets Marsh see her benefits, and says there that her aid is cut. */
async function told() {
  const { part, revoke } = await signedRelease(dana, { section: 'benefits', recipients: ['calworks'] })
  const page = await openPage(dana, part)
  const id = chance.id()
  addItem(page.doc, 'programs', id, CUT, { words: 'I missed a meeting.', said: SAID, stops: 'No bus card.' })
  await page.untilSaved()
  return { part, revoke, page, id }
}

describe('how a family stands in a program', () => {
  it('[PG1] is its own fact: since when, who said so, what it stops, what puts it right and whose that is', async () => {
    const { part, page, id } = await told()
    page.close()
    const { programs } = await read(marsh, part)
    expect(programs).toEqual([
      {
        ...{ ...CUT, id, language: null, other: '', words: 'I missed a meeting.', said: SAID, stops: 'No bus card.' },
        ...{ fix: '', action: null },
      },
    ])
    // The plan everybody shares has nothing of it.
    expect((await read(quill, PLAN_PART)).programs).toEqual([])
  })

  it('[PG2] is told in that part and no other', async () => {
    for (const section of SECTIONS) {
      const server = new Y.Doc()
      Y.applyUpdate(server, birthWords(1, emptyPlan()))
      const writer = new Y.Doc()
      Y.applyUpdate(writer, Y.encodeStateAsUpdate(server))
      writer.clientID = 1001
      addItem(writer, 'programs', chance.id(), CUT)
      const verdict = gate(server, Y.encodeStateAsUpdate(writer, Y.encodeStateVector(server)), () => true, section)
      expect(verdict, section).toMatchObject(
        section === 'benefits' ? { kind: 'accept' } : { kind: 'refuse', code: 'plan/shape' },
      )
    }
    const page = await openPage(marsh)
    addItem(page.doc, 'programs', chance.id(), CUT)
    await page.until(({ refused }) => refused === 'plan/shape')
    page.close()
  })

  it('[PG3] is one of the ways there are: rubbish is refused and changes nothing', async () => {
    const { part, page, id } = await told()
    page.close()
    const rubbish: Record<string, unknown[]> = {
      status: ['', 'sanctioned 2027-2-1', 'sanctioned  2027-02-01', 'cheater', 'active 2027-02-01 x', 7, null, {}],
      program: ['welfare', '', null, 'cash-aid food-aid'],
      hours: [-1, 81, 1.5, '20', null, Infinity],
      next: ['report', 'party 2027-05-11', 'report 2027-13-11', 5],
      fixedBy: ['dana', '', 3],
      action: ['x', `${id} `, 1],
      who: ['x'.repeat(81), null],
      score: [3],
    }
    const rubbishAt = (doc: Y.Doc, field: string, value: unknown) =>
      doc.getMap<Y.Map<unknown>>('programs').get(id)!.set(field, value)
    const state = await dana.call('readPlan', { params: params(), query: { part: partKey(part) } })
    const server = new Y.Doc()
    Y.applyUpdate(server, birthWords(1, state))
    for (const [field, value] of Object.entries(rubbish).flatMap(([field, all]) => all.map((one) => [field, one]))) {
      const writer = new Y.Doc()
      Y.applyUpdate(writer, Y.encodeStateAsUpdate(server))
      rubbishAt(writer, field as string, value)
      const verdict = gate(server, Y.encodeStateAsUpdate(writer, Y.encodeStateVector(server)), () => true, 'benefits')
      expect(verdict, `${String(field)}: ${JSON.stringify(value)}`).toEqual({ kind: 'refuse', code: 'plan/shape' })
    }
    // The same on the wire, and the place of words is nobody's to take.
    for (const [field, value] of [
      ['status', 'cheater'],
      ['words', 'gone'],
    ] as const) {
      const forged = await openPage(marsh, part)
      rubbishAt(forged.doc, field, value)
      await forged.until(({ refused }) => refused === 'plan/shape')
      forged.close()
    }
    expect((await read(dana, part)).programs).toMatchObject([{ ...CUT, words: 'I missed a meeting.' }])
  })

  it('[PG4] said by two at once is that of one of them, whole, on every screen', async () => {
    const { part, page, id } = await told()
    const other = await openPage(marsh, part)
    choose(page.doc, 'programs', id, { status: 'good-cause 2027-03-09' })
    choose(other.doc, 'programs', id, { status: 'active 2027-04-13' })
    await Promise.all([page.untilSaved(), other.untilSaved()])
    await page.until(() => page.plan.programs[0]!.status === other.plan.programs[0]!.status)
    const { status } = (await read(dana, part)).programs[0]!
    expect(['good-cause 2027-03-09', 'active 2027-04-13']).toContain(status)
    expect(page.plan.programs[0]!.status).toBe(status)
    page.close()
    other.close()
  })

  it('[PG5] reaches nobody whom the release does not name, on no wire: not who leads, who watches, the wall or a copy', async () => {
    const otto = await admitted(wren, 'Otto', 'observer')
    const rosa = await admitted(wren, 'Rosa')
    const others = [wren, quill, otto, rosa]
    const pages = await Promise.all(others.map((someone) => someone.enter()))
    const { url } = await wren.call('pairProjector', { params: params() })
    const wall = guest(app, 'The wall')
    await wall.call('startProjector', { body: { token: url.split('#')[1]! } })
    const lines = await Promise.all(others.map((someone) => openPage(someone)))
    const { part, page, id } = await told()
    choose(page.doc, 'programs', id, { status: 'good-cause 2027-03-09' })
    await page.untilSaved()
    page.close()
    const { id: versionId } = await wren.call('makeVersion', {
      params: params(),
      body: { kind: 'sealed', label: 'x', basedOn: 0 },
    })
    const familyId = (await wren.read()).meeting.familyId
    const got: unknown[] = []
    for (const someone of others) {
      expect(await refusal(read(someone, part)), someone.name).toBe('plan/part-not-found')
      await expect(startPage(someone, 1, part), someone.name).rejects.toThrow()
      got.push(
        await someone.call('readVersion', { params: { versionId } }),
        await someone.call('readPlan', { params: params() }),
        await someone.call('exportVersions', { params: { familyId } }),
        await someone.call('compareVersions', { params: { versionId }, query: { from: versionId } }),
        await someone.call('openLive', { params: params() }),
      )
    }
    got.push(await wall.call('openProjectorLive'), await wall.call('readProjector'))
    got.push(
      pages.map(({ heard }) => heard),
      lines.map(({ plan }) => plan),
    )
    expect(JSON.stringify(got)).not.toMatch(/Quetzal|sanctioned|good-cause|cash-aid|bus card/)
    // Whom it names has it in the same copy.
    const { parts } = await marsh.call('readVersion', { params: { versionId } })
    expect(JSON.stringify(parts)).toContain('good-cause 2027-03-09')
    for (const one of [...pages, ...lines]) one.close()
  })

  it('[PG6] is gone within a second for whom the release does not name any more', async () => {
    const { part, page, revoke } = await told()
    const line = await openPage(marsh, part)
    expect(line.plan.programs).toHaveLength(1)
    const heard = await marsh.enter()
    const started = performance.now()
    await revoke()
    await Promise.all([line.until(({ closeCode }) => closeCode !== undefined), heard.until('parts:changed')])
    expect(performance.now() - started).toBeLessThan(1_000)
    expect(await refusal(read(marsh, part))).toBe('plan/part-not-found')
    expect((await read(dana, part)).programs).toHaveLength(1)
    for (const one of [page, line, heard]) one.close()
  })

  it('[PG7] is behind the curtain while the family is by itself, also for whom a release names', async () => {
    const { part, page, id } = await told()
    const line = await openPage(marsh, part)
    await wren.setPhase('private')
    await line.until(({ closeCode }) => closeCode !== undefined)
    choose(page.doc, 'programs', id, { status: 'good-cause 2027-03-09' })
    await page.untilSaved()
    expect(await refusal(read(marsh, part))).toBe('meeting/private')
    expect(JSON.stringify(line.plan)).not.toContain('good-cause')
    await wren.setPhase('open')
    expect((await read(marsh, part)).programs[0]!.status).toBe('good-cause 2027-03-09')
    page.close()
    line.close()
  })

  it('[PG8] comes along to the next meeting, and what changed since is told to whoever may read it', async () => {
    const { part, page, id } = await told()
    page.close()
    const familyId = (await wren.read()).meeting.familyId
    const seal = async () => {
      const { versions } = await wren.call('listVersions', { params: params() })
      const basedOn = Math.max(0, ...versions.map(({ number }) => number))
      return wren.call('makeVersion', { params: params(), body: { kind: 'sealed', label: 'x', basedOn } })
    }
    const { id: from } = await seal()
    await wren.setPhase('ended')
    const { joinCode } = await wren.createMeeting({ familyId })
    await dana.join(joinCode)
    await wren.admit(dana, 'family')
    await agency('Marsh', 'calworks', joinCode, marsh)
    expect(await memberIdOf(dana)).toBe(part.subject)
    const next = await openPage(marsh, part)
    expect(next.plan.programs).toMatchObject([{ id, status: CUT.status, said: SAID }])
    choose(next.doc, 'programs', id, { status: 'active 2027-04-13' })
    await next.untilSaved()
    next.close()
    const { id: versionId } = await seal()
    const { parts } = await marsh.call('compareVersions', { params: { versionId }, query: { from } })
    const [change] = parts.find((one) => one.section === 'benefits')!.diff.items
    expect(change).toMatchObject({
      ...{ kind: 'programs', what: ['changed'] },
      ...{ before: { status: CUT.status }, after: { status: 'active 2027-04-13' } },
    })
  })
})
