import * as Y from 'yjs'
import { addItem, choose, type Kind, KINDS, type Plan, type PlanItem, SHAPE, TEXT_ROOTS } from './plan'
import { diffText } from './textDiff'

/** Makes a text say `words` by its smallest edit, so that who writes beside it keeps their place. */
export function writeText(text: Y.Text, words: string): void {
  const edit = diffText(text.toString(), words)
  if (!edit) return
  text.delete(edit.at, edit.remove)
  text.insert(edit.at, edit.insert)
}

/** Makes one item say what `item` says; one that is not there is added under its own id. */
export function writeItem(doc: Y.Doc, kind: Kind, { id, ...item }: PlanItem): void {
  const values = item as Record<string, unknown>
  const pick = (fields: readonly string[]) => Object.fromEntries(fields.map((field) => [field, values[field]]))
  const choices = pick(Object.keys(SHAPE[kind].choices))
  const words = pick(SHAPE[kind].texts) as Record<string, string>
  const known = doc.getMap<Y.Map<unknown>>(kind).get(id)
  if (!known) return addItem(doc, kind, id, choices as Parameters<typeof addItem>[3], words)
  choose(doc, kind, id, choices)
  for (const field of SHAPE[kind].texts) {
    const text = known.get(field)
    if (text instanceof Y.Text) writeText(text, words[field]!)
    else if (words[field]) known.set(field, new Y.Text(words[field]))
  }
}

/**
 * Makes a document say what `plan` says, by forward edits in one transaction: items keep their ids, and those that the
 * plan does not have are marked as removed. On an empty document it plants the plan.
 */
export function writePlan(doc: Y.Doc, plan: Plan): void {
  doc.transact(() => {
    for (const root of TEXT_ROOTS) writeText(doc.getText(root), plan[root])
    for (const kind of KINDS) {
      for (const item of plan[kind]) writeItem(doc, kind, item)
      const kept = new Set(plan[kind].map(({ id }) => id))
      for (const id of doc.getMap(kind).keys()) if (!kept.has(id)) choose(doc, kind, id, { removed: true })
    }
  })
}
