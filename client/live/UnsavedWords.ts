import * as Y from 'yjs'
import { KINDS, SHAPE, TEXT_ROOTS, type Kind, type TextRoot } from '../../shared/plan'
import { mergeText } from '../../shared/textDiff'

/** What one person wrote in one item (or one of the plan's own texts) and the server has not made durable. */
export interface UnsavedItem {
  kind: Kind | TextRoot
  id: string
  /** They added the item. */
  added: boolean
  /** By field: the words without theirs, and with. */
  texts: Record<string, { base: string; mine: string }>
  choices: Record<string, unknown>
}

/** What was changed here since everything was durable the last time, field by field. */
export class UnsavedWords {
  readonly #doc: Y.Doc
  /** Words of every text as they were after the last change, by `kind/id/field`. */
  readonly #known = new Map<string, string>()
  /** For texts changed here: their words without these changes. */
  readonly #bases = new Map<string, string>()
  readonly #added = new Set<string>()
  readonly #choices = new Map<string, Record<string, unknown>>()

  /** @param isOwn was this transaction made on this page? */
  constructor(doc: Y.Doc, isOwn: (transaction: Y.Transaction) => boolean) {
    this.#doc = doc
    for (const root of TEXT_ROOTS) {
      doc.getText(root).observe((event, transaction) => this.#text(`${root}//`, event.target, isOwn(transaction)))
    }
    for (const kind of KINDS) {
      doc.getMap(kind).observeDeep((events, transaction) => {
        const own = isOwn(transaction)
        for (const event of events) this.#hear(kind, event, own)
      })
    }
  }

  /** Everything is durable. */
  clear(): void {
    this.#bases.clear()
    this.#added.clear()
    this.#choices.clear()
  }

  /** What there is to offer back: items in which words, a person or a day stand that the server does not have. */
  collect(): UnsavedItem[] {
    const places = new Set([...this.#bases.keys()].map((key) => key.slice(0, key.lastIndexOf('/'))))
    for (const place of [...this.#added, ...this.#choices.keys()]) places.add(place)
    return [...places].map((place) => this.#collectItem(place)).filter(saysSomething)
  }

  #hear(kind: Kind, event: Y.YEvent<Y.AbstractType<unknown>>, own: boolean): void {
    const [id, field] = event.path as string[]
    if (event instanceof Y.YTextEvent) this.#text(`${kind}/${id}/${field}`, event.target, own)
    else if (id === undefined) {
      for (const [added, { action }] of event.changes.keys) if (action === 'add') this.#addItem(kind, added, own)
    } else if (own && field === undefined) {
      const item = event.target as unknown as Y.Map<unknown>
      const chosen = [...event.changes.keys.keys()].map((key) => [key, item.get(key)])
      this.#choices.set(`${kind}/${id}`, { ...this.#choices.get(`${kind}/${id}`), ...Object.fromEntries(chosen) })
    }
  }

  #addItem(kind: Kind, id: string, own: boolean): void {
    if (own) this.#added.add(`${kind}/${id}`)
    const item = this.#doc.getMap<Y.Map<unknown>>(kind).get(id)
    for (const field of SHAPE[kind].texts) {
      const words = String(item?.get(field) ?? '')
      this.#known.set(`${kind}/${id}/${field}`, words)
      if (own) this.#bases.set(`${kind}/${id}/${field}`, '')
    }
  }

  #text(key: string, text: { toString(): string }, own: boolean): void {
    const before = this.#known.get(key) ?? ''
    const after = text.toString()
    this.#known.set(key, after)
    const base = this.#bases.get(key)
    if (own && base === undefined) this.#bases.set(key, before)
    if (!own && base !== undefined) this.#bases.set(key, mergeText(before, after, base))
  }

  #collectItem(place: string): UnsavedItem {
    const [kind, id] = place.split('/') as [Kind | TextRoot, string]
    const added = this.#added.has(place)
    const texts: UnsavedItem['texts'] = {}
    for (const [key, base] of this.#bases) {
      const mine = this.#known.get(key) ?? ''
      if (key.startsWith(`${place}/`) && base !== mine) texts[key.slice(place.length + 1)] = { base, mine }
    }
    const item = added ? this.#doc.getMap<Y.Map<unknown>>(kind).get(id) : undefined
    const all = item && Object.keys(SHAPE[kind as Kind].choices).map((key) => [key, item.get(key)])
    return { kind, id, added, texts, choices: all ? Object.fromEntries(all) : { ...this.#choices.get(place) } }
  }
}

/** What there is to say of an item beside its words, a hope it was moved to or its place in a row not counted. */
const TOLD = [
  ...['who', 'due', 'day', 'closedOn', 'on', 'starts', 'ends', 'days', 'until', 'travel', 'attends'],
  ...['ordered', 'counts', 'later', 'group'],
]

/** Words, a person, a day, an hour or that something was done; a changed order alone is not worth a question. */
function saysSomething(item: UnsavedItem): boolean {
  if (Object.values(item.texts).some(({ mine }) => mine.trim() !== '')) return true
  return !item.added && TOLD.some((choice) => item.choices[choice])
}
