import { once } from 'node:events'
import type { Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import WebSocket from 'ws'
import * as Y from 'yjs'
import { PLAN_PART } from '../../../shared/part'
import { findText, readPlan } from '../../../shared/plan'
import { type LivePage } from '../../support/livePage'
import { openPage, startPage } from '../../support/openPage'
import { admitted, guest, type Someone, staff } from '../../support/people'
import { SeededRandom } from '../../support/seededRandom'
import { startTestApp, type TestApp } from '../../support/startTestApp'
import { addGoal, writeSomething } from '../../support/writing'

const WITHIN_A_SECOND = 1_000

describe('the live plan', () => {
  let app: TestApp
  let wren: Someone
  let dana: Someone
  const pages: LivePage[] = []
  const chance = new SeededRandom(2027)
  const open = async (someone: Someone) => {
    const page = await openPage(someone)
    pages.push(page)
    return page
  }
  const goalOf = async (page: LivePage, words: string) => {
    const id = addGoal(page.doc, chance, words)
    await page.untilSaved()
    return `goals/${id}/words`
  }
  const planOf = (someone: Someone) => someone.call('readPlan', { params: { meetingId: someone.meetingId } })

  beforeAll(async () => {
    app = await startTestApp()
    wren = await staff(app, 'Wren')
  })
  afterAll(() => app.close())
  beforeEach(async () => {
    await wren.createMeeting({ question: 'Can Miles stay at home?' })
    dana = await admitted(wren, 'Dana')
  })
  afterEach(() => pages.splice(0).forEach((page) => page.close()))

  test('[PL1] Dana writes, her page is told it is saved, and Wren’s screen and the plan on request say the same', async () => {
    const [hers, his] = [await open(dana), await open(wren)]
    const words = await goalOf(hers, 'A safe home with lights that work')
    await his.until(() => findText(his.doc, words)?.toString() === 'A safe home with lights that work')
    expect(await planOf(wren)).toMatchObject({
      question: 'Can Miles stay at home?',
      goals: [{ words: 'A safe home with lights that work', removed: false }],
    })
  })

  test.each([1, 2, 3])(
    '[PL3] four people write anything at once, lose the line and come back; all end the same (seed %i)',
    async (seed) => {
      const random = new SeededRandom(seed)
      const people = [wren, dana, await admitted(wren, 'Rosa'), await admitted(wren, 'Quill', 'agency')]
      const open4 = await Promise.all(people.map(open))
      for (let round = 0; round < 60; round++) {
        const page = random.pick(open4)
        for (let burst = random.below(5); burst >= 0; burst--) writeSomething(page.doc, random)
        if (random.below(12) === 0) page.provider.disconnect()
        else page.provider.connect()
        if (random.below(6) === 0) await new Promise(setImmediate)
      }
      for (const page of open4) page.provider.connect()
      for (const page of open4) await page.untilSaved()
      const written = JSON.stringify((await planOf(wren)).goals)
      for (const page of open4) {
        await page.until(({ plan }) => JSON.stringify(plan.goals) === written)
        expect(page.refused).toBeUndefined()
      }
    },
  )

  test('[PL3] Dana and Wren write in the same sentence at once, letter by letter, and every letter stays', async () => {
    const [hers, his] = [await open(dana), await open(wren)]
    const words = await goalOf(hers, '|')
    await his.until(() => findText(his.doc, words) !== undefined)
    for (let n = 0; n < 40; n++) {
      hers.write(words, 'd', 0)
      his.write(words, 'w')
      if (n % 7 === 0) await new Promise(setImmediate)
    }
    await Promise.all([hers.untilSaved(), his.untilSaved()])
    const done = (page: LivePage) => findText(page.doc, words)!.toString() === `${'d'.repeat(40)}|${'w'.repeat(40)}`
    await Promise.all([hers.until(done), his.until(done)])
  })

  test('[PL4] Wren’s page cannot write with an id minted for Dana; it is told, and Dana goes on', async () => {
    const hers = await open(dana)
    const forged = await startPage(wren, hers.doc.clientID + 0)
    pages.push(forged)
    await forged.until(({ provider }) => provider.synced)
    forged.doc.clientID = hers.doc.clientID
    addGoal(forged.doc, chance, 'in Dana’s name')
    await forged.until(({ closeCode }) => closeCode !== undefined)
    expect([forged.refused, forged.closeCode]).toEqual(['plan/not-yours', 4450])
    await goalOf(hers, 'Dana’s own')
    expect((await planOf(wren)).goals.map(({ words }) => words)).toEqual(['Dana’s own'])
  })

  test('[PL7] words whose forerunners never come are refused once the page has answered, and nothing of them enters', async () => {
    const page = await open(dana)
    const lost = new Y.Doc()
    lost.clientID = page.doc.clientID
    let second: Uint8Array | undefined
    lost.getText('question').insert(0, 'first')
    lost.once('update', (update: Uint8Array) => (second = update))
    lost.getText('question').insert(5, 'second')
    page.provider.ws!.send(Uint8Array.of(0, 2, second!.length, ...second!))
    await page.until(({ closeCode }) => closeCode !== undefined)
    expect(page.refused).toBe('plan/gap')
    expect((await planOf(wren)).question).toBe('Can Miles stay at home?')
  })

  test('[PL7] new typing that arrives before the words written without a line waits for them', async () => {
    const page = await open(dana)
    const words = await goalOf(page, 'start')
    page.provider.disconnect()
    page.write(words, ' offline')
    page.provider.connect()
    page.provider.on(
      'status',
      ({ status }: { status: string }) => status === 'connected' && page.write(words, ' online'),
    )
    await page.until(({ provider }) => provider.synced)
    await page.untilSaved()
    expect((await planOf(wren)).goals[0]!.words).toBe('start offline online')
    expect(page.refused).toBeUndefined()
  })

  test.each<[string, number[]]>([
    ['an unknown frame', [77, 1, 2]],
    ['an unknown sync step', [0, 9, 1, 0]],
    ['a frame cut short', [0, 2, 200, 1]],
    ['an empty frame', []],
    ['presence that is no presence', [1, 3, 5, 5, 5]],
    ['a state vector of noise', [0, 0, 3, 255, 255, 255]],
    ['an update of noise', [0, 2, 4, 255, 255, 255, 255]],
  ])('[PL8] %s ends that page alone', async (_what, bytes) => {
    const [hers, his] = [await open(dana), await open(wren)]
    hers.provider.ws!.send(Uint8Array.from(bytes))
    await hers.until(({ closeCode }) => closeCode !== undefined)
    expect(hers.closeCode).toBeGreaterThanOrEqual(4400)
    expect(hers.closeCode).toBeLessThan(4500)
    await goalOf(his, 'goes on')
  })

  test.each([147, 148])(
    '[PL8] presence with an endless clock (%i) ends that page, and nobody else waits',
    async (length) => {
      const [hers, his] = [await open(dana), await open(wren)]
      const id: number[] = []
      for (let rest = hers.doc.clientID; ; rest = Math.floor(rest / 128)) {
        id.push(rest > 127 ? (rest % 128) + 128 : rest)
        if (rest <= 127) break
      }
      const clock = [...Array<number>(length).fill(0x80), length === 147 ? 1 : 0]
      const body = [1, ...id, ...clock, 2, 123, 125]
      hers.provider.ws!.send(Uint8Array.from([1, (body.length % 128) + 128, Math.floor(body.length / 128), ...body]))
      await hers.until(({ closeCode }) => closeCode !== undefined)
      expect(hers.refused).toBe('request/invalid')
      await goalOf(his, 'goes on')
    },
  )

  test('[PL8] a frame over a megabyte ends that page alone', async () => {
    const [hers, his] = [await open(dana), await open(wren)]
    hers.provider.ws!.send(new Uint8Array(1_100_000))
    await hers.until(({ closeCode }) => closeCode !== undefined)
    await goalOf(his, 'goes on')
  })

  test('[PL10] an observer gets everything; what their page sends is refused and nothing of it enters', async () => {
    const observer = await admitted(wren, 'Iris', 'observer')
    const [his, theirs] = [await open(wren), await open(observer)]
    await goalOf(his, 'seen')
    await theirs.until(({ plan }) => plan.goals.length === 1)
    expect(theirs.hello?.canEdit).toBe(false)
    addGoal(theirs.doc, chance, 'sneaked in')
    await theirs.until(({ closeCode }) => closeCode !== undefined)
    expect(['plan/read-only', 'plan/not-yours']).toContain(theirs.refused)
    expect((await planOf(wren)).goals).toHaveLength(1)
  })

  test('[PL11] Dana’s page says where she writes; whatever name it claims, Wren reads Dana', async () => {
    const [hers, his] = [await open(dana), await open(wren)]
    hers.provider.awareness.setLocalState({ at: 'question', name: 'Judge', standing: 'facilitator' })
    await his.until(({ others }) => others.some(({ at }) => at === 'question'))
    expect(his.others).toEqual([
      { participantId: dana.participantId, name: 'Dana', standing: 'family', agency: null, at: 'question' },
    ])
    hers.close()
    await his.until(({ others }) => others.length === 0)
  })

  test('[PL12] the same client id in a newer page closes the older one', async () => {
    const older = await open(dana)
    await goalOf(older, 'from the older')
    const newer = await open(dana)
    const own = newer.doc.clientID
    newer.doc.clientID = older.doc.clientID
    addGoal(newer.doc, chance, 'from the newer')
    newer.doc.clientID = own
    await older.until(({ closeCode }) => closeCode !== undefined)
    expect(older.closeCode).toBe(4456)
    await newer.untilSaved()
  })

  test('[PL16] Dana is removed while she writes: her page closes within a second and her last words do not enter', async () => {
    const [hers, his] = [await open(dana), await open(wren)]
    const words = await goalOf(hers, 'kept')
    const started = performance.now()
    await wren.remove(dana)
    hers.write(words, ' too late')
    await hers.until(({ closeCode }) => closeCode !== undefined)
    expect(performance.now() - started).toBeLessThan(WITHIN_A_SECOND)
    expect(hers.closeCode).toBe(4410)
    await goalOf(his, 'afterwards')
    expect((await planOf(wren)).goals.map((goal) => goal.words).sort()).toEqual(['afterwards', 'kept'])
  })

  test('[PL16] signing out closes Wren’s page within a second', async () => {
    const ames = await staff(app, `Ames ${Math.random()}`)
    await ames.createMeeting()
    const page = await open(ames)
    await ames.call('signOut')
    await page.until(({ closeCode }) => closeCode !== undefined, WITHIN_A_SECOND)
    expect(page.closeCode).toBe(4401)
  })

  test('[PL16] a slow yes to an older question does not let words in after a newer no', async () => {
    const page = await open(dana)
    const words = await goalOf(page, 'kept')
    const { access } = app.app.parts
    const { visit } = access
    const delays = [100, 700]
    access.visit = async (...asked) => {
      const answer = visit(...asked)
      await answer.catch(() => undefined)
      await new Promise((resolve) => setTimeout(resolve, delays.shift() ?? 0))
      return answer
    }
    try {
      access.changes.emit('changed', { participantId: dana.participantId })
      await wren.setPhase('ended')
      page.write(words, ' too late')
      await page.until(({ closeCode }) => closeCode === 4509)
      expect((await planOf(wren)).goals.map((goal) => goal.words)).toEqual(['kept'])
    } finally {
      access.visit = visit
    }
  })

  test('[PL16] when the meeting ends every page is told to ask again, and comes back to read', async () => {
    const page = await open(dana)
    await wren.setPhase('ended')
    await page.until(({ closeCode }) => closeCode === 4509)
    await page.until(({ hello, provider }) => provider.synced && hello?.canEdit === false)
    await wren.setPhase('open')
    await page.until(({ hello, provider }) => provider.synced && hello?.canEdit === true)
  })

  test('[PL17] twenty people who open the plan at once see one plan', async () => {
    const person = await open(wren)
    await goalOf(person, 'the one')
    const all = await Promise.all(
      Array.from({ length: 10 }, () => Promise.all([open(dana), open(wren)]).catch(() => [])),
    )
    for (const page of all.flat()) expect(page.plan.goals.map(({ words }) => words)).toEqual(['the one'])
  })

  test.each<[string, () => Promise<{ path: string; cookie: string; origin?: string; code: number }>]>([
    ['a stranger', async () => ({ path: `/live/${wren.meetingId}/plan/1`, cookie: '', code: 4401 })],
    [
      'somebody of another meeting',
      async () => {
        const ames = await staff(app, `Ames ${Math.random()}`)
        return { path: `/live/${wren.meetingId}/plan/1`, cookie: ames.cookie, code: 4404 }
      },
    ],
    [
      'somebody still at the door',
      async () => {
        const lund = guest(app, 'Lund')
        await lund.join((await wren.read()).joining!.code!)
        return { path: `/live/${wren.meetingId}/plan/1`, cookie: lund.cookie, code: 4423 }
      },
    ],
    [
      'a page of an earlier life of the plan',
      async () => ({ path: `/live/${wren.meetingId}/plan/7`, cookie: dana.cookie, code: 4455 }),
    ],
    ['an unknown section', async () => ({ path: `/live/${wren.meetingId}/secret/1`, cookie: dana.cookie, code: 4400 })],
    ['an address that is none', async () => ({ path: '/live/nonsense', cookie: dana.cookie, code: 4400 })],
    [
      'a page of another website',
      async () => ({
        path: `/live/${wren.meetingId}/plan/1`,
        cookie: dana.cookie,
        origin: 'https://evil.example',
        code: 4403,
      }),
    ],
    [
      'a person where only a projector may',
      async () => ({ path: `/live/projector/${wren.meetingId}/plan/1`, cookie: dana.cookie, code: 4401 }),
    ],
  ])('[PL19] %s is told why by the close code', async (_who, attempt) => {
    const { path, cookie, origin, code } = await attempt()
    const socket = new WebSocket(app.url.replace('http', 'ws') + path, {
      headers: { cookie, origin: origin ?? app.url },
    })
    const heard: unknown[] = []
    socket.on('message', (frame) => heard.push(frame))
    const [closed] = (await once(socket, 'close')) as [number]
    expect(closed).toBe(code)
    expect(heard).toEqual([])
  })

  test('[PL18] [VE6] neither the log nor anything else in the database holds the words people wrote', async () => {
    const page = await open(dana)
    await goalOf(page, 'CANARY-in-the-plan')
    await wren.call('makeVersion', {
      params: { meetingId: wren.meetingId },
      body: { kind: 'checkpoint', label: 'CANARY-in-a-label', basedOn: 0 },
    })
    const { db } = app.app.parts
    let bytes = 0
    for (const name of [
      'planUpdates',
      'planHistory',
      'planSnapshots',
      'versions',
      'liveDocuments',
      'liveClients',
      'familyKeys',
    ]) {
      for (const row of await db.collection(name).find({}).toArray()) {
        const text = JSON.stringify(row, (_key, value: unknown) =>
          (value as { _bsontype?: string })?._bsontype === 'Binary'
            ? Buffer.from((value as { buffer: Uint8Array }).buffer).toString('latin1')
            : value,
        )
        bytes += text.length
        expect(text).not.toContain('CANARY')
      }
    }
    expect(bytes).toBeGreaterThan(500)
  })

  test('[PL14] a log folded into a snapshot reads back the same, and who wrote what is kept', async () => {
    const page = await open(dana)
    const words = await goalOf(page, '')
    const { store } = app.app.parts.livePlans
    const document = (await store.find(dana.meetingId, PLAN_PART))!
    for (let n = 0; n < 550; n++) {
      page.write(words, 'x')
      await page.untilSaved()
    }
    const { db } = app.app.parts
    const left = () => db.collection('planUpdates').countDocuments({ document: document._id })
    await expect.poll(left, { timeout: 15_000 }).toBeLessThan(500)
    const loaded = await store.load(document)
    const doc = new Y.Doc()
    for (const part of [loaded.snapshot!, ...loaded.updates]) Y.applyUpdate(doc, part)
    expect(readPlan(doc)).toEqual(page.plan)
    const history = await db.collection('planHistory').find({ document: document._id }).toArray()
    expect(history.length + (await left())).toBe(loaded.lastSeq)
    expect(new Set(history.flatMap((row) => row.entries.map((entry: { actor: string }) => entry.actor)))).toEqual(
      new Set(['server', dana.participantId]),
    )
  })

  test('[PL13] a page that reads too slowly gets one difference when it has caught up, and nobody waits for it', async () => {
    const [hers, his] = [await open(dana), await open(wren)]
    const words = await goalOf(his, '')
    const goals = Array.from({ length: 60 }, () => `goals/${addGoal(his.doc, chance)}/words`)
    await his.untilSaved()
    const raw = (hers.provider.ws as unknown as { _socket: Socket })._socket
    raw.pause()
    // More than what the kernel takes for a reader that does not read.
    for (let round = 0; round < 30; round++) {
      await app.app.parts.livePlans.edit(wren.meetingId, 'server', (doc) => {
        for (const goal of goals) {
          const text = findText(doc, goal)!
          text.delete(0, text.length)
          text.insert(0, String(round).padStart(7_500, 'y'))
        }
      })
    }
    his.write(words, 'the end')
    await his.untilSaved()
    const { connections } = (await app.app.parts.livePlans.acquire(await app.app.parts.livePlans.find(wren.meetingId)))
      .plan
    expect([...connections].filter(({ behindSince }) => behindSince)).toHaveLength(1)
    raw.resume()
    await hers.until(() => findText(hers.doc, words)?.toString() === 'the end', 40_000)
    expect(hers.plan).toEqual(his.plan)
  })

  test('[PL22] a page that opens the plan over and over is asked to wait, and Wren is not', async () => {
    const params = { meetingId: dana.meetingId }
    const openings = Array.from({ length: 70 }, () => dana.call('openLive', { params }))
    const refused = (await Promise.allSettled(openings)).filter(({ status }) => status === 'rejected')
    expect(refused).toHaveLength(10)
    for (const { reason } of refused as PromiseRejectedResult[])
      expect(reason).toMatchObject({ code: 'request/too-many' })
    await wren.call('openLive', { params })
  })

  test('[PL15] the server stops while two write: what it took is stored, and every page is told to come back', async () => {
    const other = await startTestApp()
    const ames = await staff(other, 'Ames')
    await ames.createMeeting()
    const pilar = await admitted(ames, 'Pilar')
    const [his, hers] = [await openPage(ames), await openPage(pilar)]
    const { livePlans } = other.app.parts
    const document = await livePlans.find(ames.meetingId)
    for (let n = 0; n < 20; n++) {
      addGoal(his.doc, chance, `his ${n}`)
      addGoal(hers.doc, chance, `hers ${n}`)
    }
    await Promise.all([his.until(({ saved }) => saved > 1), hers.until(({ saved }) => saved > 1)])
    await livePlans.stop()
    await Promise.all([his, hers].map((page) => page.until(({ closeCode }) => closeCode === 4512)))
    const { snapshot, updates } = await livePlans.store.load(document)
    const stored = new Y.Doc()
    for (const part of [snapshot, ...updates]) if (part) Y.applyUpdate(stored, part)
    // One frame of each page was the answer to the server's first question.
    const acknowledged = his.saved - 1 + (hers.saved - 1)
    expect(readPlan(stored).goals.length).toBeGreaterThanOrEqual(acknowledged)
    his.close()
    hers.close()
    await other.close()
  })

  test('[PL17] a plan whose log lost a record is not opened, and nothing is written over it', async () => {
    const page = await open(dana)
    await goalOf(page, 'one')
    await goalOf(page, 'two')
    const { db, livePlans } = app.app.parts
    const document = (await livePlans.store.find(dana.meetingId, PLAN_PART))!
    await db.collection('planUpdates').deleteOne({ document: document._id, seq: 2 })
    await expect(livePlans.store.load(document)).rejects.toThrow(/hole/)
  })
})
