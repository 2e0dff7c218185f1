import { diffArrays } from 'diff'

/** A piece of a sentence that stayed, or what stood there and what stands there now. */
export type WordRun = { same: string } | { was: string; now: string }

/** With less than this part in common two sentences are told apart better whole. */
const LEAST_IN_COMMON = 1 / 3
/** Signs of a word that is too short to stand alone between two changes. */
const SHORT = 4

/** Words, the spaces between them, and what ends a word; "10:00–12:00" is one word. */
const TOKEN = /\s+|\S+?(?=\p{P}*(?:\s|$))|\p{P}+/gu
const tokensOf = (text: string) => text.match(TOKEN) ?? []
const weight = (text: string) => text.replace(/\s/g, '').length

/** How much two token lists have in common at most, whatever their order; quick, where the difference itself is not. */
function mostInCommon(before: string[], after: string[]): number {
  const left = new Map<string, number>()
  for (const token of before) left.set(token, (left.get(token) ?? 0) + 1)
  return after.reduce((sum, token) => {
    const count = left.get(token) ?? 0
    left.set(token, count - 1)
    return count > 0 ? sum + weight(token) : sum
  }, 0)
}

function fold(parts: { value: string[]; added: boolean; removed: boolean }[]): WordRun[] {
  const runs: WordRun[] = []
  let open: { was: string; now: string } | null = null
  parts.forEach(({ value, added, removed }, index) => {
    const text = value.join('')
    const isBetween = open !== null && index < parts.length - 1
    if (!added && !removed && !(isBetween && weight(text) < SHORT)) {
      runs.push({ same: text })
      open = null
      return
    }
    if (!open) runs.push((open = { was: '', now: '' }))
    if (!added) open.was += text
    if (!removed) open.now += text
  })
  return runs
}

/**
 * How a sentence changed, word by word, without confetti: short words between two changes are part of the change.
 *
 * @returns null where too little stayed the same: then old and new are shown whole
 */
export function wordChanges(before: string, after: string): WordRun[] | null {
  const [old, now] = [tokensOf(before), tokensOf(after)]
  const least = Math.max(weight(before), weight(after)) * LEAST_IN_COMMON
  if (mostInCommon(old, now) < least) return null
  const runs = fold(diffArrays(old, now))
  const same = runs.reduce((sum, run) => ('same' in run ? sum + weight(run.same) : sum), 0)
  return same > 0 && same >= least ? runs : null
}
