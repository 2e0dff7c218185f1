import type * as Y from 'yjs'
import { addItem, choose, findText, readPlan, SHAPE, type Kind } from '../../shared/plan'
import { diffText, fitWords, mergeText } from '../composables/textDiff'
import { newItemId } from './newItemId'
import { orderAtEnd } from './rowOrder'
import type { UnsavedItem } from './UnsavedWords'

/** Their words on top of what stands there now. Where a part of them had arrived after all, it is not doubled. */
function putBack({ base, mine }: { base: string; mine: string }, now: string): string {
  const [wanted, there] = [diffText(base, mine), diffText(base, now)]
  const arrived =
    wanted &&
    there &&
    wanted.at === there.at &&
    wanted.remove === there.remove &&
    wanted.insert.startsWith(there.insert)
  return arrived ? mine : mergeText(base, mine, now)
}

function writeText(text: Y.Text, words: string): void {
  const edit = diffText(text.toString(), words)
  if (!edit) return
  text.delete(edit.at, edit.remove)
  text.insert(edit.at, fitWords(edit.insert, text.length))
}

function addAnew(doc: Y.Doc, kind: Kind, item: UnsavedItem, goals: Map<string, string>): void {
  const id = newItemId()
  const plan = readPlan(doc)
  const choices = { ...item.choices, order: orderAtEnd(plan[kind]), removed: false }
  if (kind === 'goals') goals.set(item.id, id)
  else {
    const wanted = goals.get(String(item.choices['goal'])) ?? item.choices['goal']
    const open = plan.goals.filter((goal) => !goal.removed)
    const goal = open.find((one) => one.id === wanted) ?? open[0]
    if (!goal) return
    Object.assign(choices, { goal: goal.id })
  }
  const words = Object.fromEntries(Object.entries(item.texts).map(([field, { mine }]) => [field, mine]))
  addItem(doc, kind, id, choices as unknown as Parameters<typeof addItem>[3], words)
}

function addToItem(doc: Y.Doc, item: UnsavedItem): void {
  for (const [field, words] of Object.entries(item.texts)) {
    const text = findText(doc, item.kind === 'question' ? 'question' : `${item.kind}/${item.id}/${field}`)
    if (text) writeText(text, putBack(words, text.toString()))
  }
  if (item.kind !== 'question' && Object.keys(item.choices).length > 0) choose(doc, item.kind, item.id, item.choices)
}

/** Writes words that were turned away into the plan once more, as new words of this person. */
export function addAgain(doc: Y.Doc, items: readonly UnsavedItem[]): void {
  const goals = new Map<string, string>()
  doc.transact(() => {
    const goalsFirst = [...items].sort((a, b) => Number(b.kind === 'goals') - Number(a.kind === 'goals'))
    for (const item of goalsFirst) {
      const exists = item.kind === 'question' || doc.getMap(item.kind).has(item.id)
      if (exists) addToItem(doc, item)
      else if (item.kind !== 'question' && hasAllChoices(item.kind, item)) addAnew(doc, item.kind, item, goals)
    }
  })
}

const hasAllChoices = (kind: Kind, item: UnsavedItem) =>
  Object.keys(SHAPE[kind].choices).every((k) => k in item.choices)
