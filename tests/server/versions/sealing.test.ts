import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createSealedMeetings } from '../../../server/meetings/sealedMeetings'
import { createSealing } from '../../../server/versions/sealing'
import { addItem, choose, findText } from '../../../shared/plan'
import type { LivePage } from '../../support/livePage'
import { openPage } from '../../support/openPage'
import { admitted, guest, refusal, type Someone, staff } from '../../support/people'
import { SeededRandom } from '../../support/seededRandom'
import { startTestApp, type TestApp } from '../../support/startTestApp'
import { addGoal, addPromise } from '../../support/writing'

const chance = new SeededRandom(44)

describe('sealing', () => {
  let app: TestApp
  let wren: Someone
  let dana: Someone
  let familyId: string
  let pages: LivePage[] = []
  const params = () => ({ meetingId: wren.meetingId })
  const seal = (basedOn = 0, label = 'What we agreed') =>
    wren.call('makeVersion', { params: params(), body: { kind: 'sealed', label, basedOn } })
  const amend = (reason = 'A date was wrong') => wren.call('amend', { params: params(), body: { reason } })
  const open = async (someone: Someone) => {
    const page = await openPage(someone)
    pages.push(page)
    return page
  }
  const readVersion = (versionId: string, as = dana) => as.call('readVersion', { params: { versionId } })
  const readPlan = (as = dana) => as.call('readPlan', { params: { meetingId: as.meetingId } })

  beforeAll(async () => {
    app = await startTestApp()
    wren = await staff(app, 'Wren')
  })
  afterAll(() => app.close())
  beforeEach(async () => {
    for (const page of pages) page.close()
    pages = []
    familyId = (await wren.createFamily()).id
    await wren.createMeeting({ familyId, question: 'Can Miles stay at home?' })
    dana = await admitted(wren, 'Dana')
  })

  test('[VE7] three people type while Wren seals: every acknowledged word is in the version, and none after it', async () => {
    const writers = await Promise.all(['Rosa', 'Quill', 'Marsh'].map(async (name) => open(await admitted(wren, name))))
    const [lead] = writers
    const goals = writers.map((page, index) => addGoal(page.doc, chance, `${index}:`))
    await Promise.all(writers.map((page) => page.untilSaved()))
    await Promise.all(writers.map((page) => page.until(({ plan }) => plan.goals.length === 3)))

    const before = writers.map(({ saved }) => saved)
    let typing = true
    const typed = writers.map(async (page, index) => {
      for (let word = 0; typing; word++) {
        page.write(`goals/${goals[index]}/words`, ` ${index}.${word}`)
        await new Promise(setImmediate)
      }
    })
    await lead!.until(({ saved }) => saved > before[0]! + 20)
    const version = await seal()
    typing = false
    await Promise.all(typed)
    await Promise.all(writers.map((page) => page.until(({ closeCode }) => closeCode !== undefined)))

    const sealed = (await readVersion(version.id)).plan
    writers.forEach((page, index) => {
      const words = sealed.goals.find(({ id }) => id === goals[index])!.words
      const kept = words.split(' ').length - 1
      expect(kept).toBeGreaterThan(0)
      // Every frame carried one word.
      expect(kept).toBeGreaterThanOrEqual(page.saved - before[index]!)
      expect(words).toBe(`${index}:${Array.from({ length: kept }, (_, word) => ` ${index}.${word}`).join('')}`)
      // More was typed than was sealed: sealing came in the middle.
      expect(page.plan.goals.find(({ id }) => id === goals[index])!.words.length).toBeGreaterThan(words.length)
    })
    expect(await readPlan()).toEqual(sealed)
  })

  test('[VE8] everybody is told, reads on, and who writes all the same is refused', async () => {
    const page = await dana.enter()
    const before = await open(dana)
    const goal = addGoal(before.doc, chance, 'A safe home')
    await before.untilSaved()
    const version = await seal()
    expect(version).toMatchObject({ kind: 'sealed', label: 'What we agreed', madeBy: 'Wren', number: 1 })
    expect(version.seal).toMatchObject({ chain: 1, check: expect.stringMatching(/^[0-9A-F]{4}(-[0-9A-F]{4}){2}$/) })
    const { meeting } = await page.until('meeting:changed', ({ meeting: { phase } }) => phase === 'sealed')
    expect(meeting.sealed).toMatchObject({ versionId: version.id, chain: 1, check: version.seal!.check })
    expect((await page.until('version:made')).version).toEqual(version)
    await before.until(({ closeCode }) => closeCode === 4509)
    before.write(`goals/${goal}/words`, ' with lights')
    await before.until(({ refused }) => refused === 'plan/sealed')
    const { documents } = await dana.call('openLive', { params: params() })
    expect(documents[0]).toMatchObject({ canEdit: false, clientIds: [], generation: 1 })
    expect((await open(dana)).plan.goals.map(({ words }) => words)).toEqual(['A safe home'])
    expect((await readPlan()).goals.map(({ words }) => words)).toEqual(['A safe home'])
    expect(await refusal(seal(1))).toBe('plan/sealed')
    const copy = { kind: 'checkpoint', label: 'x', basedOn: 1 } as const
    expect(await refusal(wren.call('makeVersion', { params: params(), body: copy }))).toBe('plan/sealed')
    await wren.setPhase('ended')
    expect((await wren.read()).meeting.phase).toBe('ended')
    expect((await wren.setPhase('open')).phase).toBe('sealed')
    // Nothing changed since: no second copy of the same words was kept.
    expect((await dana.call('listVersions', { params: params() })).versions).toHaveLength(1)
  })

  test('[VE9] who has not seen the latest version seals nothing, and people write on', async () => {
    const page = await open(dana)
    expect(await refusal(seal(3))).toBe('version/outdated')
    const [one, two] = await Promise.allSettled([seal(0, 'one'), seal(0, 'two')])
    const outcomes = [one, two].map((each) => (each.status === 'fulfilled' ? 'sealed' : String(each.reason.code)))
    expect(outcomes.sort()[1]).toBe('version/outdated')
    await page.until(({ closeCode }) => closeCode !== undefined)
    expect((await readPlan()).goals).toEqual([])
  })

  test('[VE9] a number that was taken in the last moment: refused, and what was typed meanwhile is stored', async () => {
    const { parts } = app.app
    const page = await open(dana)
    const livePlans = Object.assign(Object.create(parts.livePlans) as typeof parts.livePlans, {
      seal: async (...args: Parameters<typeof parts.livePlans.seal>) =>
        parts.livePlans.seal(args[0], async (words) => {
          await parts.versions.make(wren.meetingId, { label: 'quicker', madeBy: 'Wren', basedOn: 0 })
          addGoal(page.doc, chance, 'typed while it was sealed')
          return args[1](words)
        }),
    })
    const sealing = createSealing({ ...parts, livePlans, meetings: createSealedMeetings(parts) })
    const asked = { label: '', madeBy: 'Wren', basedOn: 0 }
    expect(await refusal(sealing.seal(wren.meetingId, asked))).toBe('version/outdated')
    await page.untilSaved()
    expect((await readPlan()).goals.map(({ words }) => words)).toEqual(['typed while it was sealed'])
    expect((await wren.read()).meeting).toMatchObject({ phase: 'open', sealed: null })
  })

  test('[VE9] a server that stopped half way: the next start finds the version and finishes, or takes it back', async () => {
    const { parts } = app.app
    const meetings = createSealedMeetings(parts)
    const sealing = createSealing({ ...parts, meetings })
    await meetings.startSealing(wren.meetingId, 'a'.repeat(24))
    expect((await wren.read()).meeting.phase).toBe('sealed')
    await sealing.finishCutOff()
    expect((await wren.read()).meeting.phase).toBe('open')

    let died = false
    const dying = {
      ...meetings,
      finishSealing: async () => {
        died = true
        throw new Error('the process ended here')
      },
    }
    const asked = { label: '', madeBy: 'Wren', basedOn: 0 }
    await expect(createSealing({ ...parts, meetings: dying }).seal(wren.meetingId, asked)).rejects.toThrow('ended here')
    expect([died, (await wren.read()).meeting.sealed]).toEqual([true, null])
    await sealing.finishCutOff()
    expect((await wren.read()).meeting).toMatchObject({ phase: 'sealed', sealed: { chain: 1 } })
  })

  test('[VE10] two meetings of one family sealed at once both stand in its chain', async () => {
    const first = wren.meetingId
    const { id: second } = await wren.createMeeting({ familyId })
    const body = { kind: 'sealed', label: 'Sealed', basedOn: 0 } as const
    const made = await Promise.all(
      [first, second].map((meetingId) => wren.call('makeVersion', { params: { meetingId }, body })),
    )
    expect(made.map((version) => version.seal!.chain).sort()).toEqual([1, 2])
  })

  test('[VE13] an amendment says who and why, keeps ids, and leaves the sealed version as it was', async () => {
    const page = await open(dana)
    const goal = addGoal(page.doc, chance, 'A safe home')
    const promise = addPromise(page.doc, chance, goal, 'Call the power company')
    const removed = addGoal(page.doc, chance, 'a mistake')
    choose(page.doc, 'goals', removed, { removed: true })
    await page.untilSaved()
    const version = await seal()
    const sealed = await readVersion(version.id)
    expect(await refusal(dana.call('amend', { params: params(), body: { reason: 'mine' } }))).toBe('access/denied')
    expect(await amend('Ortiz’s date was wrong')).toMatchObject({ phase: 'open', sealed: null })
    const { documents } = await dana.call('openLive', { params: params() })
    expect(documents[0]).toMatchObject({ canEdit: true, generation: 2, path: expect.stringMatching(/\/2$/) })
    expect(await readPlan()).toEqual(sealed.plan)
    const next = await open(dana)
    next.write(`actions/${promise}/words`, ' on Friday')
    await next.untilSaved()
    expect((await readPlan()).actions.map(({ id, words }) => [id, words])).toEqual([
      [promise, 'Call the power company on Friday'],
    ])
    expect(await readVersion(version.id)).toEqual(sealed)
    const { versions } = await dana.call('listVersions', { params: params() })
    expect(versions[0]).toMatchObject({ reason: 'amended', label: 'Ortiz’s date was wrong', madeBy: 'Wren', number: 2 })
    expect(await refusal(amend())).toBe('access/denied')
    expect((await seal(2)).seal!.chain).toBe(2)
  })

  test('[VE14] a page that was away over seal and amendment is turned away from the old generation', async () => {
    const page = await open(dana)
    const goal = addGoal(page.doc, chance, 'A safe home')
    await page.untilSaved()
    page.loseLine()
    page.write(`goals/${goal}/words`, ' by Friday')
    await seal()
    page.provider.connect()
    await page.until(({ refused }) => refused === 'plan/sealed')
    page.provider.disconnect()
    await amend()
    page.provider.connect()
    await page.until(({ closeCode }) => closeCode === 4455)
    expect((await readPlan()).goals.map(({ words }) => words)).toEqual(['A safe home'])
  })

  test('[VE15] the next meeting brings the last sealed plan: ids stay, closed stays closed, removed stays behind', async () => {
    const page = await open(dana)
    const goal = addGoal(page.doc, chance, 'A safe home')
    const done = addPromise(page.doc, chance, goal, 'Bring a bed')
    choose(page.doc, 'actions', done, { state: 'done', closedOn: '2027-03-03' })
    const removed = addGoal(page.doc, chance, 'a mistake')
    choose(page.doc, 'goals', removed, { removed: true })
    await page.untilSaved()
    const { id: unsealed } = await wren.createMeeting({ familyId, title: 'Too early' })
    expect((await wren.call('readPlan', { params: { meetingId: unsealed } })).goals).toEqual([])
    wren.meetingId = dana.meetingId
    const { plan: sealed } = await readVersion((await seal()).id)

    const { lastSealed } = await wren.call('readFamily', { params: { familyId } })
    expect(lastSealed!.chain).toBe(1)
    await wren.createMeeting({ familyId, title: 'Follow-up', question: 'What changed?' })
    const plan = await readPlan(wren)
    expect(plan).toEqual({ ...sealed, question: 'What changed?', goals: sealed.goals.filter((one) => !one.removed) })
    expect(plan.actions).toMatchObject([{ id: done, goal, state: 'done', closedOn: '2027-03-03' }])
    const { versions } = await wren.call('listVersions', { params: params() })
    expect(versions).toMatchObject([{ number: 1, reason: 'carried-over', kind: 'checkpoint', madeBy: 'Wren' }])
    expect((await readVersion(versions[0]!.id, wren)).plan).toEqual(plan)
    const { id: fresh } = await wren.createMeeting({ familyId, title: 'Fresh', carryOver: false })
    expect((await wren.call('readPlan', { params: { meetingId: fresh } })).goals).toEqual([])
    const { id: others } = await wren.createMeeting({ familyId: (await wren.createFamily()).id })
    expect((await wren.call('readPlan', { params: { meetingId: others } })).goals).toEqual([])
    expect(await refusal(guest(app, 'Eve').call('readPlan', { params: params() }))).toBe('session/missing')
  })

  /** Far more than a family writes. */
  async function writeMuch(goals: string[], words: string): Promise<void> {
    await app.app.parts.livePlans.edit(wren.meetingId, wren.participantId, (doc) => {
      for (const id of goals) addItem(doc, 'goals', id, { order: 'a0', removed: false }, { words })
    })
  }
  async function clear(goals: string[]): Promise<void> {
    await app.app.parts.livePlans.edit(wren.meetingId, wren.participantId, (doc) => {
      for (const id of goals) findText(doc, `goals/${id}/words`)!.delete(0, 15_000)
    })
  }

  test('[VE61] five million letters are brought back whole, and the plan is sealed after it', async () => {
    const goals = Array.from({ length: 340 }, () => chance.id())
    await writeMuch(goals.slice(0, 170), 'x'.repeat(15_000))
    await writeMuch(goals.slice(170), 'x'.repeat(15_000))
    const body = { kind: 'checkpoint', label: 'all', basedOn: 0 } as const
    const { id: versionId } = await wren.call('makeVersion', { params: params(), body })
    await clear(goals)
    const { goals: restored } = await wren.call('restore', { params: params(), body: { versionId } })
    expect(restored.filter(({ words }) => words.length === 15_000)).toHaveLength(340)
    expect((await seal(3)).seal!.chain).toBe(1)
  })

  test('[VE62] a plan too large for a version is not sealed, people write on, and shorter it is sealed', async () => {
    const goals = Array.from({ length: 200 }, () => chance.id())
    await writeMuch(goals, '\u0001'.repeat(15_000))
    expect(await refusal(seal())).toBe('plan/too-large')
    expect((await wren.read()).meeting).toMatchObject({ phase: 'open', sealed: null })
    await clear(goals)
    expect((await seal()).seal!.chain).toBe(1)
  })
})
