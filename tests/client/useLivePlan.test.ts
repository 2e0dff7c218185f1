import WebSocket from 'ws'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { effectScope, watch, type EffectScope } from 'vue'
import * as Y from 'yjs'
import { useLivePlan, type LivePlan } from '../../client/composables/useLivePlan'
import type { SocketKind } from '../../client/live/countingSocket'
import { newItemId } from '../../client/live/newItemId'
import { PlanError } from '../../shared/errors'
import { addItem, choose, findText } from '../../shared/plan'
import { carriesWords } from '../../shared/planFrames'
import { openPage } from '../support/openPage'
import { admitted, staff, type Someone } from '../support/people'
import { startTestApp, type TestApp } from '../support/startTestApp'

let app: TestApp
let wren: Someone
let dana: Someone
const scopes: EffectScope[] = []

beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  wren = await staff(app, `Wren ${newItemId()}`)
  await wren.createMeeting({ question: 'Where will the children sleep?' })
  dana = await admitted(wren, 'Dana')
})
afterEach(() => {
  for (const scope of scopes.splice(0)) scope.stop()
})

/** A person's line, which a test can hold up or forge on. */
class Line {
  readonly sockets: WebSocket[] = []
  /** Frames with words wait here while the line is slow. */
  readonly waiting: (() => void)[] = []
  slow = false
  dead = false
  /** Changes the next frame with words on its way out. */
  forge: ((frame: Uint8Array) => Uint8Array) | null = null

  readonly Socket: SocketKind

  constructor(someone: Someone) {
    // eslint-disable-next-line @typescript-eslint/no-this-alias
    const line = this
    this.Socket = class extends WebSocket {
      constructor(url: string | URL) {
        super(line.dead ? 'ws://127.0.0.1:1/' : url, { headers: { cookie: someone.cookie, origin: someone.app.url } })
        line.sockets.push(this)
      }
      override send(data: Uint8Array): void {
        const words = carriesWords(new Uint8Array(data))
        const frame = words && line.forge ? line.forge(data) : data
        if (words) line.forge = null
        if (words && line.slow) line.waiting.push(() => super.send(frame))
        else super.send(frame, () => undefined)
      }
    } as unknown as SocketKind
  }

  deliver(): void {
    this.slow = false
    for (const send of this.waiting.splice(0)) send()
  }

  cut(): void {
    this.dead = true
    this.sockets.at(-1)?.terminate()
  }
}

interface Page {
  live: LivePlan
  line: Line
  asked: () => number
}

function open(someone: Someone): Page {
  const line = new Line(someone)
  let asked = 0
  const ask = () => {
    asked += 1
    return someone.call('openLive', { params: { meetingId: someone.meetingId } })
  }
  const scope = effectScope()
  scopes.push(scope)
  const live = scope.run(() => useLivePlan(ask, { origin: app.url.replace('http', 'ws'), WebSocket: line.Socket }))!
  return { live, line, asked: () => asked }
}

/** Waits for what a page shows. */
function until(page: Page, is: (live: LivePlan) => unknown): Promise<void> {
  return new Promise((resolve, fail) => {
    const patience = setTimeout(() => fail(new Error(`in vain: ${is}, badge ${page.live.badge.value}`)), 10_000)
    const stop = watch(
      () => Boolean(is(page.live)),
      (now) => {
        if (!now) return
        clearTimeout(patience)
        queueMicrotask(() => stop())
        resolve()
      },
      { immediate: true, flush: 'sync' },
    )
  })
}

const saved = (live: LivePlan) => live.badge.value === 'saved'
const write = ({ live }: Page, words: string, address = 'question') => {
  const text = findText(live.doc.value!, address)!
  text.insert(text.length, words)
}

