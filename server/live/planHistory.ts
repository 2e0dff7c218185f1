import * as Y from 'yjs'
import type { HistoryEntry } from '../../shared/api'
import { KINDS, TEXT_ROOTS } from '../../shared/plan'
import type { LiveDocument, LogEntry, PlanStore } from './planStore'

/** What somebody did to one place of the plan, in one go. */
export interface HistoryEvent {
  /** `kind/id`, or the name of a text root. */
  place: string
  generation: number
  /** Participant id, or `server` for what the plan began with. */
  actor: string
  at: Date
  /** The last change of this go: somebody types for minutes. */
  until: Date
  did: HistoryEntry['did']
  /** Names as in the plan (`words`, `due`, …) of what was changed; empty otherwise. */
  fields: string[]
}

type Change = Pick<HistoryEvent, 'place' | 'did' | 'fields'>

/** A pause this long begins a new event, ms; */
const PAUSE_MS = 10 * 60_000
/** this long where somebody else wrote there meanwhile: two who type at once are told as two, not letter by letter. */
const TURNS_MS = 60_000
/** Longest time the replay keeps others waiting, ms. */
const TURN_MS = 8

/**
 * Who wrote what in a plan, found by replaying its log through all generations. It is read once: whoever asks later
 * has it go on where it stopped.
 */
export class PlanHistory {
  #doc = new Y.Doc()
  #generation = 0
  #seq = 0
  /** In the order of the log. */
  readonly #events: HistoryEvent[] = []
  /** The events at each place that further changes of their actors may still be part of, the latest touched last. */
  readonly #going = new Map<string, HistoryEvent[]>()
  #changes: Change[] = []
  #reading: Promise<unknown> = Promise.resolve()

  constructor(private readonly store: PlanStore) {}

  /**
   * Everything up to record `seq` of the document's present generation, in time order.
   *
   * @throws when the log is not whole
   */
  read(document: LiveDocument, seq: number): Promise<HistoryEvent[]> {
    const reading = this.#reading.catch(() => undefined).then(() => this.#readOn(document, seq))
    this.#reading = reading
    return reading
  }

  async #readOn(document: LiveDocument, seq: number): Promise<HistoryEvent[]> {
    let turn = performance.now()
    for (let generation = Math.max(this.#generation, 1); generation <= document.generation; generation++) {
      if (generation > this.#generation) this.#begin(generation)
      const upto = generation === document.generation ? seq : Infinity
      for await (const record of this.store.readLog({ ...document, generation }, this.#seq, upto)) {
        for (const entry of record.entries) {
          this.#replay(entry, record.seq)
          if (performance.now() - turn < TURN_MS) continue
          await new Promise(setImmediate)
          turn = performance.now()
        }
        this.#seq = record.seq
      }
    }
    return this.#events.map((event) => ({ ...event }))
  }

  /** Each generation is a document of its own. */
  #begin(generation: number): void {
    this.#doc.destroy()
    this.#doc = new Y.Doc()
    this.#generation = generation
    this.#seq = 0
    for (const root of TEXT_ROOTS) {
      this.#doc.getText(root).observe(() => this.#changes.push({ place: root, did: 'changed', fields: ['words'] }))
    }
    for (const kind of KINDS) {
      this.#doc.getMap(kind).observeDeep((events) => {
        for (const event of events) this.#changes.push(...changesOf(kind, event))
      })
    }
  }

  #replay({ actor, at, bytes }: LogEntry, seq: number): void {
    this.#changes = []
    Y.applyUpdate(this.#doc, bytes)
    // A generation begins with the words of the one before: nobody wrote them anew.
    const isSeed = seq === 1 && this.#generation > 1
    for (const change of this.#changes) {
      if (!isSeed || !this.#going.has(change.place)) this.#note(change, actor, at)
    }
  }

  #note({ place, did, fields }: Change, actor: string, at: Date): void {
    const going = this.#going.get(place)
    const own = going?.find((event) => event.actor === actor)
    const others = going?.filter((event) => event !== own) ?? []
    const pause = own ? at.getTime() - own.until.getTime() : Infinity
    if (own && did === 'changed' && pause <= (own === going?.at(-1) ? PAUSE_MS : TURNS_MS)) {
      own.until = at
      if (own.did === 'changed') own.fields = [...new Set([...own.fields, ...fields])]
      this.#going.set(place, [...others, own])
      return
    }
    const begun: HistoryEvent = { place, generation: this.#generation, actor, at, until: at, did, fields }
    // The first words of a text root are as new as an item.
    if (!going && did === 'changed') Object.assign(begun, { did: 'added', fields: [] })
    this.#events.push(begun)
    this.#going.set(place, did === 'changed' || did === 'added' ? [...others, begun] : [])
  }
}

/** What one event of Yjs says about the items of a kind. */
function changesOf(kind: string, event: Y.YEvent<Y.AbstractType<unknown>>): Change[] {
  const [id, field] = event.path as string[]
  if (id === undefined) {
    return [...event.changes.keys.keys()].map((added) => ({ place: `${kind}/${added}`, did: 'added', fields: [] }))
  }
  const place = `${kind}/${id}`
  if (field !== undefined) return [{ place, did: 'changed', fields: [field] }]
  const item = event.target as Y.Map<unknown>
  const differing = [...event.changes.keys].filter(([key, { oldValue }]) => item.get(key) !== oldValue)
  const fields = differing.map(([key]) => key).filter((key) => key !== 'removed')
  const changes: Change[] = fields.length > 0 ? [{ place, did: 'changed', fields }] : []
  if (fields.length === differing.length) return changes
  return [...changes, { place, did: item.get('removed') ? 'removed' : 'put-back', fields: [] }]
}
