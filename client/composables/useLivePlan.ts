import { onScopeDispose, readonly, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import type * as Y from 'yjs'
import type { LiveDocument } from '../../shared/api'
import { PlanError, type ErrorCode } from '../../shared/errors'
import { type Part, partKey, PLAN_PART } from '../../shared/part'
import { readPlan, type Plan } from '../../shared/plan'
import type { Hello, Presence } from '../../shared/planFrames'
import { addAgain } from '../live/addAgain'
import type { SocketKind } from '../live/countingSocket'
import { keepSame } from '../live/keepSame'
import { PlanLine } from '../live/PlanLine'
import type { Badge } from '../live/SavedLedger'
import type { UnsavedItem } from '../live/UnsavedWords'

/** What was turned away, to be offered back; or why this page can no longer follow the plan. */
export interface Refusal {
  code: ErrorCode
  /** When the words were turned away. */
  at: Date
  words: UnsavedItem[]
  /** The plan as this page last had it with everything in it saved; to compare with where it stands now. */
  before: Plan | null
  /** The page does not try again by itself. */
  stopped: boolean
}

export interface LivePlan {
  doc: ShallowRef<Y.Doc | null>
  /** The words as they are now, read at most once a frame; null until they have come the first time. */
  plan: ShallowRef<Plan | null>
  canEdit: Readonly<Ref<boolean>>
  hello: ShallowRef<Hello | null>
  badge: Readonly<Ref<Badge>>
  /** Who else is here with a page of this plan, and where they write. */
  others: ShallowRef<Presence[]>
  refusal: ShallowRef<Refusal | null>
  /** When words last changed while this page looked on. */
  changedAt: ShallowRef<Date | null>
  /** Reads the words now instead of with the next frame. */
  draw(): void
  /** Says where this person writes (an address as in `findText`), or null. */
  setAt(address: string | null): void
  /** A field holds words back; `handOver` writes them into the plan now. Null: it does not any more. */
  hold(address: string, handOver: (() => void) | null): void
  /** Writes the refused words into the plan once more. */
  addAgain(): void
  dismiss(): void
  /** Tries again after the page had stopped. */
  again(): void
}

interface Options {
  /** Which part to follow; the plan everybody shares by default. */
  part?: Part
  /** Where the sockets are; this page's own host by default. */
  origin?: string
  WebSocket?: SocketKind
}

/** After these the page stops and says why; everything else is asked again. */
const FINAL: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'request/invalid',
  'request/foreign',
  'session/missing',
  'access/denied',
  'access/waiting',
  'access/removed',
  'meeting/not-found',
  'meeting/private',
  'plan/part-not-found',
])

/** Longest pause between attempts, in milliseconds. */
const PAUSE_MOST = 8_000

