import * as Y from 'yjs'
import * as z from 'zod/mini'
import type { Section } from './roles'
import { AGENCIES, LANGUAGES, type Agency } from './meeting'
import { NEXT_STEPS, PROGRAM_STATES, PROGRAMS } from './program'

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
const DAY = '\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])'
export const Day = z.string().check(z.regex(new RegExp(`^${DAY}$`)))
/** A code and a day as one value: of two who choose at once, one is heard whole. `day` says how often it has to be there. */
const dated = (known: readonly string[], day: '?' | '{1}') =>
  z.string().check(z.regex(new RegExp(`^(${known.join('|')})( ${DAY})${day}$`)))
const Name = z.string().check(z.maxLength(80))
/** A time of day in the meeting's zone: `09:30`. */
const TimeOfDay = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/))
/** Several, as one value, so that a choice is taken or not taken as a whole: names by lines, codes by spaces. */
const Names = z.string().check(z.maxLength(400))
const codes = (known: readonly string[]) =>
  z.string().check(z.regex(new RegExp(`^((${known.join('|')})( (?!$)|$))*$`)), z.maxLength(100))

/** Days of the week, as a plan writes them, Monday first. */
export const WEEKDAYS = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/**
 * How often something takes place. `monthly` is the same weekday of the month as its first day: the first Saturday, or the
 * last where there is a fifth.
 */
export const REPEATS = ['once', 'weekly', 'fortnightly', 'monthly'] as const
export type Repeats = (typeof REPEATS)[number]

/** Is it for this meeting, for later, or parked until there is time to talk of it? */
export const PILES = ['now', 'later', 'parked'] as const
export type Pile = (typeof PILES)[number]

/** Is it still to be done, was it done, or did the team let go of it? Closed things stay to be seen. */
export const STATES = ['open', 'done', 'withdrawn'] as const
export type State = (typeof STATES)[number]

/** The parts of a safety plan: what shows that it gets hard, what helps then, whom to call. */
export const SAFETY_PARTS = ['signs', 'helps', 'calls'] as const
export type SafetyPart = (typeof SAFETY_PARTS)[number]

/** The participant meant by a name, where it is one of them. */
const PersonId = z.nullable(z.string().check(z.regex(/^[0-9a-f]{24}$/)))
const placed = {
  order: Order,
  removed: z.boolean(),
  /** The language of its words, which are as they were said; null where nobody told. `other` is in the other one. */
  language: z._default(z.nullable(z.enum(LANGUAGES)), null),
}
/** Defaults are for plans written before these choices were there. */
const closing = {
  state: z._default(z.enum(STATES), 'open'),
  /** The day it was done or let go of, in the meeting's zone; null while it is open, or when nobody said. */
  closedOn: z._default(z.nullable(Day), null),
}

/**
 * When somebody has to be somewhere. Nothing of it needs to be known: `starts` null says that a promise has no time, and
 * `ends` null that it takes no time worth counting (a pick-up).
 */
const times = {
  /** The first day, or the only one. */
  on: z._default(z.nullable(Day), null),
  starts: z._default(z.nullable(TimeOfDay), null),
  ends: z._default(z.nullable(TimeOfDay), null),
  repeats: z._default(z.enum(REPEATS), 'once'),
  /** For what repeats by weeks: on which days; empty for the day of the week of `on`. */
  days: z._default(codes(WEEKDAYS), ''),
  /** The last day on which it may take place. */
  until: z._default(z.nullable(Day), null),
  /** Minutes the way there takes, and the way on. */
  travel: z._default(z.int().check(z.nonnegative(), z.maximum(480)), 0),
  /** Who has to be there, as the room calls them; empty for who promised it. */
  attends: z._default(Names, ''),
}

/**
 * The shape of the live document, once, in reading order. Each kind is a root `Y.Map` of items keyed by id; an item is
 * a `Y.Map` with `texts` (each a `Y.Text`, created with the item and never replaced) and `choices` (single values).
 * The gate refuses whatever is not named here; `readPlan` reads exactly this.
 */
