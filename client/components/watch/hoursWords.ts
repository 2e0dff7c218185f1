const QUARTERS = ['', '¼', '½', '¾']

/** Hours in words, to the quarter: 690 minutes are "11½", 15 are "¼". */
export function hoursWords(minutes: number): string {
  const quarters = Math.round(minutes / 15)
  const whole = Math.floor(quarters / 4)
  const part = QUARTERS[quarters % 4]!
  return whole || !part ? `${whole}${part}` : part
}