const ownOrigin = () => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}`

/**
 * The live plan on this page: follows it while the component lives, says honestly whether what is written here is
 * durable, and brings back words that were refused.
 *
 * @param ask asks the server for the live documents (`POST …/live`)
 */
export function useLivePlan(ask: () => Promise<{ documents: LiveDocument[] }>, options: Options = {}): LivePlan {
  const desk = new PlanDesk(ask, options)
  desk.start()
  onScopeDispose(() => desk.stop())
  return {
    doc: desk.doc,
    plan: desk.plan,
    canEdit: readonly(desk.canEdit),
    hello: desk.hello,
    badge: readonly(desk.badge),
    others: desk.others,
    refusal: desk.refusal,
    changedAt: desk.changedAt,
    draw: () => desk.draw(),
    setAt: (address) => desk.setAt(address),
    hold: (address, handOver) => desk.hold(address, handOver),
    addAgain: () => desk.addAgain(),
    dismiss: () => desk.dismiss(),
    again: () => desk.again(),
  }
}

/** Draws at most once a frame; a page in the background draws when it is looked at. */
function nextFrame(draw: () => void): void {
  if (typeof requestAnimationFrame === 'function') requestAnimationFrame(draw)
  else setTimeout(draw, 16)
}

class PlanDesk {
  readonly doc = shallowRef<Y.Doc | null>(null)
  readonly plan = shallowRef<Plan | null>(null)
  readonly canEdit = ref(false)
  readonly hello = shallowRef<Hello | null>(null)
  readonly badge = ref<Badge>('connecting')
  readonly others = shallowRef<Presence[]>([])
  readonly refusal = shallowRef<Refusal | null>(null)
  readonly changedAt = shallowRef<Date | null>(null)

  /** The line whose words are shown. */
  #shown: PlanLine | null = null
  /** The line that will be shown once it has the words. */
  #coming: PlanLine | null = null
  /** Why the shown line ended, until the next one is there. */
  #endedBy: ErrorCode | null = null
  #gone = false
  #at: string | null = null
  #held = new Map<string, () => void>()
  /** What this page showed when everything in it was saved the last time. */
  #savedPlan: Plan | null = null
  #attempts = 0
  #asking: ReturnType<typeof setTimeout> | undefined
  #patience: ReturnType<typeof setTimeout> | undefined
  #drawing = false
  #listening = new AbortController()

  constructor(
    private readonly ask: () => Promise<{ documents: LiveDocument[] }>,
    private readonly options: Options,
  ) {}

  start(): void {
    if (typeof window !== 'undefined') this.#listenToPage()
    this.#askSoon(0)
  }

  stop(): void {
    this.#gone = true
    this.#listening.abort()
    clearTimeout(this.#asking)
    clearTimeout(this.#patience)
    this.#coming?.destroy()
    this.#shown?.destroy()
  }

  setAt(address: string | null): void {
    this.#at = address
    this.#shown?.setAt(address)
  }

  hold(address: string, handOver: (() => void) | null): void {
    if (handOver) this.#held.set(address, handOver)
    else this.#held.delete(address)
    this.#shown?.ledger.hold(this.#held.size > 0, Date.now())
    this.#tell()
  }

  addAgain(): void {
    const words = this.refusal.value?.words ?? []
    if (!this.doc.value || !this.canEdit.value) return
    addAgain(this.doc.value, words)
    this.dismiss()
  }

  dismiss(): void {
    const { value } = this.refusal
    this.refusal.value = value?.stopped ? { ...value, words: [] } : null
    this.#tell()
  }

  again(): void {
    const { value } = this.refusal
    this.refusal.value = value && value.words.length > 0 ? { ...value, stopped: false } : null
    this.#attempts = 0
    this.#askSoon(0)
  }

  // Asking, and opening a line

  #askSoon(pause: number): void {
    clearTimeout(this.#asking)
    this.#asking = setTimeout(() => {
      this.#asking = undefined
      void this.#open()
    }, pause)
  }

  #askLater(): void {
    this.#attempts += 1
    this.#askSoon(Math.min(PAUSE_MOST, 250 * 2 ** this.#attempts))
  }

  async #open(): Promise<void> {
    try {
      const { documents } = await this.ask()
      if (this.#gone) return
      const key = partKey(this.options.part ?? PLAN_PART)
      const document = documents.find((one) => partKey(one) === key)
      if (!document) throw new PlanError('plan/part-not-found')
      this.#begin(document)
    } catch (problem) {
      if (this.#gone) return
      if (problem instanceof PlanError && FINAL.has(problem.code)) this.#giveUp(problem.code)
      else this.#askLater()
    }
  }

  #begin(document: LiveDocument): void {
    const { origin = ownOrigin(), WebSocket: Socket = WebSocket } = this.options
    if (this.#shown && this.#endedBy === 'access/changed' && this.#shown.continues(document)) {
      this.#endedBy = null
      this.canEdit.value = document.canEdit
      this.#shown.resume(document)
      return
    }
    this.#coming?.destroy()
    const line: PlanLine = new PlanLine(document, origin, Socket, {
      hello: (hello) => {
        this.hello.value = hello
        if (line === this.#shown) this.canEdit.value = hello.canEdit
      },
      progress: () => this.#progress(line),
      words: () => this.#drawSoon(line),
      presence: () => this.#showOthers(),
      synced: () => line === this.#coming && this.#show(line),
      ended: (code) => this.#ended(line, code),
    })
    this.#coming = line
    line.connect()
  }

  /** A line has the words: it takes the place of the one before, whose unsaved words are offered back. */
  #show(line: PlanLine): void {
    const refused = this.#takeBack()
    if (refused && this.#endedBy) this.#offer(this.#endedBy, refused, false)
    this.#shown?.destroy()
    this.#shown = line
    this.#coming = this.#endedBy = null
    line.setAt(this.#at)
    this.canEdit.value = line.canEdit && (this.hello.value?.canEdit ?? true)
    this.doc.value = line.doc
    this.draw()
    this.changedAt.value = null
    this.#showOthers()
  }

  // When the server turned us away

  #ended(line: PlanLine, code: ErrorCode): void {
    if (this.#gone) return
    if (line === this.#coming) {
      this.#coming.destroy()
      this.#coming = null
    } else this.#endedBy = code
    if (FINAL.has(code) && code !== 'access/denied') this.#giveUp(code)
    else if (this.#attempts === 0) {
      this.#attempts = 1
      this.#askSoon(0)
    } else this.#askLater()
  }

  #giveUp(code: ErrorCode): void {
    this.#shown?.end()
    this.#endedBy ??= code
    this.canEdit.value = false
    this.#offer(code, this.#takeBack() ?? [], true)
  }

  /** Words of the shown line that never became durable; null when there are none. */
  #takeBack(): UnsavedItem[] | null {
    if (!this.#shown || !this.#endedBy) return null
    for (const handOver of this.#held.values()) handOver()
    const words = this.#shown.unsaved.collect()
    this.#shown.unsaved.clear()
    return words.length > 0 ? words : null
  }

  #offer(code: ErrorCode, words: UnsavedItem[], stopped: boolean): void {
    const before = this.refusal.value?.words ?? []
    const since = this.refusal.value?.before ?? this.#savedPlan
    this.refusal.value = { code, at: new Date(), words: [...before, ...words], before: since, stopped }
    this.#tell()
  }

  // What the page sees

  #progress(line: PlanLine): void {
    if (line !== this.#shown) return
    if (line.ledger.settle()) this.#attempts = 0
    this.#tell()
  }

  #tell(): void {
    const ledger = this.#shown?.ledger
    clearTimeout(this.#patience)
    const left = ledger?.patienceLeft(Date.now())
    if (left) this.#patience = setTimeout(() => this.#tell(), left)
    this.badge.value = this.#badge()
  }

  #badge(): Badge {
    if (this.refusal.value?.stopped) return 'refused'
    const badge = this.#shown?.ledger.badge(Date.now()) ?? 'connecting'
    return badge === 'saved' && this.refusal.value ? 'refused' : badge
  }

  #drawSoon(line: PlanLine): void {
    if (line !== this.#shown) return
    this.changedAt.value = new Date()
    if (this.#drawing) return
    this.#drawing = true
    nextFrame(() => this.draw())
  }

  draw(): void {
    this.#drawing = false
    if (!this.#shown || this.#gone) return
    this.plan.value = keepSame(this.plan.value, readPlan(this.#shown.doc))
    if (this.#shown.ledger.settle()) this.#savedPlan = this.plan.value
  }

  #showOthers(): void {
    const me = this.hello.value?.participantId
    const others = (this.#shown?.others() ?? []).filter(({ participantId }) => participantId !== me)
    if (JSON.stringify(others) !== JSON.stringify(this.others.value)) this.others.value = others
  }

  // The page and the network around it

  #listenToPage(): void {
    const { signal } = this.#listening
    const nudge = () => {
      if (this.#asking !== undefined) this.#askSoon(0)
      this.#shown?.nudge()
      this.#coming?.nudge()
    }
    addEventListener('online', nudge, { signal })
    addEventListener('pageshow', nudge, { signal })
    addEventListener('offline', () => this.#shown?.drop(), { signal })
    document.addEventListener('visibilitychange', () => (document.hidden ? this.#handOver() : nudge()), { signal })
    addEventListener('pagehide', () => this.#handOver(), { signal })
    addEventListener('beforeunload', (event) => this.#warn(event), { signal })
  }

  #handOver(): void {
    for (const handOver of this.#held.values()) handOver()
  }

  /** Leaving now would lose words. */
  #warn(event: BeforeUnloadEvent): void {
    this.#handOver()
    const unsaved = !this.refusal.value?.stopped && this.#shown?.ledger.unsaved
    if (unsaved || this.refusal.value?.words.length) event.preventDefault()
  }
}
