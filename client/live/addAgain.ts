import type * as Y from 'yjs'
import {
  addItem,
  BELONGS,
  choose,
  findText,
  isTextRoot,
  KINDS,
  readPlan,
  SHAPE,
  type Kind,
  type Plan,
} from '../../shared/plan'
import { diffText, fitWords, mergeText } from '../../shared/textDiff'
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

/** Where there is no room for all of it, what others wrote stays whole. */
function writeWhatFits(text: Y.Text, words: string): void {
  const edit = diffText(text.toString(), words)
  if (!edit) return
  text.delete(edit.at, edit.remove)
  text.insert(edit.at, fitWords(edit.insert, text.length))
}

/** New ids of what was added anew, by the id it had. */
type Renamed = Map<string, string>

/** The item it belongs to: as it is called now, or where that is gone the first that stands; undefined when none does. */
function findOwner(
  plan: Plan,
  { to, by }: (typeof BELONGS)[keyof typeof BELONGS],
  item: UnsavedItem,
  renamed: Renamed,
) {
  const wanted = renamed.get(String(item.choices[by])) ?? item.choices[by]
  const standing = plan[to].filter((one) => !one.removed)
  return (standing.find((one) => one.id === wanted) ?? standing[0])?.id
}

function addAnew(doc: Y.Doc, kind: Kind, item: UnsavedItem, renamed: Renamed): void {
  const id = newItemId()
  const plan = readPlan(doc)
  const choices = { ...item.choices, order: orderAtEnd(plan[kind]), removed: false }
  renamed.set(item.id, id)
  if (isOwned(kind)) {
    const owner = findOwner(plan, BELONGS[kind], item, renamed)
    if (!owner) return
    Object.assign(choices, { [BELONGS[kind].by]: owner })
  }
  const words = Object.fromEntries(Object.entries(item.texts).map(([field, { mine }]) => [field, mine]))
  addItem(doc, kind, id, choices as unknown as Parameters<typeof addItem>[3], words)
}

const isOwned = (kind: string): kind is keyof typeof BELONGS => kind in BELONGS

function addToItem(doc: Y.Doc, item: UnsavedItem): void {
  for (const [field, words] of Object.entries(item.texts)) {
    const text = findText(doc, isTextRoot(item.kind) ? item.kind : `${item.kind}/${item.id}/${field}`)
    if (text) writeWhatFits(text, putBack(words, text.toString()))
  }
  if (!isTextRoot(item.kind) && Object.keys(item.choices).length > 0) choose(doc, item.kind, item.id, item.choices)
}

/** Writes words that were turned away into the plan once more, as new words of this person. */
export function addAgain(doc: Y.Doc, items: readonly UnsavedItem[]): void {
  const renamed: Renamed = new Map()
  doc.transact(() => {
    // What something belongs to stands before it, in the order of the kinds too.
    const placeOf = ({ kind }: UnsavedItem) => (KINDS as string[]).indexOf(kind)
    const ownersFirst = [...items].sort((a, b) => placeOf(a) - placeOf(b))
    for (const item of ownersFirst) {
      if (isTextRoot(item.kind) || doc.getMap(item.kind).has(item.id)) addToItem(doc, item)
      else if (hasAllChoices(item.kind, item)) addAnew(doc, item.kind, item, renamed)
    }
  })
}

const hasAllChoices = (kind: Kind, item: UnsavedItem) =>
  Object.keys(SHAPE[kind].choices).every((k) => k in item.choices)
