/** Names as a sentence says them: "Dana, Rosa and Luis". */
export function nameList(names: readonly string[], language: string): string {
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(names)
}