export const SHAPE = {
  strengths: {
    texts: ['words', 'other'],
    choices: {
      ...placed,
      /** Whose strength, as the room calls them; empty for the whole family's. */
      who: Name,
      /** The day it showed, or null. */
      day: z.nullable(Day),
    },
  },
  worries: {
    texts: ['words', 'other'],
    choices: {
      ...placed,
      ...closing,
      /** The agencies that have to know of it: told once, for all of them. */
      concerns: z._default(codes(AGENCIES), ''),
    },
  },
  goals: {
    texts: ['words', 'other'],
    choices: {
      ...placed,
      ...closing,
      /** Few goals at a time: this one waits. */
      later: z._default(z.boolean(), false),
    },
  },
  actions: {
    texts: ['words', 'other', 'where'],
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
      ...times,
      /** A court ordered it. */
      ordered: z._default(z.boolean(), false),
      /** The agencies towards whose required hours its time counts. */
      counts: z._default(codes(AGENCIES), ''),
    },
  },
  /** What a promise is made of, where it is more than one thing: small steps, each ticked by itself. */
  steps: { texts: ['words', 'other'], choices: { ...placed, ...closing, action: ItemId } },
  ideas: {
    texts: ['words', 'other'],
    choices: {
      ...placed,
      pile: z._default(z.enum(PILES), 'now'),
      /** What ideas that belong together are called; empty for one that stands alone. */
      group: z._default(Name, ''),
    },
  },
  agreements: { texts: ['words', 'other'], choices: placed },
  /** Somebody who could not agree, in their own words. */
  disagreements: { texts: ['words', 'other'], choices: { ...placed, agreement: ItemId, who: Name, whoId: PersonId } },
  safety: { texts: ['words', 'other'], choices: { ...placed, part: z.enum(SAFETY_PARTS) } },
  /** A benefit or program that the family is in. Its words say what happened, as the family tells it. */
  programs: {
    texts: ['words', 'other', 'said', 'stops', 'fix'],
    choices: {
      ...placed,
      program: z.enum(PROGRAMS),
      /** Whose it is, as the room calls them; empty for the whole family's. */
      who: Name,
      /** How it stands, and since when: `sanctioned 2027-02-01`, or without a day that nobody knows. */
      status: dated(PROGRAM_STATES, '?'),
      /** Whose it is to put right. */
      fixedBy: z._default(z.nullable(z.enum(COLUMNS)), null),
      /** The promise of the plan that would put it right. */
      action: z._default(z.nullable(ItemId), null),
      /** Hours a week that it asks for; 0 where it asks for none. */
      hours: z._default(z.int().check(z.nonnegative(), z.maximum(80)), 0),
      /** What comes next, and when: `report 2027-05-11`. */
      next: z._default(z.nullable(dated(NEXT_STEPS, '{1}')), null),
    },
  },
} as const

export type Kind = keyof typeof SHAPE
export const KINDS = Object.keys(SHAPE) as Kind[]

/** Kinds whose items belong to an item of another kind: which, and the choice that names it. */
export const BELONGS = {
  actions: { to: 'goals', by: 'goal' },
  steps: { to: 'actions', by: 'action' },
  disagreements: { to: 'agreements', by: 'agreement' },
} as const satisfies Partial<Record<Kind, { to: Kind; by: string }>>

/**
 * Roots that are one `Y.Text` by themselves: the decision question, why we meet, what the family wants life to be like,
 * and what was decided, in one sentence.
 */
export const SAID_ROOTS = ['question', 'purpose', 'vision', 'decision'] as const
export type SaidRoot = (typeof SAID_ROOTS)[number]
/** The same words in the family’s other language, each a text of its own beside what was said. */
export const otherRoot = <R extends SaidRoot>(root: R) => `${root}Other` as const
export const TEXT_ROOTS = [...SAID_ROOTS, ...SAID_ROOTS.map(otherRoot)] as const
export type TextRoot = (typeof TEXT_ROOTS)[number]
export const isTextRoot = (name: string): name is TextRoot => (TEXT_ROOTS as readonly string[]).includes(name)

