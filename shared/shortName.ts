/** Longest name of a promise in a sentence about it, in letters. */
const MOST = 44

/** What a promise is called in a sentence: its first words, "Parenting class". */
export function shortName(words: string): string {
  const [first = ''] = words.trim().split(/[,;.](?:\s|$)|\n|: /)
  return first.length > MOST ? `${first.slice(0, MOST).replace(/\s+\S*$/, '')} …` : first
}
