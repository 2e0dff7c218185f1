import type { ActionItem } from './plan'

/** What a name is compared by: two are the same person where only capitals and spaces differ. */
export const nameKey = (name: string): string => name.normalize('NFC').toLowerCase().replace(/\s+/g, '')

/** Who has to be there for a promise, by name: those it says, or else who promised it. */
export function whoComes({ attends, who }: Pick<ActionItem, 'attends' | 'who'>): string[] {
  const said = attends.split('\n').filter((name) => name.trim())
  const names = said.length > 0 ? said : who.trim() ? [who] : []
  const byKey = new Map(names.map((name) => [nameKey(name), name.trim().replace(/\s+/g, ' ')]))
  return [...byKey.values()]
}