describe('the saved badge', () => {
  it('[PL58] says "saving" with the first letter, and "saved" only after the server stored it', async () => {
    const page = open(dana)
    expect(page.live.badge.value).toBe('connecting')
    await until(page, saved)
    page.line.slow = true
    write(page, ' And with whom?')
    expect(page.live.badge.value).toBe('saving')
    expect((await wren.call('readPlan', { params: { meetingId: wren.meetingId } })).question).not.toContain('whom')
    expect(page.live.badge.value).toBe('saving')
    page.line.deliver()
    await until(page, saved)
    expect((await wren.call('readPlan', { params: { meetingId: wren.meetingId } })).question).toContain('whom')
  })

  it('[PL59] after four seconds without an answer it says "not saved yet"; with the line back, "saved"', async () => {
    const page = open(dana)
    await until(page, saved)
    page.line.slow = true
    write(page, ' Tonight?')
    await until(page, ({ badge }) => badge.value === 'not-saved')
    page.line.deliver()
    await until(page, saved)
  })

  it('[PL59] words written without a line are not saved, and are once the line is back', async () => {
    const page = open(dana)
    await until(page, saved)
    page.line.cut()
    await until(page, ({ badge }) => badge.value === 'offline')
    write(page, ' Tonight?')
    expect(page.live.badge.value).toBe('not-saved')
    page.line.dead = false
    await until(page, saved)
    expect((await wren.call('readPlan', { params: { meetingId: wren.meetingId } })).question).toContain('Tonight?')
  })

  it('[PL56] words that a field still holds are not called saved', async () => {
    const page = open(dana)
    await until(page, saved)
    page.live.hold('question', () => undefined)
    expect(page.live.badge.value).toBe('saving')
    page.live.hold('question', null)
    expect(page.live.badge.value).toBe('saved')
  })
})

describe('two people at once', () => {
  it('[PL60] each page takes a client id of its own, and both see the same words and who writes where', async () => {
    const [first, second, wrens] = [open(dana), open(dana), open(wren)]
    await Promise.all([first, second, wrens].map((page) => until(page, saved)))
    expect(new Set([first, second, wrens].map(({ live }) => live.doc.value!.clientID)).size).toBe(3)
    write(first, ' Tonight?')
    await until(wrens, ({ plan }) => plan.value?.question.endsWith('Tonight?'))
    await until(second, ({ plan }) => plan.value?.question.endsWith('Tonight?'))
    first.live.setAt('question')
    await until(wrens, ({ others }) => others.value.some(({ at, name }) => at === 'question' && name === 'Dana'))
    expect(second.live.others.value.every(({ name }) => name !== 'Dana')).toBe(true)
    first.live.setAt(null)
    await until(wrens, ({ others }) => others.value.every(({ at }) => at === null))
  })

  it('[PL61] what did not change stays the same object, so that only what changed is drawn again', async () => {
    const page = open(dana)
    await until(page, saved)
    const goals = [newItemId(), newItemId()]
    for (const [index, id] of goals.entries()) {
      addItem(page.live.doc.value!, 'goals', id, { order: `a${index}`, removed: false })
    }
    page.live.draw()
    const before = page.live.plan.value!
    write(page, 'A safe home', `goals/${goals[1]}/words`)
    page.live.draw()
    const after = page.live.plan.value!
    expect(after.goals[1]!.words).toBe('A safe home')
    expect(after.goals[0]).toBe(before.goals[0])
    expect(after.actions).toBe(before.actions)
  })
})