/** `other`: the same words in the family's other language. */
const item = { id: ItemId, words: z.string(), other: z._default(z.string(), '') }
export const Strength = z.object({ ...item, ...SHAPE.strengths.choices })
export type Strength = z.infer<typeof Strength>
export const Worry = z.object({ ...item, ...SHAPE.worries.choices })
export type Worry = z.infer<typeof Worry>
export const Goal = z.object({ ...item, ...SHAPE.goals.choices })
export type Goal = z.infer<typeof Goal>
/** What somebody promises to do for a goal. */
export const ActionItem = z.object({ ...item, where: z.string(), ...SHAPE.actions.choices })
export type ActionItem = z.infer<typeof ActionItem>
export const SmallStep = z.object({ ...item, ...SHAPE.steps.choices })
export type SmallStep = z.infer<typeof SmallStep>
export const Idea = z.object({ ...item, ...SHAPE.ideas.choices })
export type Idea = z.infer<typeof Idea>
export const Agreement = z.object({ ...item, ...SHAPE.agreements.choices })
export type Agreement = z.infer<typeof Agreement>
export const Disagreement = z.object({ ...item, ...SHAPE.disagreements.choices })
export type Disagreement = z.infer<typeof Disagreement>
/** One line of the safety plan. */
export const SafetyLine = z.object({ ...item, ...SHAPE.safety.choices })
export type SafetyLine = z.infer<typeof SafetyLine>
export const Program = z.object({
  ...item,
  said: z.string(),
  stops: z.string(),
  fix: z.string(),
  ...SHAPE.programs.choices,
})
export type Program = z.infer<typeof Program>

const list = <T extends z.ZodMiniType>(schema: T) => z._default(z.array(schema), [])

/**
 * The plan as plain words: what `GET …/plan` answers and a version holds. Items are in reading order, removed ones
 * included. What an older version does not have reads as empty.
 */
export const Plan = z.object({
  question: z.string(),
  purpose: z._default(z.string(), ''),
  vision: z._default(z.string(), ''),
  decision: z._default(z.string(), ''),
  questionOther: z._default(z.string(), ''),
  purposeOther: z._default(z.string(), ''),
  visionOther: z._default(z.string(), ''),
  decisionOther: z._default(z.string(), ''),
  strengths: list(Strength),
  worries: list(Worry),
  goals: z.array(Goal),
  actions: z.array(ActionItem),
  steps: list(SmallStep),
  ideas: list(Idea),
  agreements: list(Agreement),
  disagreements: list(Disagreement),
  safety: list(SafetyLine),
  programs: list(Program),
})
export type Plan = z.infer<typeof Plan>

const TOLD: readonly Kind[] = ['strengths', 'worries', 'goals', 'actions', 'ideas']

/**
 * What may be written in which section. Decisions stand in the plan alone: what the family or professionals say among
 * themselves decides nothing, and professionals prepare no promises (S5 G1, G3: decisions made elsewhere). Which programs
 * somebody is in stands in no place but theirs, behind their release (S5 G10).
 */
export const WRITTEN_IN: Record<Section, { kinds: readonly Kind[]; texts: readonly TextRoot[] }> = {
  plan: { kinds: KINDS.filter((kind) => kind !== 'programs'), texts: TEXT_ROOTS },
  family: { kinds: TOLD, texts: [] },
  prep: { kinds: ['strengths', 'worries', 'ideas'], texts: ['purpose'] },
  health: { kinds: TOLD, texts: [] },
  'substance-use': { kinds: TOLD, texts: [] },
  education: { kinds: TOLD, texts: [] },
  justice: { kinds: TOLD, texts: [] },
  benefits: { kinds: [...TOLD, 'programs'], texts: [] },
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

/**
 * One item as plain values; undefined when it is not whole (only a hostile writer makes such, and the gate refuses them).
 * Items written before there were two languages side by side have no `other`.
 */
function readItem(kind: Kind, id: string, item: Y.Map<unknown>): Record<string, unknown> | undefined {
  const read: Record<string, unknown> = { id }
  for (const field of SHAPE[kind].texts) {
    const text = item.get(field)
    if (text === undefined && field === 'other') read[field] = ''
    else if (text instanceof Y.Text) read[field] = text.toString()
    else return undefined
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
