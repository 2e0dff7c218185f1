import * as Y from 'yjs'
import * as z from 'zod/mini'
import { type ErrorCode } from '../../shared/errors'
import { isLockedField } from '../../shared/ordered'
import { ITEMS_MAX, type Kind, KINDS, SHAPE, type TextRoot, WORDS_MAX, WRITTEN_IN } from '../../shared/plan'
import type { Section } from '../../shared/roles'
import { lastChosen } from './lastChosen'

/**
 * Hard end of one field, in UTF-16 units. The fields on the screens stop at WORDS_MAX; several people writing and
 * replacing at once may honestly pass that, so the gate stands well behind it.
 */
const FIELD_MAX = 8 * WORDS_MAX
const STRUCTS_MAX = 20_000
/** Client ids are 32-bit, and no writer comes near this many letters. */
const NUMBER_MAX = 2 ** 32
/** Longest run of anything in one struct. */
const LENGTH_MAX = 1_000_000
/** Most times one update changes one choice: nobody's hands come near, and ordering them takes time. */
const CHOSEN_MAX = 1_000
/** How far one struct may lean on others of the same update before it counts as nonsense. */
const LEAN_MAX = 32

export type Verdict =
  { kind: 'nothing' } | { kind: 'accept'; clients: Set<number> } | { kind: 'gap' } | { kind: 'refuse'; code: ErrorCode }

/** Where a struct stands: a root text, the root map of a kind, a map of an item, or words in an item. */
type Place =
  | { at: 'root-text'; root: string }
  | { at: 'items'; kind: Kind; id: string }
  | { at: 'field'; kind: Kind; id: string; field: string }
  | { at: 'words'; kind: Kind; id: string; field: string }
  /** Inside something already collected as garbage: Yjs drops it, so it may pass. */
  | { at: 'gone' }

type Field = Place & { at: 'field' }

class Refused extends Error {
  constructor(readonly code: ErrorCode) {
    super(code)
  }
}
class Gap extends Error {}

let lastDecoder: { pos: number } | undefined
class TrackedDecoder extends Y.UpdateDecoderV1 {
  constructor(decoder: ConstructorParameters<typeof Y.UpdateDecoderV1>[0]) {
    super(decoder)
    lastDecoder = this.restDecoder
  }
}

interface Decoded {
  structs: (Y.Item | Y.GC | Y.Skip)[]
  ds: { clients: Map<number, { clock: number; len: number }[]> }
}

/** Decodes a V1 update to its last byte; V2 encoding and anything with bytes left over is refused. */
function decode(update: Uint8Array): Decoded {
  try {
    const decoded = Y.decodeUpdateV2(
      update,
      TrackedDecoder as unknown as typeof Y.UpdateDecoderV2,
    ) as unknown as Decoded
    const whole = lastDecoder?.pos === update.length && decoded.structs.length <= STRUCTS_MAX
    if (whole && hasSaneNumbers(decoded)) return decoded
  } catch {
    // Broken bytes are refused like any other wrong shape.
  }
  throw new Refused('plan/shape')
}

const isCount = (number: number, below = NUMBER_MAX) => Number.isInteger(number) && number >= 0 && number < below

/** lib0 reads overlong numbers as infinite, or as none at all, and every comparison with those is false. */
function hasSaneNumbers({ structs, ds }: Decoded): boolean {
  const isPlace = (place: { client: number; clock: number } | null) =>
    place === null || (isCount(place.client) && isCount(place.clock))
  return (
    structs.every(
      (struct) =>
        isPlace(struct.id) &&
        isCount(struct.length, LENGTH_MAX) &&
        struct.length > 0 &&
        (!(struct instanceof Y.Item) ||
          (isPlace(struct.origin) &&
            isPlace(struct.rightOrigin) &&
            (!(struct.parent instanceof Y.ID) || isPlace(struct.parent)))),
    ) &&
    [...ds.clients].every(
      ([client, ranges]) => isCount(client) && ranges.every(({ clock, len }) => isCount(clock) && isCount(len)),
    )
  )
}

const ITEM_ID = /^[0-9a-z]{16}$/
const isKind = (name: string): name is Kind => (KINDS as string[]).includes(name)
const isText = (kind: Kind, field: string) => (SHAPE[kind].texts as readonly string[]).includes(field)
const key = (place: Place) => JSON.stringify(place)

/**
 * Looks at one update before it touches the document: is it this writer's own, whole, small enough, of the known
 * shape, and does it delete only words? It reads, it never changes. One instance serves one update.
 */