describe('words that are refused', () => {
  /** As if a stranger's hand had been on the line: the frame claims another's client id. */
  const asAnother = (page: Page) => {
    page.line.forge = () => {
      const copy = new Y.Doc()
      Y.applyUpdate(copy, Y.encodeStateAsUpdate(page.live.doc.value!))
      copy.clientID = 4711
      let sent = new Uint8Array()
      copy.on('update', (update: Uint8Array) => (sent = new Uint8Array([0, 2, ...length(update.length), ...update])))
      copy.getText('question').insert(0, 'forged')
      return sent
    }
  }
  const length = (n: number) => (n < 128 ? [n] : [(n & 127) | 128, n >> 7])

  it('[PL62] come back as a draft, nothing of them is sent again, and writing goes on under a fresh id', async () => {
    const page = open(dana)
    await until(page, saved)
    const before = page.live.doc.value!
    asAnother(page)
    write(page, ' And Rosa?')
    await until(page, ({ refusal }) => refusal.value)
    const { code, words, stopped } = page.live.refusal.value!
    expect([code, stopped]).toEqual(['plan/not-yours', false])
    expect(words).toMatchObject([{ kind: 'question', texts: { '': { mine: expect.stringContaining('And Rosa?') } } }])
    await until(page, ({ badge }) => badge.value === 'refused')
    expect(page.live.doc.value!.clientID).not.toBe(before.clientID)
    expect(page.live.plan.value!.question).toBe('Where will the children sleep?')

    write(page, ' Tonight?')
    await until(page, ({ badge }) => badge.value === 'refused')
    page.live.addAgain()
    expect(page.live.refusal.value).toBe(null)
    await until(page, saved)
    const { question } = await wren.call('readPlan', { params: { meetingId: wren.meetingId } })
    expect(question).toContain('And Rosa?')
    expect(question).toContain('Tonight?')
    expect(question).not.toContain('forged')
  })

  it('[PL62] a new promise that was refused comes back whole: its words, who and by when', async () => {
    const page = open(dana)
    await until(page, saved)
    const goal = newItemId()
    addItem(page.live.doc.value!, 'goals', goal, { order: 'a0', removed: false }, { words: 'A safe home' })
    await until(page, saved)
    asAnother(page)
    const id = newItemId()
    const choices = {
      order: 'a0',
      removed: false,
      goal,
      column: 'family',
      who: 'Dana',
      whoId: null,
      due: null,
    } as const
    addItem(page.live.doc.value!, 'actions', id, choices, { words: 'Call the power company' })
    choose(page.live.doc.value!, 'actions', id, { due: '2027-03-05' })
    await until(page, ({ refusal, badge }) => refusal.value && badge.value === 'refused')
    expect(page.live.plan.value!.actions).toEqual([])
    page.live.addAgain()
    await until(page, saved)
    const { actions } = await wren.call('readPlan', { params: { meetingId: wren.meetingId } })
    expect(actions).toMatchObject([{ words: 'Call the power company', who: 'Dana', due: '2027-03-05', goal }])
    expect(actions[0]!.id).not.toBe(id)
  })

  it('[PL63] when the meeting ends while words are on their way, they are kept for who wrote them', async () => {
    const page = open(dana)
    await until(page, saved)
    page.line.cut()
    await until(page, ({ badge }) => badge.value === 'offline')
    write(page, ' And Rosa?')
    await wren.setPhase('ended')
    page.line.dead = false
    await until(page, ({ refusal, canEdit }) => refusal.value && !canEdit.value)
    expect(page.live.refusal.value!.words).toHaveLength(1)
    expect(page.live.refusal.value!.stopped).toBe(false)
    await wren.setPhase('open')
    await until(page, ({ canEdit }) => canEdit.value)
    page.live.addAgain()
    await until(page, saved)
    const { question } = await wren.call('readPlan', { params: { meetingId: wren.meetingId } })
    expect(question).toContain('And Rosa?')
  })
})

describe('rights that change', () => {
  it('[PL64] somebody taken out of the meeting is told, and the page stops', async () => {
    const page = open(dana)
    await until(page, saved)
    await wren.remove(dana)
    await until(page, ({ refusal }) => refusal.value?.stopped)
    expect(page.live.refusal.value!.code).toBe('access/removed')
    expect([page.live.canEdit.value, page.live.badge.value]).toEqual([false, 'refused'])
    expect(page.live.plan.value!.question).toBe('Where will the children sleep?')
  })

  it('[PL64] who is made an observer reads on, and writes again when made family again', async () => {
    const page = open(dana)
    await until(page, saved)
    await wren.admit(dana, 'observer')
    await until(page, ({ canEdit }) => !canEdit.value)
    await wren.admit(dana, 'family')
    await until(page, ({ canEdit }) => canEdit.value)
    await until(page, saved)
    write(page, ' Tonight?')
    await until(page, saved)
    expect((await wren.call('readPlan', { params: { meetingId: wren.meetingId } })).question).toContain('Tonight?')
  })

  it('[PL65] a server that does not answer is asked again', async () => {
    let times = 0
    const scope = effectScope()
    scopes.push(scope)
    const line = new Line(dana)
    const ask = async () => {
      times += 1
      if (times === 1) throw new PlanError('server/trouble')
      return dana.call('openLive', { params: { meetingId: dana.meetingId } })
    }
    const options = { origin: app.url.replace('http', 'ws'), WebSocket: line.Socket }
    const live = scope.run(() => useLivePlan(ask, options))!
    await until({ live, line, asked: () => times }, saved)
    expect(times).toBe(2)
  })

  it('[PL65] a page that is left takes its line and its presence along', async () => {
    const page = open(dana)
    await until(page, saved)
    const wrens = await openPage(wren)
    page.live.setAt('question')
    await wrens.until(({ others }) => others.some(({ at }) => at === 'question'))
    scopes.pop()!.stop()
    await wrens.until(({ others }) => others.every(({ name }) => name !== 'Dana'))
    wrens.close()
  })
})
