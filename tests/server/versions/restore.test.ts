import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addItem, choose, findText, type Kind, type Plan } from '../../../shared/plan'
import type { LivePage } from '../../support/livePage'
import { openPage } from '../../support/openPage'
import { admitted, refusal, type Someone, staff } from '../../support/people'
import { SeededRandom } from '../../support/seededRandom'
import { startTestApp, type TestApp } from '../../support/startTestApp'
import { addGoal, addPromise } from '../../support/writing'

describe('bringing earlier words back', () => {
  let app: TestApp
  let now = Date.parse('2027-03-02T18:00:00Z')
  let wren: Someone
  let dana: Someone
  let goal: string
  let promise: string
  const pages: LivePage[] = []
  const chance = new SeededRandom(45)

  const open = async (someone: Someone) => {
    const page = await openPage(someone)
    pages.push(page)
    return page
  }
  const restore = (someone: Someone, versionId: string, item?: { kind: Kind; id: string }) =>
    someone.call('restore', { params: { meetingId: wren.meetingId }, body: { versionId, ...(item && { item }) } })
  const versions = async () => (await dana.call('listVersions', { params: { meetingId: wren.meetingId } })).versions
  const read = async (versionId: string) => (await dana.call('readVersion', { params: { versionId } })).plan
  const planOf = (someone: Someone) => someone.call('readPlan', { params: { meetingId: wren.meetingId } })
  const keep = async () => {
    const basedOn = (await versions())[0]?.number ?? 0
    const body = { kind: 'checkpoint', label: 'As it was', basedOn } as const
    return (await wren.call('makeVersion', { params: { meetingId: wren.meetingId }, body })).id
  }
  /** Every word that stands in a plan, hidden ones too. */
  const wordsIn = (plan: Plan) => JSON.stringify(plan)
  const rewrite = (page: LivePage, address: string, words: string) => {
    const text = findText(page.doc, address)!
    text.delete(0, text.length)
    text.insert(0, words)
  }

  beforeAll(async () => {
    app = await startTestApp({ clock: () => new Date(now) })
    wren = await staff(app, 'Wren')
  })
  afterAll(() => app.close())
  beforeEach(async () => {
    await wren.createMeeting({ question: 'Can Miles stay at home?' })
    dana = await admitted(wren, 'Dana')
    const hers = await open(dana)
    goal = addGoal(hers.doc, chance, 'A safe home')
    promise = addPromise(hers.doc, chance, goal, 'Call the power company')
    await hers.untilSaved()
  })
  afterEach(() => pages.splice(0).forEach((page) => page.close()))

  test('[VE45] somebody wrote over Dana’s promise; she brings it back, every screen shows it as hers, and the other words are in a copy', async () => {
    const version = await keep()
    const quill = await admitted(wren, 'Quill', 'agency')
    const theirs = await open(quill)
    rewrite(theirs, `actions/${promise}/words`, 'Call the landlord')
    choose(theirs.doc, 'actions', promise, { due: '2027-03-05' })
    await theirs.untilSaved()
    now += 5 * 60_000
    const answered = await restore(dana, version, { kind: 'actions', id: promise })
    await theirs.until(({ plan }) => plan.actions[0]!.words === 'Call the power company' && !plan.actions[0]!.due)
    expect(answered).toEqual(theirs.plan)
    const [copy, ...others] = await versions()
    expect(copy).toMatchObject({ reason: 'before-restore', madeBy: 'Dana', kind: 'checkpoint' })
    expect(others).toHaveLength(1)
    expect((await read(copy!.id)).actions[0]).toMatchObject({ words: 'Call the landlord', due: '2027-03-05' })
    const { items } = await dana.call('readHistory', { params: { meetingId: dana.meetingId } })
    expect(items[`actions/${promise}`]!.map(({ who, did }) => [who, did])).toEqual([
      ['Dana', 'added'],
      ['Quill', 'changed'],
      ['Dana', 'changed'],
    ])
  })

  test('[VE45] what was only taken out comes back as it was, needs no copy, and says so once more when asked again', async () => {
    const version = await keep()
    const [hers] = pages
    choose(hers!.doc, 'actions', promise, { removed: true })
    await hers!.untilSaved()
    for (let times = 0; times < 2; times++) {
      const plan = await restore(dana, version, { kind: 'actions', id: promise })
      expect(plan.actions).toMatchObject([{ id: promise, removed: false, words: 'Call the power company' }])
    }
    expect(await versions()).toHaveLength(1)
  })

  test('[VE45] words that the version does not have cannot come back from it', async () => {
    const version = await keep()
    expect(await refusal(restore(dana, version, { kind: 'actions', id: chance.id() }))).toBe('version/item-not-found')
    expect(await refusal(restore(dana, version, { kind: 'goals', id: promise }))).toBe('version/item-not-found')
    expect(await versions()).toHaveLength(1)
  })

  test('[VE46] the goal was taken out and written anew meanwhile: the promise brings it back as it is now', async () => {
    const version = await keep()
    const [hers] = pages
    hers!.write(`goals/${goal}/words`, ' for all four')
    choose(hers!.doc, 'goals', goal, { removed: true })
    choose(hers!.doc, 'actions', promise, { removed: true })
    await hers!.untilSaved()
    const plan = await restore(dana, version, { kind: 'actions', id: promise })
    expect(plan.goals).toMatchObject([{ id: goal, words: 'A safe home for all four', removed: false }])
    expect(plan.actions).toMatchObject([{ id: promise, goal, removed: false }])
  })

  test('[VE46] a disagreement from an earlier meeting of the family comes with its agreement, which this plan never had', async () => {
    const [agreement, disagreement] = [chance.id(), chance.id()]
    const [hers] = pages
    addItem(hers!.doc, 'agreements', agreement, { order: 'a0', removed: false }, { words: 'Rosa stays the nights' })
    const choices = { order: 'a0', removed: false, agreement, who: 'Marsh', whoId: null }
    addItem(hers!.doc, 'disagreements', disagreement, choices, { words: 'Not on school days' })
    await hers!.untilSaved()
    const version = await keep()
    await wren.createMeeting({ familyId: (await wren.read()).meeting.familyId })
    const plan = await restore(wren, version, { kind: 'disagreements', id: disagreement })
    expect(plan).toMatchObject({
      goals: [],
      agreements: [{ id: agreement, words: 'Rosa stays the nights', removed: false }],
      disagreements: [{ id: disagreement, words: 'Not on school days', who: 'Marsh' }],
    })
  })

  test('[VE47] Wren brings the whole plan back: what was written since is hidden and in a copy, and a copy says what stands then', async () => {
    const version = await keep()
    const [hers] = pages
    const later = addGoal(hers!.doc, chance, 'A later goal')
    rewrite(hers!, `actions/${promise}/words`, 'Ask Rosa')
    await hers!.untilSaved()
    const said = await planOf(dana)
    const plan = await restore(wren, version)
    expect(plan.actions).toEqual((await read(version)).actions)
    expect(plan.goals.map(({ id, removed }) => [id, removed]).sort()).toEqual(
      [
        [goal, false],
        [later, true],
      ].sort(),
    )
    const [after, before, ...rest] = await versions()
    expect(rest).toHaveLength(1)
    expect(after).toMatchObject({ reason: 'restored', madeBy: 'Wren' })
    expect(before).toMatchObject({ reason: 'before-restore', madeBy: 'Wren' })
    expect(await read(after!.id)).toEqual(plan)
    expect(await read(before!.id)).toEqual(said)
    await hers!.until((page) => JSON.stringify(page.plan) === JSON.stringify(plan))
  })

  test('[VE47] the plan says what the copy says: bringing it back changes nothing and keeps nothing more', async () => {
    const version = await keep()
    const before = await planOf(dana)
    expect(await restore(wren, version)).toEqual(before)
    expect(await versions()).toHaveLength(1)
  })

  test('[VE48] five press at once, some for one promise, some for all: the words come back once', async () => {
    const version = await keep()
    const [hers] = pages
    rewrite(hers!, `actions/${promise}/words`, 'Ask Rosa')
    await hers!.untilSaved()
    const item = { kind: 'actions', id: promise } as const
    await Promise.all([
      restore(wren, version),
      restore(dana, version, item),
      restore(wren, version, item),
      restore(wren, version),
      restore(dana, version, item),
    ])
    const plan = await planOf(dana)
    expect(plan).toEqual(await read(version))
    expect((await versions()).map(({ reason }) => reason).filter((reason) => reason === 'before-restore')).toHaveLength(
      1,
    )
  })

  test.each([1, 2, 3])(
    '[VE48] three write in the same promise while it is brought back again and again: every saved word is in the plan or in a copy (seed %i)',
    async (seed) => {
      const random = new SeededRandom(seed)
      const version = await keep()
      const writers = [
        pages[0]!,
        await open(await admitted(wren, 'Rosa')),
        await open(await admitted(wren, 'Quill', 'agency')),
      ]
      await Promise.all(writers.map((page) => page.until(({ plan }) => plan.actions.length === 1)))
      const written: string[] = []
      const write = async (page: LivePage, who: number) => {
        for (let n = 0; n < 15; n++) {
          const word = `<${who}.${n}>`
          const text = findText(page.doc, `actions/${promise}/words`)!
          // Not inside a word of somebody else: a letter between its letters would hide it from this test.
          const ends = [...text.toString().matchAll(/(?<=>)/g)].map(({ index }) => index)
          text.insert(random.pick([text.length, 0, ...ends]), word)
          await page.untilSaved()
          written.push(word)
        }
      }
      const bringBack = async () => {
        for (let n = 0; n < 6; n++) {
          if (n % 2) await restore(wren, version)
          else await restore(dana, version, { kind: 'actions', id: promise })
        }
      }
      await Promise.all([...writers.map(write), bringBack()])
      const all = await Promise.all((await versions()).map(async ({ id }) => wordsIn(await read(id))))
      const kept = [wordsIn(await planOf(dana)), ...all]
      expect(written).toHaveLength(45)
      expect(written.filter((word) => !kept.some((words) => words.includes(word)))).toEqual([])
      const settled = await planOf(dana)
      for (const page of writers) {
        await page.until(({ plan }) => JSON.stringify(plan.actions) === JSON.stringify(settled.actions))
        expect(page.refused).toBeUndefined()
      }
    },
  )

  test('[VE49] Dana brings back a promise but not the whole plan, and an observer nothing', async () => {
    const version = await keep()
    const item = { kind: 'actions', id: promise } as const
    const watcher = await admitted(wren, 'Lund', 'observer')
    expect(await refusal(restore(dana, version))).toBe('access/denied')
    expect(await refusal(restore(watcher, version, item))).toBe('access/denied')
    expect(await refusal(restore(watcher, version))).toBe('access/denied')
    await expect(restore(dana, version, item)).resolves.toBeDefined()
  })

  test('[VE49] a version of another family, of a meeting one is not in, or of none, is not found', async () => {
    const item = { kind: 'actions', id: promise } as const
    const [version, home] = [await keep(), wren.meetingId]
    const { familyId } = (await wren.read()).meeting
    // Dana is not in the next meeting of her family, and Wren's other family is another one.
    await wren.createMeeting({ familyId })
    const rosa = await admitted(wren, 'Rosa')
    expect(await refusal(restore(rosa, version, item))).toBe('version/not-found')
    await wren.createMeeting()
    expect(await refusal(restore(wren, version, item))).toBe('version/not-found')
    expect(await refusal(restore(wren, version))).toBe('version/not-found')
    wren.meetingId = home
    expect(await refusal(restore(wren, 'f'.repeat(24)))).toBe('version/not-found')
  })

  test('[VE49] when the meeting has ended nothing comes back', async () => {
    const version = await keep()
    await wren.setPhase('ended')
    expect(await refusal(restore(wren, version))).toBe('meeting/ended')
    expect(await refusal(restore(dana, version, { kind: 'actions', id: promise }))).toBe('meeting/ended')
  })

  test('[VE49] into a sealed plan nothing comes back; after an amendment it does, also from before the seal', async () => {
    const version = await keep()
    const [hers] = pages
    rewrite(hers!, `actions/${promise}/words`, 'Ask Rosa')
    await hers!.untilSaved()
    const params = { meetingId: wren.meetingId }
    await wren.call('makeVersion', { params, body: { kind: 'sealed', label: 'The plan', basedOn: 1 } })
    const item = { kind: 'actions', id: promise } as const
    expect(await refusal(restore(wren, version))).toBe('plan/sealed')
    expect(await refusal(restore(dana, version, item))).toBe('plan/sealed')
    await wren.call('amend', { params, body: { reason: 'The promise was another' } })
    expect((await restore(dana, version, item)).actions).toMatchObject([{ words: 'Call the power company' }])
  })

  test('[VE48] the plan is sealed while earlier words come back: they are in the sealed version, or refused', async () => {
    const version = await keep()
    const [hers] = pages
    rewrite(hers!, `actions/${promise}/words`, 'Ask Rosa')
    await hers!.untilSaved()
    const params = { meetingId: wren.meetingId }
    const [back, sealed] = await Promise.allSettled([
      restore(dana, version, { kind: 'actions', id: promise }),
      wren.call('makeVersion', { params, body: { kind: 'sealed', label: 'The plan', basedOn: 1 } }),
    ])
    if (back.status === 'rejected')
      expect(back.reason).toMatchObject({ code: expect.stringMatching(/plan.sealed|outdated/) })
    const { plan } =
      sealed.status === 'fulfilled' ? { plan: await read(sealed.value.id) } : { plan: await planOf(dana) }
    const expected = back.status === 'fulfilled' ? 'Call the power company' : 'Ask Rosa'
    expect(plan.actions).toMatchObject([{ words: expected }])
    if (sealed.status === 'rejected') expect(sealed.reason).toMatchObject({ code: 'version/outdated' })
  })
})
