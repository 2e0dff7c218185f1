import * as Y from 'yjs'
import * as z from 'zod/mini'
import { AGENCIES, type Agency } from './meeting'

/** Longest words in one field, in UTF-16 units. Enforced in the fields and, finally, by the gate. */
export const WORDS_MAX = 2_000
/** Most items of one kind in a plan, removed ones included. */
export const ITEMS_MAX = 500

/** Whose column a promise stands in: the family's, always first, or an agency's. */
export const COLUMNS = ['family', ...AGENCIES] as const
export type Column = 'family' | Agency

const ItemId = z.string().check(z.regex(/^[0-9a-z]{16}$/))
/** Sort key between two neighbours (fractional indexing, base 62). */
const Order = z.string().check(z.regex(/^[0-9A-Za-z]{1,128}$/))
const Day = z.string().check(z.regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/))
const Name = z.string().check(z.maxLength(80))

/**
 * The shape of the live document, once. Each kind is a root `Y.Map` of items keyed by id; an item is a `Y.Map`
 * with `texts` (each a `Y.Text`, created with the item and never replaced) and `choices` (single values).
 * The gate refuses whatever is not named here; `readPlan` reads exactly this.
 */
export const SHAPE = {
  goals: {
    texts: ['words'],
    choices: { order: Order, removed: z.boolean() },
  },
  actions: {
    texts: ['words', 'where'],
    choices: {
      order: Order,
      removed: z.boolean(),
      goal: ItemId,
      column: z.enum(COLUMNS),
      /** Who promised, as the room calls them; empty when nobody has yet. */
      who: Name,
      /** The participant meant by `who`, where it is one of them. */
      whoId: z.nullable(z.string().check(z.regex(/^[0-9a-f]{24}$/))),
      /** By when: a day in the meeting's zone, or null. */
      due: z.nullable(Day),
    },
  },
} as const

export type Kind = keyof typeof SHAPE
export const KINDS = Object.keys(SHAPE) as Kind[]

/** Roots that are one `Y.Text` by themselves. */
export const TEXT_ROOTS = ['question'] as const
export type TextRoot = (typeof TEXT_ROOTS)[number]

export const Goal = z.object({ id: ItemId, words: z.string(), ...SHAPE.goals.choices })
export type Goal = z.infer<typeof Goal>

/** What somebody promises to do for a goal. */
export const ActionItem = z.object({ id: ItemId, words: z.string(), where: z.string(), ...SHAPE.actions.choices })
export type ActionItem = z.infer<typeof ActionItem>

/** The plan as plain words: what `GET …/plan` answers and a version holds. Items are in reading order, removed ones included. */
export const Plan = z.object({ question: z.string(), goals: z.array(Goal), actions: z.array(ActionItem) })
export type Plan = z.infer<typeof Plan>

/** Reading order: by sort key, ties broken by id, the same on every screen. */
export function byOrder(a: { order: string; id: string }, b: { order: string; id: string }): number {
  if (a.order !== b.order) return a.order < b.order ? -1 : 1
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

/**
 * The `Y.Text` behind one field.
 *
 * @param address `question`, or `kind/id/field`
 * @returns undefined where no such words exist
 */
export function findText(doc: Y.Doc, address: string): Y.Text | undefined {
  if ((TEXT_ROOTS as readonly string[]).includes(address)) return doc.getText(address)
  const [kind, id, field] = address.split('/')
  if (!KINDS.includes(kind as Kind) || !id || !field) return undefined
  const text = doc.getMap<Y.Map<unknown>>(kind).get(id)?.get(field)
  return text instanceof Y.Text ? text : undefined
}

/** One item as plain values; undefined when it is not whole (only a hostile writer makes such, and the gate refuses them). */
function readItem(kind: Kind, id: string, item: Y.Map<unknown>): Record<string, unknown> | undefined {
  const read: Record<string, unknown> = { id }
  for (const field of SHAPE[kind].texts) {
    const text = item.get(field)
    if (!(text instanceof Y.Text)) return undefined
    read[field] = text.toString()
  }
  for (const [field, schema] of Object.entries(SHAPE[kind].choices)) {
    const value = z.safeParse(schema as z.ZodMiniType, item.get(field))
    if (!value.success) return undefined
    read[field] = value.data
  }
  return read
}

function readKind<T extends { order: string; id: string }>(doc: Y.Doc, kind: Kind): T[] {
  const items: T[] = []
  doc.getMap<Y.Map<unknown>>(kind).forEach((item, id) => {
    const read = item instanceof Y.Map ? readItem(kind, id, item) : undefined
    if (read) items.push(read as unknown as T)
  })
  return items.sort(byOrder)
}

/** The live document as plain words. */
export function readPlan(doc: Y.Doc): Plan {
  return {
    question: doc.getText('question').toString(),
    goals: readKind<Goal>(doc, 'goals'),
    actions: readKind<ActionItem>(doc, 'actions'),
  }
}

/**
 * Adds an item: its map, its words and its choices in one transaction, so that no screen ever sees half of it.
 *
 * @param words starting text of each text field; missing ones start empty
 */
export function addItem<K extends Kind>(
  doc: Y.Doc,
  kind: K,
  id: string,
  choices: { [F in keyof (typeof SHAPE)[K]['choices']]: z.infer<(typeof SHAPE)[K]['choices'][F]> },
  words: Partial<Record<(typeof SHAPE)[K]['texts'][number], string>> = {},
): void {
  doc.transact(() => {
    const item = new Y.Map<unknown>()
    for (const [field, value] of Object.entries(choices)) item.set(field, value)
    for (const field of SHAPE[kind].texts) item.set(field, new Y.Text((words as Record<string, string>)[field] ?? ''))
    doc.getMap(kind).set(id, item)
  })
}

/** Changes single choices of an item in one transaction; values that stay the same are not sent. */
export function choose(doc: Y.Doc, kind: Kind, id: string, choices: Record<string, unknown>): void {
  const item = doc.getMap<Y.Map<unknown>>(kind).get(id)
  if (!item) return
  doc.transact(() => {
    for (const [field, value] of Object.entries(choices)) if (item.get(field) !== value) item.set(field, value)
  })
}