class Inspection {
  readonly #doc: Y.Doc
  readonly #owns: (clientId: number) => boolean
  readonly #written: (typeof WRITTEN_IN)[Section]
  readonly #fresh: (Y.Item | Y.GC)[] = []
  readonly #freshByClient = new Map<number, (Y.Item | Y.GC)[]>()
  readonly #places = new Map<Y.Item | Y.GC, Place>()
  /** What this update adds at a place of words or an item: letters, or 1. */
  readonly #added = new Map<string, number>()
  readonly #born = new Map<Kind, number>()
  /** The choices that this update touches, each with what it adds there. */
  readonly #chosen = new Map<string, { place: Field; fresh: Y.Item[] }>()
  readonly clients = new Set<number>()

  constructor(
    doc: Y.Doc,
    owns: (clientId: number) => boolean,
    section: Section,
    private readonly changesOrders: boolean,
  ) {
    this.#doc = doc
    this.#owns = owns
    this.#written = WRITTEN_IN[section]
  }

  /** @returns whether the update adds or deletes anything the document does not have yet */
  look(update: Uint8Array): boolean {
    const { structs, ds } = decode(update)
    this.#sortOut(structs)
    for (const struct of this.#fresh) if (struct instanceof Y.Item) this.#check(struct, this.#place(struct, 0))
    const deletes = this.#checkDeletions(ds)
    for (const { place, fresh } of this.#chosen.values()) this.#checkChosen(place, fresh, ds)
    return this.#fresh.length > 0 || deletes
  }

  /** Keeps what is new; what is known may be anybody's (a full sync repeats it), what is new must be the writer's. */
  #sortOut(structs: Decoded['structs']): void {
    const next = new Map<number, number>()
    for (const struct of structs) {
      const { client, clock } = struct.id
      const expected = next.get(client) ?? Y.getState(this.#doc.store, client)
      if (clock + struct.length <= expected) continue
      if (!this.#owns(client)) throw new Refused('plan/not-yours')
      if (struct instanceof Y.Skip || clock > expected) throw new Gap()
      next.set(client, clock + struct.length)
      this.clients.add(client)
      this.#fresh.push(struct)
      const own = this.#freshByClient.get(client)
      if (own) own.push(struct)
      else this.#freshByClient.set(client, [struct])
    }
  }

  #findFresh(id: { client: number; clock: number }): Y.Item | Y.GC | undefined {
    const own = this.#freshByClient.get(id.client)
    if (!own) return undefined
    let low = 0
    let high = own.length - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const struct = own[middle]!
      if (id.clock < struct.id.clock) high = middle - 1
      else if (id.clock >= struct.id.clock + struct.length) low = middle + 1
      else return struct
    }
    return undefined
  }

  /** The place of the struct with this id, from the document or from this update. */
  #placeOfId(id: { client: number; clock: number }, before: Y.Item, depth: number): Place {
    if (id.clock < Y.getState(this.#doc.store, id.client)) {
      const known = Y.getItem(this.#doc.store, id as Y.ID) as unknown as Y.Item | Y.GC
      return known instanceof Y.Item ? this.#placeOfKnown(known) : { at: 'gone' }
    }
    const fresh = this.#findFresh(id)
    // Nothing may lean on itself or on a later struct of its own writer: Yjs would not find it.
    if (!fresh || (id.client === before.id.client && id.clock >= before.id.clock)) throw new Gap()
    return fresh instanceof Y.Item ? this.#place(fresh, depth + 1) : { at: 'gone' }
  }

  #placeOfKnown(item: Y.Item): Place {
    const parent = item.parent as Y.AbstractType<Y.YEvent<never>> | null
    if (!parent) return { at: 'gone' }
    if (!parent._item) return this.#rootPlace(Y.findRootTypeKey(parent), item.parentSub)
    return this.#inside(this.#placeOfKnown(parent._item), item.parentSub)
  }

  #rootPlace(root: string, sub: string | null): Place {
    const { kinds, texts } = this.#written
    if (texts.includes(root as TextRoot) && sub === null) return { at: 'root-text', root }
    if (isKind(root) && kinds.includes(root) && sub !== null && ITEM_ID.test(sub)) {
      return { at: 'items', kind: root, id: sub }
    }
    throw new Refused('plan/shape')
  }

