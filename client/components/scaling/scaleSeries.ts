import { type MeetingScales, scaleKey, type ScaleRound } from '../../../shared/scaling'

/** One question as it was answered over time. */
export interface ScaleSeries {
  key: string
  /** In the words in which it was asked last. */
  question: string
  points: { round: ScaleRound; timeZone: string }[]
}

/** Question by question what was said to it, the oldest first. */
export function scaleSeries(meetings: readonly MeetingScales[]): ScaleSeries[] {
  const all = new Map<string, ScaleSeries>()
  for (const { meeting, rounds } of meetings) {
    for (const round of rounds) {
      const key = scaleKey(round)
      const points = [...(all.get(key)?.points ?? []), { round, timeZone: meeting.timeZone }]
      all.set(key, { key, question: round.question, points })
    }
  }
  return [...all.values()]
}
