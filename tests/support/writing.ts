import type * as Y from 'yjs'
import { addItem, choose, COLUMNS, findText, readPlan } from '../../shared/plan'
import type { SeededRandom } from './seededRandom'

const WORDS = ['casa', 'lights ', 'Rosa sleeps over', 'niño', '👩‍👧 ', 'é', 'by Friday. ', '\n', '🕯️']

/** One thing a person does to a plan with the product's own means: adds, writes, deletes, chooses, removes, brings back. */
export function writeSomething(doc: Y.Doc, random: SeededRandom): void {
  const plan = readPlan(doc)
  const goal = plan.goals.length > 0 ? random.pick(plan.goals) : undefined
  const action = plan.actions.length > 0 ? random.pick(plan.actions) : undefined
  const what = random.below(10)
  if (what === 0 || !goal) addGoal(doc, random)
  else if (what === 1 || !action) addPromise(doc, random, goal.id)
  else if (what === 2) choose(doc, 'actions', action.id, { due: random.pick([null, '2027-03-05', '2027-03-09']) })
  else if (what === 3)
    choose(doc, 'actions', action.id, { column: random.pick(COLUMNS), who: random.pick(['', 'Dana']) })
  else if (what === 4) choose(doc, 'goals', goal.id, { removed: !goal.removed })
  else
    type(
      random.pick([`goals/${goal.id}/words`, `actions/${action.id}/words`, `actions/${action.id}/where`, 'question']),
      doc,
      random,
    )
}

export function addGoal(doc: Y.Doc, random: SeededRandom, words = ''): string {
  const id = random.id()
  addItem(doc, 'goals', id, { order: `a${random.below(10)}`, removed: false }, { words })
  return id
}

export function addPromise(doc: Y.Doc, random: SeededRandom, goal: string, words = ''): string {
  const id = random.id()
  const choices = {
    order: `a${random.below(10)}`,
    removed: false,
    goal,
    column: random.pick(COLUMNS),
    who: '',
    whoId: null,
    due: null,
  }
  addItem(doc, 'actions', id, choices, { words })
  return id
}

function type(address: string, doc: Y.Doc, random: SeededRandom): void {
  const text = findText(doc, address)
  if (!text) return
  doc.transact(() => {
    const at = random.below(text.length + 1)
    if (random.below(3) === 0) text.delete(at, Math.min(random.below(6), text.length - at))
    else text.insert(at, random.pick(WORDS))
  })
}
