/** Time as a clock shows it, `9:12`; with a sign in front where it is over. */
export function clockWords(ms: number): string {
  const seconds = Math.ceil(ms / 1_000)
  const rest = Math.abs(seconds)
  return `${seconds < 0 ? '−' : ''}${Math.floor(rest / 60)}:${String(rest % 60).padStart(2, '0')}`
}
