import fc, { type Arbitrary } from 'fast-check'
import {
  byOrder,
  COLUMNS,
  KINDS,
  PILES,
  REPEATS,
  SAFETY_PARTS,
  STATES,
  TEXT_ROOTS,
  type Kind,
  type Plan,
  type PlanItem,
} from '../../shared/plan'
import { PROGRAMS } from '../../shared/program'

/** The id of the `n`th of a few items, so that two plans made apart have many of them in common. */
export const idOf = (n: number): string => n.toString(36).padStart(16, '0')

const WORDS = ['Miles', 'stays', 'with', 'Dana', 'niño', 'lights', '👩‍👧', 'Tuesdays', '10:00', '', '\n', 'y', 'é']
const words = fc.array(fc.constantFrom(...WORDS), { maxLength: 8 }).map((some) => some.join(' '))
const name = fc.constantFrom('', 'Dana', 'Rosa', 'Quill')
const personId = fc.constantFrom(null, 'a'.repeat(24), 'b'.repeat(24))
const day = fc.constantFrom(null, '2027-03-02', '2027-04-13')
const time = fc.constantFrom(null, '09:00', '11:30')
const item = fc.integer({ min: 0, max: 5 }).map(idOf)
const placed = {
  order: fc.constantFrom('a0', 'a1', 'a2', 'a2V', 'a3'),
  removed: fc.boolean(),
  language: fc.constantFrom(null, 'en', 'es'),
}
const closing = { state: fc.constantFrom(...STATES), closedOn: day }

const ITEMS: { [K in Kind]: Record<string, Arbitrary<unknown>> } = {
  strengths: { words, other: words, ...placed, who: name, day },
  worries: { words, other: words, ...placed, ...closing, concerns: fc.constantFrom('', 'child-welfare calworks') },
  goals: { words, other: words, ...placed, ...closing, later: fc.boolean() },
  actions: {
    words,
    other: words,
    where: words,
    ...placed,
    ...closing,
    goal: item,
    column: fc.constantFrom(...COLUMNS),
    who: name,
    whoId: personId,
    due: day,
    on: day,
    starts: time,
    ends: time,
    repeats: fc.constantFrom(...REPEATS),
    days: fc.constantFrom('', 'tu', 'tu we th'),
    until: day,
    travel: fc.constantFrom(0, 45),
    attends: fc.constantFrom('', 'Dana', 'Dana\nMiles'),
    ordered: fc.boolean(),
    counts: fc.constantFrom('', 'calworks', 'child-welfare calworks'),
  },
  steps: { words, other: words, ...placed, ...closing, action: item },
  ideas: { words, other: words, ...placed, pile: fc.constantFrom(...PILES), group: name },
  agreements: { words, other: words, ...placed },
  disagreements: { words, other: words, ...placed, agreement: item, who: name, whoId: personId },
  safety: { words, other: words, ...placed, part: fc.constantFrom(...SAFETY_PARTS) },
  programs: {
    words,
    other: words,
    said: words,
    stops: words,
    fix: words,
    ...placed,
    program: fc.constantFrom(...PROGRAMS),
    who: name,
    status: fc.constantFrom('active', 'sanctioned 2027-02-01', 'good-cause 2027-03-02'),
    fixedBy: fc.constantFrom(null, ...COLUMNS),
    action: fc.constantFrom(null, idOf(1)),
    hours: fc.constantFrom(0, 30),
    next: fc.constantFrom(null, 'report 2027-05-11'),
  },
}

const itemsOf = (kind: Kind) =>
  fc
    .uniqueArray(fc.record({ id: item, ...ITEMS[kind] }), { selector: ({ id }) => id, maxLength: 5 })
    .map((items) => (items as unknown as PlanItem[]).sort(byOrder))

/** Any plan, in reading order; items of two such plans often have the same ids. */
export function arbitraryPlan(): Arbitrary<Plan> {
  const lists = Object.fromEntries(KINDS.map((kind) => [kind, itemsOf(kind)]))
  const texts = Object.fromEntries(TEXT_ROOTS.map((root) => [root, words]))
  return fc.record({ ...texts, ...lists }) as unknown as Arbitrary<Plan>
}
