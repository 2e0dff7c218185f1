import type { ActionItem } from './plan'
import { isChanged, type Promised } from './promise'

/** Which words say what an owner answered, and what stands in their blanks. */
export function promiseSentence(said: Promised, action: ActionItem): [string, { name: string; words?: string }] {
  const { answer, name, words } = said
  if (answer === 'yes') return [isChanged(said, action) ? 'promise.changed' : 'promise.yes', { name }]
  return words ? [`promise.words.${answer}`, { name, words }] : [`promise.${answer}`, { name }]
}
