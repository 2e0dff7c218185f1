import * as Y from 'yjs'
import * as z from 'zod/mini'
import type { Section } from './roles'
import { AGENCIES, type Agency } from './meeting'

/** Longest words in one field, in UTF-16 units. Enforced in the fields and, finally, by the gate. */
export const WORDS_MAX = 2_000
/** Most items of one kind in a plan, removed ones included. */
export const ITEMS_MAX = 500

/** Whose column a promise stands in: the family's, always first, or an agency's. */
export const COLUMNS = ['family', ...AGENCIES] as const
export type Column = 'family' | Agency

export const ItemId = z.string().check(z.regex(/^[0-9a-z]{16}$/))
/** Sort key between two neighbours (fractional indexing, base 62). */
const Order = z.string().check(z.regex(/^[0-9A-Za-z]{1,128}$/))
const Day = z.string().check(z.regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/))
const Name = z.string().check(z.maxLength(80))

/** Is it still to be done, was it done, or did the team let go of it? Closed things stay to be seen. */
export const STATES = ['open', 'done', 'withdrawn'] as const
export type State = (typeof STATES)[number]

/** The parts of a safety plan: what shows that it gets hard, what helps then, whom to call. */
export const SAFETY_PARTS = ['signs', 'helps', 'calls'] as const
export type SafetyPart = (typeof SAFETY_PARTS)[number]

/** The participant meant by a name, where it is one of them. */
const PersonId = z.nullable(z.string().check(z.regex(/^[0-9a-f]{24}$/)))
const placed = { order: Order, removed: z.boolean() }
/** Defaults are for plans written before these choices were there. */
const closing = {
  state: z._default(z.enum(STATES), 'open'),
  /** The day it was done or let go of, in the meeting's zone; null while it is open, or when nobody said. */
  closedOn: z._default(z.nullable(Day), null),
}

/**
 * The shape of the live document, once, in reading order. Each kind is a root `Y.Map` of items keyed by id; an item is
 * a `Y.Map` with `texts` (each a `Y.Text`, created with the item and never replaced) and `choices` (single values).
 * The gate refuses whatever is not named here; `readPlan` reads exactly this.
 */
export const SHAPE = {
  strengths: {
    texts: ['words'],
    choices: {
      ...placed,
      /** Whose strength, as the room calls them; empty for the whole family's. */
      who: Name,
      /** The day it showed, or null. */
      day: z.nullable(Day),
    },
  },
  worries: { texts: ['words'], choices: { ...placed, ...closing } },
  goals: { texts: ['words'], choices: { ...placed, ...closing } },
  actions: {
    texts: ['words', 'where'],
    choices: {
      ...placed,
      ...closing,
      goal: ItemId,
      column: z.enum(COLUMNS),
      /** Who promised, as the room calls them; empty when nobody has yet. */
      who: Name,
      whoId: PersonId,
      /** By when: a day in the meeting's zone, or null. */
      due: z.nullable(Day),
    },
  },
  ideas: { texts: ['words'], choices: placed },
  agreements: { texts: ['words'], choices: placed },
  /** Somebody who could not agree, in their own words. */
  disagreements: { texts: ['words'], choices: { ...placed, agreement: ItemId, who: Name, whoId: PersonId } },
  safety: { texts: ['words'], choices: { ...placed, part: z.enum(SAFETY_PARTS) } },
} as const

export type Kind = keyof typeof SHAPE
export const KINDS = Object.keys(SHAPE) as Kind[]

/** Kinds whose items belong to an item of another kind: which, and the choice that names it. */
export const BELONGS = {
  actions: { to: 'goals', by: 'goal' },
  disagreements: { to: 'agreements', by: 'agreement' },
} as const satisfies Partial<Record<Kind, { to: Kind; by: string }>>

/** Roots that are one `Y.Text` by themselves: the decision question, why we meet, and what the family wants life to be like. */
export const TEXT_ROOTS = ['question', 'purpose', 'vision'] as const
export type TextRoot = (typeof TEXT_ROOTS)[number]

