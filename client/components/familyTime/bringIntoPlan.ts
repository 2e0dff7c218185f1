import type * as Y from 'yjs'
import {
  addItem,
  type Choices,
  choose,
  type Kind,
  type Plan,
  type PlanItem,
  readPlan,
  SHAPE,
} from '../../../shared/plan'
import { orderAtEnd } from '../../live/rowOrder'

/** What the family can bring: lines of their own, a goal with its steps. */
export type Brought = 'strengths' | 'worries' | 'goals' | 'ideas'

type Line = { kind: Kind; item: PlanItem }

/** A line and what belongs to it, as far as there are words in it. */
function linesOf(familys: Plan, kind: Brought, id: string): Line[] {
  const item = familys[kind].find((one) => one.id === id)
  if (!item) return []
  const steps = kind === 'goals' ? familys.actions.filter(({ goal, removed }) => goal === id && !removed) : []
  const lines: Line[] = [{ kind, item }, ...steps.map((step): Line => ({ kind: 'actions', item: step }))]
  return lines.filter((line) => line.item.words.trim() !== '')
}

const standsIn = (plan: Plan, { kind, item }: Line) => plan[kind].some(({ id, removed }) => id === item.id && !removed)

/**
 * How much of a line stands in the plan. What is brought keeps its id, so whoever of the family looks, on any phone, sees
 * what is there already, and the same line never stands there twice.
 */
export function howMuchIsBrought(plan: Plan, familys: Plan, kind: Brought, id: string): 'none' | 'some' | 'all' {
  const lines = linesOf(familys, kind, id)
  const there = lines.filter((line) => standsIn(plan, line)).length
  return there === 0 ? 'none' : there < lines.length ? 'some' : 'all'
}

/** Copies a line of the family's own into the plan as it is now, by forward edits: words of who brings it. */
export function bringIntoPlan(doc: Y.Doc, familys: Plan, kind: Brought, id: string): void {
  doc.transact(() => {
    for (const line of linesOf(familys, kind, id)) place(doc, line)
  })
}

function place(doc: Y.Doc, { kind, item: { id, ...item } }: Line): void {
  const plan = readPlan(doc)
  // Brought before, and taken out since: it comes back as the plan has it.
  if (plan[kind].some((one) => one.id === id)) return choose(doc, kind, id, { removed: false })
  const values = item as Record<string, unknown>
  const pick = (fields: readonly string[]) => Object.fromEntries(fields.map((field) => [field, values[field]]))
  const choices = { ...pick(Object.keys(SHAPE[kind].choices)), order: orderAtEnd(plan[kind]), removed: false }
  addItem(doc, kind, id, choices as unknown as Choices<typeof kind>, pick(SHAPE[kind].texts))
}
