import { LANGUAGES, type Language } from './meeting'
import { type Idea, otherRoot, type Plan, type SaidRoot } from './plan'

/** What has words in up to two languages. */
export type Worded = Pick<Idea, 'words' | 'other' | 'language'>

/** Words, and the language they are in where somebody told. */
export interface Wording {
  text: string
  language: Language | undefined
}

/** What a text of the plan’s own says, as an item would; nobody tells which of the languages it was said in. */
export function rootWords(plan: Plan, root: SaidRoot): Worded {
  return { words: plan[root], other: plan[otherRoot(root)], language: null }
}

/** The language that `other` of such an item is in. */
export function otherLanguage({ language }: Pick<Worded, 'language'>): Language | undefined {
  return language ? LANGUAGES.find((one) => one !== language) : undefined
}

/**
 * An item's words in each language they are written in: as they were said, then in the other one. A reader's own comes
 * first.
 */
export function wordingsOf(item: Worded, reader?: Language): Wording[] {
  const second = otherLanguage(item)
  const both = [
    { text: item.words.trim(), language: item.language ?? undefined },
    { text: item.other.trim(), language: second },
  ].filter(({ text }) => text)
  return reader && second === reader ? both.reverse() : both
}
