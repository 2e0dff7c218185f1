import { generateKeyBetween } from 'fractional-indexing'
import type * as Y from 'yjs'
import { addItem, type Plan } from '../../shared/plan'
import type { DemoMeeting } from './DemoMeeting'

/**
 * Adds the goals and actions that are not there yet; what people did with the others stays.
 *
 * @param idOf the participant an action's `who` means, if they are in the meeting
 */
export function writeDemoPlan(
  doc: Y.Doc,
  { goals }: DemoMeeting,
  there: ReadonlySet<string>,
  idOf: (name: string) => string | null,
): void {
  let order: string | null = null
  const next = () => (order = generateKeyBetween(order, null))
  for (const goal of goals) {
    if (!there.has(goal.id)) addItem(doc, 'goals', goal.id, { order: next(), removed: false }, { words: goal.words })
    for (const { id, words, ...promise } of goal.actions) {
      const choices = { order: next(), removed: false, goal: goal.id, whoId: idOf(promise.who), ...promise }
      if (!there.has(id)) addItem(doc, 'actions', id, choices, { words })
    }
  }
}

export function idsIn({ goals, actions }: Plan): Set<string> {
  return new Set([...goals, ...actions].map(({ id }) => id))
}

export function isWhole({ goals }: DemoMeeting, there: ReadonlySet<string>): boolean {
  return goals.every((goal) => there.has(goal.id) && goal.actions.every(({ id }) => there.has(id)))
}
