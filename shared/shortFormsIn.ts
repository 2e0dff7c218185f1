import { findShortForms, type Glossary } from './glossary'
import type { Language } from './meeting'
import { KINDS, type Plan, type PlanItem, TEXT_ROOTS } from './plan'
import { standing } from './standing'

/** The short forms that stand in texts and that somebody has explained, each once, by the alphabet. */
export function explainIn(texts: readonly string[], language: Language, county: Glossary): [string, string][] {
  const found = texts.flatMap((text) => findShortForms(text, language, county))
  const known = new Map(found.flatMap(({ short, says }): [string, string][] => (says ? [[short, says]] : [])))
  return [...known].sort(([a], [b]) => (a < b ? -1 : 1))
}

/** Those of a whole plan, as it is read. */
export function shortFormsIn(plan: Plan, language: Language, county: Glossary): [string, string][] {
  const items = KINDS.flatMap((kind): PlanItem[] => standing(plan, kind))
  const texts = items.flatMap((item) => [item.words, item.other, 'where' in item ? item.where : ''])
  return explainIn([...TEXT_ROOTS.map((root) => plan[root]), ...texts], language, county)
}
