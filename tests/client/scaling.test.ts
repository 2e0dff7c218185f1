import { describe, expect, test } from 'vitest'
import { scaleChanges } from '../../client/components/scaling/scaleChanges'
import { scaleSeries } from '../../client/components/scaling/scaleSeries'
import { middleOf, type ScaleRound } from '../../shared/scaling'

const round = (id: string, scores: Record<string, number>, more: Partial<ScaleRound> = {}): ScaleRound => ({
  ...{ id, question: 'How safe is it?', zero: 'Not', ten: 'Wholly', item: null, shownAt: `2027-0${id}-02T18:00:00Z` },
  dots: Object.entries(scores)
    .map(([name, score]) => ({ score, name: name.startsWith('?') ? null : name, participantId: null }))
    .sort((a, b) => a.score - b.score),
  higher: [],
  ...more,
})
const meeting = { id: 'a', title: 'One', startsAt: '2027-03-02T18:00:00Z', timeZone: 'UTC' }

describe('from 0 to 10, over time', () => {
  test('[SC15] a question asked again in the same words, or about the same item, goes on where it was', () => {
    const march = round('3', { Dana: 6 })
    const need = round('4', { Dana: 2 }, { item: '0123456789abcdef', question: 'Is this need met?' })
    const june = round('6', { Dana: 8 }, { question: ' how safe is it?' })
    const later = round('7', { Dana: 5 }, { item: '0123456789abcdef', question: 'How well is this need met?' })
    const series = scaleSeries([
      { meeting, rounds: [march, need] },
      { meeting, rounds: [june, later] },
    ])
    expect(series.map(({ points }) => points.map(({ round }) => round.id))).toEqual([
      ['3', '6'],
      ['4', '7'],
    ])
    expect(series[1]!.question).toBe('How well is this need met?')
  })

  test('[SC15] what was said then stands beside what is said now, by name only where it was shown both times', () => {
    const before = round('3', { Dana: 6, Rosa: 7, '?': 4 })
    const after = round('6', { Dana: 8, '?1': 8, '?2': 7 })
    expect(scaleChanges([before], [before, after])).toEqual([
      {
        question: 'How safe is it?',
        before: [4, 6, 7],
        after: [7, 8, 8],
        people: [{ name: 'Dana', before: 6, after: 8 }],
      },
    ])
    expect(scaleChanges([before], [before])).toEqual([])
    expect(scaleChanges([], [after])).toEqual([])
  })

  test('[SC15] the middle of the answers is where half of them are not above it', () => {
    const scores = (...all: number[]) => all.map((score) => ({ score }))
    expect([middleOf(scores(7, 4, 6)), middleOf(scores(8, 3)), middleOf(scores(5))]).toEqual([6, 5.5, 5])
  })
})
