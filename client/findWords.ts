import type { PathValue } from 'petite-vue-i18n'

/** What stands in a tree of words under `page.part.sentence`; null where nothing does. */
export function findWords(words: unknown, key: string): PathValue {
  const step = (branch: unknown, name: string) => (branch as Record<string, unknown> | undefined)?.[name]
  return (key.split('.').reduce(step, words) ?? null) as PathValue
}
