import { scaleKey, type ScaleRound } from '../../../shared/scaling'

export interface ScaleChange {
  question: string
  /** All answers, the lowest first. */
  before: number[]
  after: number[]
  /** Who let their name be shown both times. */
  people: { name: string; before: number; after: number }[]
}

const lastByKey = (rounds: readonly ScaleRound[]) => new Map(rounds.map((round) => [scaleKey(round), round]))
const scoresOf = ({ dots }: ScaleRound) => dots.map(({ score }) => score)

/** Which questions were answered in both, and otherwise the second time; across meetings people go by their names. */
export function scaleChanges(from: readonly ScaleRound[], to: readonly ScaleRound[]): ScaleChange[] {
  const [earlier, later] = [lastByKey(from), lastByKey(to)]
  return [...later].flatMap(([key, after]) => {
    const before = earlier.get(key)
    if (!before || before.id === after.id) return []
    const people = after.dots.flatMap(({ name, score }) => {
      const then = before.dots.find((dot) => name && dot.name === name)
      return then && name && then.score !== score ? [{ name, before: then.score, after: score }] : []
    })
    return [{ question: after.question, before: scoresOf(before), after: scoresOf(after), people }]
  })
}
