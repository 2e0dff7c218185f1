import { generateKeyBetween } from 'fractional-indexing'
import type * as Y from 'yjs'
import type { Language } from '../../shared/meeting'
import { type Column, type Kind, KINDS, type PlanItem, readPlan, TEXT_ROOTS } from '../../shared/plan'
import { writeItem, writeText } from '../../shared/writePlan'
import type { DemoWords } from './DemoFamily'

/** Whose column somebody's promises stand in, and who they are in this meeting, if they are there. */
export type Promiser = (name: string) => {
  column: Column
  whoId: string | null
  language: Language
}

/** Writes what somebody says into the plan; once more changes nothing. New things stand last. */
export function writeWords(doc: Y.Doc, words: DemoWords, promiser: Promiser): void {
  for (const root of TEXT_ROOTS) {
    const said = words[root]
    if (said !== undefined) writeText(doc.getText(root), said)
  }
  for (const kind of KINDS) {
    for (const [id, said] of Object.entries<Record<string, unknown>>(words[kind] ?? {})) {
      const known = readPlan(doc)[kind].find((item) => item.id === id)
      const { language } = promiser(words.by)
      const item = known ?? newItem(doc, kind, id, { ...promiser(String(said.who ?? '')), language })
      writeItem(doc, kind, { ...item, ...said } as PlanItem)
    }
  }
}

/** What an item is as long as nobody said otherwise; each kind takes of it what it has. */
function newItem(doc: Y.Doc, kind: Kind, id: string, promise: ReturnType<Promiser>) {
  const order = generateKeyBetween(readPlan(doc)[kind].at(-1)?.order ?? null, null)
  return { id, order, removed: false, words: '', where: '', who: '', day: null, due: null, ...promise }
}