  /** Where something stands whose parent is the type standing at `parent`. */
  #inside(parent: Place, sub: string | null): Place {
    if (parent.at === 'gone') return parent
    if (parent.at === 'items' && sub !== null) return { at: 'field', kind: parent.kind, id: parent.id, field: sub }
    if (parent.at === 'field' && sub === null && isText(parent.kind, parent.field)) return { ...parent, at: 'words' }
    throw new Refused('plan/shape')
  }

  #place(item: Y.Item, depth: number): Place {
    const known = this.#places.get(item)
    if (known) return known
    if (depth > LEAN_MAX) throw new Refused('plan/shape')
    const place = this.#findPlace(item, depth)
    this.#places.set(item, place)
    return place
  }

  #findPlace(item: Y.Item, depth: number): Place {
    const parent = item.parent as string | Y.ID | null
    const left = item.origin && this.#placeOfId(item.origin, item, depth)
    const right = item.rightOrigin && this.#placeOfId(item.rightOrigin, item, depth)
    // Neighbours in two different lists would tie the lists together.
    if (left && right && left.at !== 'gone' && right.at !== 'gone' && key(left) !== key(right)) {
      throw new Refused('plan/shape')
    }
    if (item.origin && item.rightOrigin) this.#checkOrder(item.origin, item.rightOrigin)
    if (left) return left
    if (right) return right
    if (typeof parent === 'string') return this.#rootPlace(parent, item.parentSub)
    if (parent === null) throw new Refused('plan/shape')
    return this.#inside(this.#placeOfId(parent, item, depth), item.parentSub)
  }

  /** The left neighbour stands before the right one; otherwise copies of the document would order the words differently. */
  #checkOrder(origin: Y.ID, rightOrigin: Y.ID): void {
    const { store } = this.#doc
    for (const id of [origin, rightOrigin]) if (id.clock >= Y.getState(store, id.client)) return
    const left = Y.getItem(store, origin) as unknown as Y.Item | Y.GC
    const right = Y.getItem(store, rightOrigin) as unknown as Y.Item | Y.GC
    if (!(left instanceof Y.Item) || !(right instanceof Y.Item)) return
    if (left === right && rightOrigin.clock > origin.clock) return
    for (let next = left.right; next; next = next.right) if (next === right) return
    throw new Refused('plan/shape')
  }

  #check(item: Y.Item, place: Place): void {
    const { content } = item
    if (place.at === 'gone') return
    this.#checkOrdered(place)
    if (place.at === 'root-text' || place.at === 'words') return this.#checkWords(content, place)
    if (place.at === 'items') return this.#checkNewItem(item, place)
    if (isText(place.kind, place.field)) return this.#checkNewText(item, place)
    this.#choose(place).push(item)
    if (content instanceof Y.ContentDeleted) return
    const schema = (SHAPE[place.kind].choices as Record<string, z.ZodMiniType>)[place.field]
    if (!schema || !(content instanceof Y.ContentAny) || content.arr.length !== 1) throw new Refused('plan/shape')
    // A schema with a default would take "undefined" for its default.
    if (content.arr[0] === undefined || !z.safeParse(schema, content.arr[0]).success) throw new Refused('plan/shape')
    const orders = place.kind === 'actions' && place.field === 'ordered' && content.arr[0] === true
    if (orders && !this.changesOrders) throw new Refused('plan/ordered')
  }

  /** What a court ordered is changed by few, and made a court's order by no others. */
  #checkOrdered(place: Place): void {
    if (this.changesOrders || !(place.at === 'field' || place.at === 'words') || place.kind !== 'actions') return
    if (isLockedField(place.field) && this.#itemAt(place)?.get('ordered') === true) throw new Refused('plan/ordered')
  }

  #choose(place: Field): Y.Item[] {
    const chosen = this.#chosen.get(key(place)) ?? { place, fresh: [] }
    this.#chosen.set(key(place), chosen)
    return chosen.fresh
  }

  /** A choice may only go where a value takes its place: an item that lacks one is seen by nobody. */
  #checkChosen(place: Field, fresh: Y.Item[], ds: Decoded['ds']): void {
    if (fresh.length > CHOSEN_MAX) throw new Refused('plan/too-large')
    const known: Y.Item[] = []
    for (let item = this.#itemAt(place)?._map.get(place.field) ?? null; item; item = item.left) known.push(item)
    const last = lastChosen(known.reverse(), fresh)
    if (!last) return
    const end = last.id.clock + last.length - 1
    const ranges = ds.clients.get(last.id.client) ?? []
    const isDeleted = last.deleted || ranges.some(({ clock, len }) => clock <= end && end < clock + len)
    if (isDeleted) throw new Refused('plan/shape')
  }

  #checkWords(content: Y.Item['content'], place: Place): void {
    if (content instanceof Y.ContentDeleted) return
    if (!(content instanceof Y.ContentString)) throw new Refused('plan/shape')
    const added = (this.#added.get(key(place)) ?? 0) + content.str.length
    this.#added.set(key(place), added)
    if (added + this.#lengthAt(place) > FIELD_MAX) throw new Refused('plan/too-large')
  }

  #lengthAt(place: Place): number {
    if (place.at === 'root-text') return this.#doc.getText(place.root).length
    if (place.at !== 'words') return 0
    const text = this.#itemAt(place)?.get(place.field)
    return text instanceof Y.Text ? text.length : 0
  }

  #itemAt(place: { kind: Kind; id: string }): Y.Map<unknown> | undefined {
    return this.#doc.getMap<Y.Map<unknown>>(place.kind).get(place.id)
  }

  /** An item comes once: replacing its map would throw away what others write in it. */
  #checkNewItem(item: Y.Item, place: Place & { at: 'items' }): void {
    const isMap = item.content instanceof Y.ContentType && item.content.type instanceof Y.Map
    if (!isMap || item.origin || this.#itemAt(place) || this.#added.has(key(place))) throw new Refused('plan/shape')
    this.#added.set(key(place), 1)
    const born = (this.#born.get(place.kind) ?? 0) + 1
    this.#born.set(place.kind, born)
    if (this.#doc.getMap(place.kind).size + born > ITEMS_MAX) throw new Refused('plan/too-large')
  }

  #checkNewText(item: Y.Item, place: Place & { at: 'field' }): void {
    const isYText = item.content instanceof Y.ContentType && item.content.type instanceof Y.Text
    const exists = this.#itemAt(place)?.has(place.field) || this.#added.has(key(place))
    if (!isYText || item.origin || exists) throw new Refused('plan/shape')
    this.#added.set(key(place), 1)
  }

  /** @returns whether something is deleted that was not deleted before */
  #checkDeletions(ds: Decoded['ds']): boolean {
    let news = false
    for (const [client, ranges] of ds.clients) {
      const state = Y.getState(this.#doc.store, client)
      const own = this.#freshByClient.get(client)?.at(-1)
      const end = Math.max(state, own ? own.id.clock + own.length : 0)
      for (const { clock, len } of ranges) {
        if (clock + len > end) throw new Gap()
        if (this.#checkDeletion(client, clock, Math.min(clock + len, state))) news = true
      }
    }
    return news
  }

  #checkDeletion(client: number, from: number, to: number): boolean {
    const structs = this.#doc.store.clients.get(client)
    if (!structs || from >= to) return false
    let news = false
    for (let index = Y.findIndexSS(structs, from); index < structs.length; index++) {
      const struct = structs[index]!
      if (struct.id.clock >= to) break
      if (!(struct instanceof Y.Item) || struct.deleted) continue
      this.#mayDelete(struct)
      news = true
    }
    return news
  }

  /** Words may go, containers never, and a choice only when a new value takes its place. */
  #mayDelete(item: Y.Item): void {
    if (item.content instanceof Y.ContentType) throw new Refused('plan/shape')
    if (!this.changesOrders) this.#checkOrdered(this.#placeOfKnown(item))
    if (item.parentSub === null) return
    const place = this.#placeOfKnown(item)
    if (place.at === 'field') this.#choose(place)
    else if (place.at !== 'gone') throw new Refused('plan/shape')
  }
}

/**
 * May this update enter the document?
 *
 * @param owns whether a Yjs client id was minted for the writer here
 * @param section which one the document is: what may not be written in it is of no known shape there
 * @param changesOrders may the writer change what a court ordered?
 * @returns `nothing` when the document knows it all, `gap` when something before it is missing
 */
export function gate(
  doc: Y.Doc,
  update: Uint8Array,
  owns: (clientId: number) => boolean,
  section: Section = 'plan',
  changesOrders = true,
): Verdict {
  const inspection = new Inspection(doc, owns, section, changesOrders)
  try {
    return inspection.look(update) ? { kind: 'accept', clients: inspection.clients } : { kind: 'nothing' }
  } catch (problem) {
    if (problem instanceof Gap) return { kind: 'gap' }
    // Nothing was changed yet: whatever else went wrong while looking is this update's own fault.
    return { kind: 'refuse', code: problem instanceof Refused ? problem.code : 'plan/shape' }
  }
}
