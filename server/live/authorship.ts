import * as Y from 'yjs'
import { type Kind, KINDS, SAID_ROOTS } from '../../shared/plan'

/** Words that stand in a plan now, and with which Yjs client ids they were written. */
export interface Authored {
  /** Null for a text of the plan's own. */
  kind: Kind | null
  /** Who speaks there, where the item itself says so. */
  whoId: string | null
  /** How many words, by client id. */
  words: Map<number, number>
}

/** A word is whose its first letter is: who mends its end did not say it. */
function countWords(text: Y.Text): Map<number, number> {
  const words = new Map<number, number>()
  let inside = false
  for (let item = text._start; item; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue
    for (const sign of item.content.str) {
      const isWord = /\S/.test(sign)
      if (isWord && !inside) words.set(item.id.client, (words.get(item.id.client) ?? 0) + 1)
      inside = isWord
    }
  }
  return words
}

function itemsOf(doc: Y.Doc, kind: Kind): Authored[] {
  const items = [...doc.getMap<Y.Map<unknown>>(kind).values()]
  return items.flatMap((item) => {
    const text = item.get('words')
    if (item.get('removed') || !(text instanceof Y.Text)) return []
    return [{ kind, whoId: (item.get('whoId') as string | null | undefined) ?? null, words: countWords(text) }]
  })
}

/** Whose words a live document is made of, as they were said; the same in another language is not said once more. */
export function readAuthored(doc: Y.Doc): Authored[] {
  const texts = SAID_ROOTS.map((root) => ({ kind: null, whoId: null, words: countWords(doc.getText(root)) }))
  return [...texts, ...KINDS.flatMap((kind) => itemsOf(doc, kind))].filter(({ words }) => words.size > 0)
}
