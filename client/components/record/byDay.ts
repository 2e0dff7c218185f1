import type { RecordLine } from '../../../shared/record'

/** What one person did, as often as they did it one after the other on one day. */
export interface Told {
  line: RecordLine
  times: number
}

export interface Day {
  day: string
  told: Told[]
}

const isSame = (a: RecordLine, b: RecordLine) =>
  a.what === b.what &&
  a.who === b.who &&
  a.whom === b.whom &&
  a.about.section === b.about.section &&
  a.about.number === b.about.number &&
  a.about.whole === b.about.whole

/**
 * The record day by day, as it comes; a phone that lost its line again and again looked once.
 *
 * @param dayOf the day of an instant, in words
 */
export function byDay(lines: readonly RecordLine[], dayOf: (at: string) => string): Day[] {
  const days: Day[] = []
  for (const line of lines) {
    const day = dayOf(line.at)
    if (days.at(-1)?.day !== day) days.push({ day, told: [] })
    const { told } = days.at(-1)!
    const last = told.at(-1)
    if (last && isSame(last.line, line)) last.times += 1
    else told.push({ line, times: 1 })
  }
  return days
}