const item = { id: ItemId, words: z.string() }
export const Strength = z.object({ ...item, ...SHAPE.strengths.choices })
export type Strength = z.infer<typeof Strength>
export const Worry = z.object({ ...item, ...SHAPE.worries.choices })
export type Worry = z.infer<typeof Worry>
export const Goal = z.object({ ...item, ...SHAPE.goals.choices })
export type Goal = z.infer<typeof Goal>
/** What somebody promises to do for a goal. */
export const ActionItem = z.object({ ...item, where: z.string(), ...SHAPE.actions.choices })
export type ActionItem = z.infer<typeof ActionItem>
export const Idea = z.object({ ...item, ...SHAPE.ideas.choices })
export type Idea = z.infer<typeof Idea>
export const Agreement = z.object({ ...item, ...SHAPE.agreements.choices })
export type Agreement = z.infer<typeof Agreement>
export const Disagreement = z.object({ ...item, ...SHAPE.disagreements.choices })
export type Disagreement = z.infer<typeof Disagreement>
/** One line of the safety plan. */
export const SafetyLine = z.object({ ...item, ...SHAPE.safety.choices })
export type SafetyLine = z.infer<typeof SafetyLine>

const list = <T extends z.ZodMiniType>(schema: T) => z._default(z.array(schema), [])

/**
 * The plan as plain words: what `GET …/plan` answers and a version holds. Items are in reading order, removed ones
 * included. What an older version does not have reads as empty.
 */
export const Plan = z.object({
  question: z.string(),
  purpose: z._default(z.string(), ''),
  vision: z._default(z.string(), ''),
  strengths: list(Strength),
  worries: list(Worry),
  goals: z.array(Goal),
  actions: z.array(ActionItem),
  ideas: list(Idea),
  agreements: list(Agreement),
  disagreements: list(Disagreement),
  safety: list(SafetyLine),
})
export type Plan = z.infer<typeof Plan>

const TOLD: readonly Kind[] = ['strengths', 'worries', 'goals', 'actions', 'ideas']

/**
 * What may be written in which section. Decisions stand in the plan alone: what the family or professionals say among
 * themselves decides nothing, and professionals prepare no promises (S5 G1, G3: decisions made elsewhere).
 */
export const WRITTEN_IN: Record<Section, { kinds: readonly Kind[]; texts: readonly TextRoot[] }> = {
  plan: { kinds: KINDS, texts: TEXT_ROOTS },
  family: { kinds: TOLD, texts: [] },
  prep: { kinds: ['strengths', 'worries', 'ideas'], texts: ['purpose'] },
  health: { kinds: TOLD, texts: [] },
  'substance-use': { kinds: TOLD, texts: [] },
  education: { kinds: TOLD, texts: [] },
  justice: { kinds: TOLD, texts: [] },
  benefits: { kinds: TOLD, texts: [] },
}

/** An item of any kind. */
export type PlanItem = Plan[Kind][number]

/** A plan in which nothing is written yet. */
export function emptyPlan(): Plan {
  return Plan.parse({ question: '', goals: [], actions: [] })
}

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

function readKind<K extends Kind>(doc: Y.Doc, kind: K): Plan[K] {
  const items: PlanItem[] = []
  doc.getMap<Y.Map<unknown>>(kind).forEach((item, id) => {
    const read = item instanceof Y.Map ? readItem(kind, id, item) : undefined
    if (read) items.push(read as unknown as PlanItem)
  })
  return items.sort(byOrder) as Plan[K]
}

/** The live document as plain words. */
export function readPlan(doc: Y.Doc): Plan {
  const texts = TEXT_ROOTS.map((root) => [root, doc.getText(root).toString()])
  const items = KINDS.map((kind) => [kind, readKind(doc, kind)])
  return Object.fromEntries([...texts, ...items]) as Plan
}

/** The single values an item starts with; those with a default may be left out. */
export type Choices<K extends Kind> = z.input<z.ZodMiniObject<(typeof SHAPE)[K]['choices']>>

/**
 * Adds an item: its map, its words and its choices in one transaction, so that no screen ever sees half of it.
 *
 * @param words starting text of each text field; missing ones start empty
 * @throws when a choice is not of its shape
 */
export function addItem<K extends Kind>(
  doc: Y.Doc,
  kind: K,
  id: string,
  choices: Choices<K>,
  words: Partial<Record<(typeof SHAPE)[K]['texts'][number], string>> = {},
): void {
  doc.transact(() => {
    const item = new Y.Map<unknown>()
    for (const [field, schema] of Object.entries(SHAPE[kind].choices)) {
      item.set(field, z.parse(schema as z.ZodMiniType, (choices as Record<string, unknown>)[field]))
    }
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
