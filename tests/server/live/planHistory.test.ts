import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { choose, findText } from '../../../shared/plan'
import type { LivePage } from '../../support/livePage'
import { openPage } from '../../support/openPage'
import { admitted, guest, refusal, type Someone, staff } from '../../support/people'
import { SeededRandom } from '../../support/seededRandom'
import { startTestApp, type TestApp } from '../../support/startTestApp'
import { addGoal, addPromise } from '../../support/writing'

const MINUTE = 60_000

describe('who wrote what', () => {
  let app: TestApp
  let now = Date.parse('2027-03-02T18:00:00Z')
  let wren: Someone
  let dana: Someone
  let quill: Someone
  const pages: LivePage[] = []
  const chance = new SeededRandom(40)
  const open = async (someone: Someone) => {
    const page = await openPage(someone)
    pages.push(page)
    return page
  }
  const plans = () => app.app.parts.livePlans
  const historyOf = async (someone: Someone) =>
    (await someone.call('readHistory', { params: { meetingId: wren.meetingId } })).items
  /** What stands in the history of one place: who, what they did, and to what. */
  const told = async (place: string) =>
    ((await historyOf(dana))[place] ?? []).map(({ who, did, fields }) => [who, did, ...fields])
  const promise = async (page: LivePage, words: string) => {
    const id = addPromise(page.doc, chance, addGoal(page.doc, chance, 'Lights that work'), words)
    await page.untilSaved()
    return id
  }

  beforeAll(async () => {
    app = await startTestApp({ clock: () => new Date(now) })
    wren = await staff(app, 'Wren')
  })
  afterAll(() => app.close())
  beforeEach(async () => {
    await wren.createMeeting({ question: 'Can Miles stay at home?' })
    dana = await admitted(wren, 'Dana')
    quill = await admitted(wren, 'Quill', 'agency')
  })
  afterEach(() => {
    vi.restoreAllMocks()
    pages.splice(0).forEach((page) => page.close())
  })

  test('[VE40] Dana promises, Quill changes the day and the words, Wren takes it out and puts it back, and each is told so', async () => {
    const [hers, theirs, his] = [await open(dana), await open(quill), await open(wren)]
    const id = await promise(hers, 'Call the power company')
    await theirs.until(({ plan }) => plan.actions.length === 1)
    now += MINUTE
    choose(theirs.doc, 'actions', id, { due: '2027-03-05' })
    theirs.write(`actions/${id}/words`, ' today')
    await theirs.untilSaved()
    await his.until(({ plan }) => plan.actions[0]?.words.endsWith('today') === true)
    for (const removed of [true, false]) {
      now += MINUTE
      choose(his.doc, 'actions', id, { removed })
      await his.untilSaved()
    }
    expect(await told(`actions/${id}`)).toEqual([
      ['Dana', 'added'],
      ['Quill', 'changed', 'due', 'words'],
      ['Wren', 'removed'],
      ['Wren', 'put-back'],
    ])
    const times = (await historyOf(dana))[`actions/${id}`]!.map(({ at }) => Date.parse(at))
    expect(times).toEqual([now - 3 * MINUTE, now - 2 * MINUTE, now - MINUTE, now])
    expect(await told('question')).toEqual([['', 'added']])
  })

  test('[VE40] Dana is taken out of the meeting and her name stays with her words; who is not inside reads nothing', async () => {
    const id = await promise(await open(dana), 'Call the power company')
    const lund = guest(app, 'Lund')
    await lund.join((await wren.read()).joining!.code!)
    expect(await refusal(historyOf(lund))).toBe('access/waiting')
    expect(await refusal(historyOf(guest(app, 'Nobody')))).toBe('session/missing')
    const ames = await staff(app, `Ames ${chance.id()}`)
    expect(await refusal(historyOf(ames))).toBe('meeting/not-found')
    await wren.remove(dana)
    expect(await refusal(historyOf(dana))).toBe('access/removed')
    expect((await historyOf(quill))[`actions/${id}`]).toMatchObject([{ who: 'Dana', did: 'added' }])
  })

  test('[VE41] Dana types letter by letter while Quill types beside her: two events; when she comes back behind him, a third', async () => {
    const [hers, theirs] = [await open(dana), await open(quill)]
    const id = await promise(hers, '')
    const words = `actions/${id}/words`
    await theirs.until(({ plan }) => plan.actions.length === 1)
    for (const letter of 'power') {
      now += MINUTE / 2
      for (const page of [hers, theirs]) {
        page.write(words, letter)
        await page.untilSaved()
      }
    }
    expect(await told(`actions/${id}`)).toEqual([
      ['Dana', 'added'],
      ['Quill', 'changed', 'words'],
    ])
    now += 2 * MINUTE
    for (const sign of '!!') {
      hers.write(words, sign)
      await hers.untilSaved()
      now += 9 * MINUTE
    }
    expect(await told(`actions/${id}`)).toEqual([
      ['Dana', 'added'],
      ['Quill', 'changed', 'words'],
      ['Dana', 'changed', 'words'],
    ])
    const events = (await plans().history(wren.meetingId)).filter(({ place }) => place === `actions/${id}`)
    expect(events.map(({ at, until }) => until.getTime() - at.getTime())).toEqual([
      2.5 * MINUTE,
      2 * MINUTE,
      9 * MINUTE,
    ])
    now += 2 * MINUTE
    hers.write(words, '!')
    await hers.untilSaved()
    expect(await told(`actions/${id}`)).toHaveLength(4)
  })

  test('[VE41] what Dana writes after something was taken out is told behind it', async () => {
    const hers = await open(dana)
    const id = await promise(hers, 'Call')
    for (const change of [{ removed: true }, { removed: false }, { due: '2027-03-05' }, { due: '2027-03-05' }]) {
      choose(hers.doc, 'actions', id, change)
      await hers.untilSaved()
    }
    expect(await told(`actions/${id}`)).toEqual([
      ['Dana', 'added'],
      ['Dana', 'removed'],
      ['Dana', 'put-back'],
      ['Dana', 'changed', 'due'],
    ])
  })

  test('[VE42] the plan is sealed and amended: Dana is still who wrote it, and only what is new there is new', async () => {
    const hers = await open(dana)
    const id = await promise(hers, 'Call the power company')
    const params = { meetingId: wren.meetingId }
    await wren.call('makeVersion', { params, body: { kind: 'sealed', label: 'The plan', basedOn: 0 } })
    await wren.call('amend', { params, body: { reason: 'The day was wrong' } })
    const theirs = await open(quill)
    choose(theirs.doc, 'actions', id, { due: '2027-03-05' })
    const later = addGoal(theirs.doc, chance, 'A second goal')
    await theirs.untilSaved()

    const events = await plans().history(wren.meetingId)
    const of = (place: string) =>
      events.filter((event) => event.place === place).map(({ generation, actor, did }) => [generation, actor, did])
    expect(of(`actions/${id}`)).toEqual([
      [1, dana.participantId, 'added'],
      [2, quill.participantId, 'changed'],
    ])
    expect(of(`goals/${later}`)).toEqual([[2, quill.participantId, 'added']])
    expect(of('question')).toEqual([[1, 'server', 'added']])
    expect(events.filter(({ generation }) => generation === 2)).toHaveLength(2)
  })

  test('[VE43] words that wait for the store’s answer are in nobody’s history; with the answer they are', async () => {
    const hers = await open(dana)
    const { store } = plans()
    const append = store.append.bind(store)
    let answer = () => {}
    const written = new Promise<void>((writtenThere) => {
      vi.spyOn(store, 'append').mockImplementationOnce(async (record) => {
        await append(record)
        writtenThere()
        await new Promise<void>((resolve) => (answer = resolve))
      })
    })
    const id = addGoal(hers.doc, chance, 'Still on the way')
    await written
    expect(await told(`goals/${id}`)).toEqual([])
    answer()
    await hers.untilSaved()
    expect(await told(`goals/${id}`)).toEqual([['Dana', 'added']])
  })

  /** Twenty goals and 8,000 entries of two people, sixteen in a record, as after days of writing. */
  async function writeForDays(): Promise<void> {
    const { store } = plans()
    const document = await plans().find(wren.meetingId)
    const doc = new Y.Doc()
    for await (const { entries } of store.readLog(document, 0, 1)) Y.applyUpdate(doc, entries[0]!.bytes)
    const entries: { actor: string; at: Date; bytes: Uint8Array }[] = []
    doc.on('update', (bytes: Uint8Array) => {
      const { participantId } = entries.length % 2 ? dana : quill
      entries.push({ actor: participantId, at: new Date(now), bytes })
    })
    const goals = Array.from({ length: 20 }, () => addGoal(doc, chance))
    while (entries.length < 8_000) {
      const text = findText(doc, `goals/${chance.pick(goals)}/words`)!
      if (text.length > 900) text.delete(chance.below(800), 100)
      else text.insert(chance.below(text.length + 1), 'x')
    }
    const records = Array.from({ length: 500 }, () => entries.splice(0, 16))
    await Promise.all(
      records.map(async (written, index) => store.append(await store.seal(document, index + 2, written))),
    )
  }

  test('[VE44] after days of writing five ask at once: every record is read once, and nobody waits for it', async () => {
    await writeForDays()
    await plans().readPlan(wren.meetingId)
    const left = () => app.app.parts.db.collection('planUpdates').countDocuments({ document: `${wren.meetingId}:plan` })
    await expect.poll(left, { timeout: 15_000 }).toBe(0)
    await plans().edit(wren.meetingId, wren.participantId, (doc) => void addGoal(doc, chance, 'The last one'))

    const { store } = plans()
    const readLog = store.readLog.bind(store)
    const seqs: number[] = []
    vi.spyOn(store, 'readLog').mockImplementation(async function* (...asked) {
      for await (const record of readLog(...asked)) {
        seqs.push(record.seq)
        yield record
      }
    })
    let reading = true
    let most = 0
    const lookOn = (before: number) => {
      most = Math.max(most, seqs.length - before)
      if (reading) setImmediate(lookOn, seqs.length)
    }
    lookOn(0)
    const all = await Promise.all(Array.from({ length: 5 }, () => plans().history(wren.meetingId)))
    reading = false
    // Somebody else gets their turn every few records, not after all that one answer of the store held.
    expect(most).toBeGreaterThan(0)
    expect(most).toBeLessThan(100)
    expect(seqs).toEqual(Array.from({ length: 502 }, (_, index) => index + 1))
    for (const events of all) expect(events).toEqual(all[0])
    expect(new Set(all[0]!.map(({ actor }) => actor))).toEqual(
      new Set(['server', wren.participantId, dana.participantId, quill.participantId]),
    )
  })
})
