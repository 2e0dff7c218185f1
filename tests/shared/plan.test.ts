import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { emptyPlan, KINDS, Plan, readPlan, type Kind } from '../../shared/plan'
import { writePlan } from '../../shared/writePlan'
import { arbitraryPlan, idOf } from '../support/arbitraryPlan'
import { GOAL } from '../support/unsaid'

const text = (plan: Plan, kind: Kind) => plan[kind].map(({ words }) => words)

describe('the words of a plan', () => {
  it('[PL23] a plan written before there were strengths or a safety plan reads as one that has none', () => {
    const old = {
      question: 'Can Miles stay?',
      goals: [{ id: idOf(1), words: 'Lights', order: 'a0', removed: false }],
      actions: [],
    }
    expect(Plan.parse(old)).toEqual({
      ...emptyPlan(),
      question: 'Can Miles stay?',
      goals: [{ ...old.goals[0], ...GOAL }],
    })
    const planted = new Y.Doc()
    writePlan(planted, Plan.parse(old))
    expect(readPlan(planted)).toEqual(Plan.parse(old))
    const doc = new Y.Doc()
    const goal = new Y.Map<unknown>(Object.entries({ order: 'a0', removed: false, words: new Y.Text('Lights') }))
    doc.getMap('goals').set(idOf(1), goal)
    expect(readPlan(doc).goals).toEqual([{ ...old.goals[0], ...GOAL }])
  })

  it('[PL24] a plan planted in an empty document reads as it was', () => {
    fc.assert(
      fc.property(arbitraryPlan(), (plan) => {
        const doc = new Y.Doc()
        writePlan(doc, plan)
        expect(readPlan(doc)).toEqual(plan)
      }),
      { numRuns: 100, seed: 4 },
    )
  })

  it('[PL24] brought back to what a plan says, a document keeps its ids and only hides what that plan lacks', () => {
    fc.assert(
      fc.property(arbitraryPlan(), arbitraryPlan(), (before, after) => {
        const doc = new Y.Doc()
        writePlan(doc, before)
        writePlan(doc, after)
        const read = readPlan(doc)
        for (const kind of KINDS) {
          const kept = new Set(after[kind].map(({ id }) => id))
          expect(read[kind].filter(({ id }) => kept.has(id))).toEqual(after[kind])
          const rest = read[kind].filter(({ id }) => !kept.has(id))
          expect(rest.every(({ removed }) => removed)).toBe(true)
          expect(rest.map(({ words }) => words).sort()).toEqual(
            text({ ...before, [kind]: before[kind].filter(({ id }) => !kept.has(id)) }, kind).sort(),
          )
        }
      }),
      { numRuns: 100, seed: 5 },
    )
  })
})
