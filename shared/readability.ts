import type { Language } from './meeting'

/** How hard words are to read. */
export interface ReadingLevel {
  /** `easy` for whoever left school after grade 5, `fair` up to grade 8, `hard` beyond. */
  level: 'easy' | 'fair' | 'hard'
  /** Years of school (Flesch-Kincaid) in English; in Spanish the INFLESZ points from 0, hardest, to 100. */
  figure: number
  /** Words in the longest sentence. */
  longest: number
  /** The longest words, hardest first; three at most. */
  hardWords: string[]
}

/** Fewer words say little about a text: what is missing to ten counts as usual words. */
const WORDS_LEAST = 10
const USUAL_SYLLABLES: Record<Language, number> = { en: 1.3, es: 1.8 }
/** From how many syllables on a word is named as hard. */
const HARD_SYLLABLES: Record<Language, number> = { en: 4, es: 5 }

const bare = (word: string) =>
  word
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()

function syllablesOfEnglish(word: string): number {
  const letters = bare(word).replace(/[^a-z]/g, '')
  if (letters.length <= 3) return 1
  // A silent e at the end, and one in -es and -ed, is not said; -le after a consonant is.
  const said = letters.replace(/(?:[^laeiouy]es|[^dtaeiouy]ed|[^laeiouy]e|[aeiouy]le)$/, (end) => end[0]!)
  return Math.max(1, said.match(/[aeiouy]{1,2}/g)?.length ?? 1)
}

function syllablesOfSpanish(word: string): number {
  const letters = word
    .normalize('NFC')
    .toLowerCase()
    // u is silent between q or g and e or i; y at the end is a vowel.
    .replace(/([qg])u(?=[eiéí])/g, '$1')
    .replace(/y$/, 'i')
  // Two strong vowels are two syllables; with a weak one without accent they are one.
  return Math.max(1, letters.match(/[iuü]?[aeoáéó][iuü]?(?![áéíóú])|[iuü]?[aeoáéóíú]|[iuü]{1,2}/g)?.length ?? 1)
}

/** How many syllables a word has, about. */
export const countSyllables = (word: string, language: Language): number =>
  language === 'es' ? syllablesOfSpanish(word) : syllablesOfEnglish(word)

const wordsOf = (text: string) => text.match(/\p{L}[\p{L}\p{Mn}’'-]*/gu) ?? []
/** A stop between digits or after a short form ends no sentence. */
const sentencesOf = (text: string) =>
  text
    .split(/(?<!\b(?:Mr|Mrs|Ms|Dr|Sr|Sra|St|a\.m|p\.m))[.!?…]+(?=\s|$)|\n+/u)
    .map((sentence) => wordsOf(sentence).length)
    .filter((count) => count > 0)

function levelOf(figure: number, language: Language): ReadingLevel['level'] {
  if (language === 'es') return figure >= 65 ? 'easy' : figure >= 55 ? 'fair' : 'hard'
  return figure < 6 ? 'easy' : figure < 9 ? 'fair' : 'hard'
}

/** How hard a text is to read; null where it has no words. Names and numbers count as the words they are. */
export function readingLevel(text: string, language: Language): ReadingLevel | null {
  const words = wordsOf(text)
  if (words.length === 0) return null
  const sentences = sentencesOf(text)
  const counted = words.map((word) => ({ word, syllables: countSyllables(word, language) }))
  const missing = Math.max(0, WORDS_LEAST - words.length)
  const syllables = counted.reduce((total, one) => total + one.syllables, missing * USUAL_SYLLABLES[language])
  const perWord = syllables / (words.length + missing)
  const perSentence = words.length / Math.max(1, sentences.length)
  const figure =
    language === 'es'
      ? Math.min(100, Math.max(0, 206.835 - 62.3 * perWord - perSentence))
      : Math.max(0, 0.39 * perSentence + 11.8 * perWord - 15.59)
  const hard = counted.filter((one) => one.syllables >= HARD_SYLLABLES[language])
  hard.sort((a, b) => b.syllables - a.syllables)
  return {
    level: levelOf(figure, language),
    figure: Math.round(figure),
    longest: Math.max(0, ...sentences),
    hardWords: [...new Set(hard.map(({ word }) => word))].slice(0, 3),
  }
}
