import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyDiff, diffPlans, headingsOf } from '../../shared/diffPlans'
import { type ActionItem, byOrder, emptyPlan, type Goal, type Plan, SHAPE } from '../../shared/plan'
import { PlanDiff } from '../../shared/planDiff'
import { arbitraryPlan, idOf } from '../support/arbitraryPlan'
import { ACTION, GOAL } from '../support/unsaid'

/** As it arrives at a page. */
const travelled = (diff: PlanDiff) => PlanDiff.parse(JSON.parse(JSON.stringify(diff)))

const goal = (n: number, words: string, more: Partial<Goal> = {}): Goal => {
  return { ...GOAL, id: idOf(n), words, order: `a${n}`, removed: false, ...more }
}
const action = (n: number, words: string, more: Partial<ActionItem> = {}): ActionItem => ({
  ...ACTION,
  id: idOf(n),
  words,
  order: `a${n}`,
  removed: false,
  goal: idOf(1),
  column: 'family',
  ...more,
})
const planOf = (more: Partial<Plan>): Plan => ({ ...emptyPlan(), goals: [goal(1, 'Home'), goal(2, 'School')], ...more })
const actions = (...some: ActionItem[]) => planOf({ actions: some.sort(byOrder) })

/** What happened, by number of the item. */
function told(from: Plan, to: Plan): Record<number, string[]> {
  const seen = diffPlans(from, to).items.filter(({ what }) => what.length)
  return Object.fromEntries(seen.map(({ id, what }) => [parseInt(id, 36), what]))
}

describe('the difference between two plans', () => {
  it('[VE20] leads from any plan to any other, as it travels', () => {
    fc.assert(
      fc.property(arbitraryPlan(), arbitraryPlan(), (from, to) => {
        expect(applyDiff(from, travelled(diffPlans(from, to)))).toEqual(to)
      }),
      { numRuns: 1_000, seed: 20 },
    )
  })

  it('[VE20] of a plan and itself is nothing', () => {
    fc.assert(
      fc.property(arbitraryPlan(), (plan) => {
        expect(diffPlans(plan, structuredClone(plan))).toEqual({ texts: [], items: [] })
      }),
      { numRuns: 100, seed: 21 },
    )
  })

  it('[VE20] names the words on top that changed, as they were and as they are', () => {
    const diff = diffPlans(planOf({ question: 'Can Miles stay?' }), planOf({ question: 'Can Miles stay home?' }))
    expect(diff).toEqual({
      texts: [{ root: 'question', before: 'Can Miles stay?', after: 'Can Miles stay home?' }],
      items: [],
    })
  })

  it('[VE21] tells what was added, done, opened again, let go of and put back', () => {
    const before = actions(
      action(1, 'Call the power company'),
      action(2, 'Bring the bed', { state: 'done', closedOn: '2027-03-02' }),
      action(3, 'Job club'),
      action(4, 'Old class', { state: 'withdrawn', closedOn: '2027-03-02' }),
      action(5, 'Taken out by mistake', { removed: true }),
      action(6, 'Removed later'),
      action(7, 'Gone later'),
    )
    const after = actions(
      action(1, 'Call the power company', { state: 'done', closedOn: '2027-03-04' }),
      action(2, 'Bring the bed'),
      action(3, 'Job club', { state: 'withdrawn', closedOn: '2027-04-13' }),
      action(4, 'Old class'),
      action(5, 'Taken out by mistake'),
      action(6, 'Removed later', { removed: true }),
      action(8, 'Ask for a bus card'),
      action(9, 'Sign the lease', { state: 'done', closedOn: '2027-04-13' }),
    )
    expect(told(before, after)).toEqual({
      1: ['done'],
      2: ['reopened'],
      3: ['withdrawn'],
      4: ['put-back'],
      5: ['put-back'],
      6: ['withdrawn'],
      7: ['withdrawn'],
      8: ['added'],
      9: ['added', 'done'],
    })
  })

  it('[VE21] tells of every choice and every text that somebody would see as another', () => {
    const before = action(1, 'Viewing')
    const others = {
      words: 'Viewing, Wednesday',
      where: 'Elm Street',
      who: 'Ortiz',
      due: '2027-04-14',
      closedOn: '2027-04-14',
      other: 'Ver el piso, miércoles',
      on: '2027-04-14',
      starts: '11:00',
      ends: '12:00',
      repeats: 'weekly',
      days: 'we',
      until: '2027-05-26',
      travel: 45,
      attends: 'Dana',
      ordered: true,
      counts: 'calworks',
    }
    for (const [field, value] of Object.entries(others)) {
      expect(told(actions(before), actions({ ...before, [field]: value })), field).toEqual({ 1: ['changed'] })
    }
    const moves = { goal: idOf(2), column: 'housing' } as const
    for (const [field, value] of Object.entries(moves)) {
      expect(told(actions(before), actions({ ...before, [field]: value })), field).toEqual({ 1: ['moved'] })
    }
    const told0 = ['whoId', 'order', 'removed', 'state', 'language']
    const known = [...Object.keys(others), ...Object.keys(moves), ...told0]
    expect(known.sort()).toEqual([...SHAPE.actions.texts, ...Object.keys(SHAPE.actions.choices)].sort())
  })

  it('[VE21] says nothing of what nobody sees, and keeps it all the same', () => {
    const before = actions(action(1, 'Call'), action(2, 'Hidden', { removed: true }), action(3, 'Of nobody'))
    const after = actions(
      action(1, 'Call', { order: 'a1V', whoId: 'a'.repeat(24) }),
      action(2, 'Hidden, rewritten', { removed: true, order: 'a0' }),
      action(3, 'Of nobody'),
      action(4, 'Come and gone', { removed: true }),
    )
    const diff = diffPlans(before, after)
    expect(diff.items.map(({ id, what }) => [parseInt(id, 36), what])).toEqual([
      [2, []],
      [1, []],
      [4, []],
    ])
    expect(applyDiff(before, diff)).toEqual(after)
  })

  it('[VE21] a promise goes and comes with the hope it belongs to', () => {
    const before = actions(action(5, 'Call the school', { goal: idOf(2) }))
    const after = planOf({ ...before, goals: [goal(1, 'Home'), goal(2, 'School', { removed: true })] })
    expect(told(before, after)).toEqual({ 2: ['withdrawn'], 5: ['withdrawn'] })
    expect(told(after, before)).toEqual({ 2: ['put-back'], 5: ['put-back'] })
    expect(applyDiff(before, diffPlans(before, after))).toEqual(after)
  })

  it('[VE21] names the hopes that changed promises belong to, also one that stayed as it was', () => {
    const before = actions(action(1, 'Call'), action(2, 'Ride', { goal: idOf(2) }))
    const after = actions(action(1, 'Call today'), action(2, 'Ride', { goal: idOf(1) }))
    const headings = headingsOf(diffPlans(before, after), before, after)
    expect(headings.map(({ kind, words }) => [kind, words])).toEqual([
      ['goals', 'Home'],
      ['goals', 'School'],
    ])
    expect(headingsOf(diffPlans(before, before), before, before)).toEqual([])
  })

  it('[VE22] one that is taken to another place is one move, of any in any row', () => {
    const row = fc.integer({ min: 2, max: 12 }).chain((length) =>
      fc.record({
        length: fc.constant(length),
        from: fc.nat(length - 1),
        to: fc.nat(length - 1),
      }),
    )
    fc.assert(
      fc.property(row, ({ length, from, to }) => {
        const ids = Array.from({ length }, (_, n) => n + 3)
        const before = ids.map((n, at) => action(n, `${n}`, { order: `b${String.fromCharCode(98 + at)}` }))
        const placed = before.toSpliced(from, 1).toSpliced(to, 0, before[from]!)
        const [above, below] = [placed[to - 1]?.order ?? 'ba', placed[to + 1]?.order ?? 'bz']
        const order = from === to ? before[from]!.order : `${above < below ? above : below}V`
        const after = before.map((one, at) => (at === from ? { ...one, order } : one)).sort(byOrder)
        expect(after.map(({ id }) => id)).toEqual(placed.map(({ id }) => id))
        expect(told(actions(...before), actions(...after))).toEqual(from === to ? {} : { [ids[from]!]: ['moved'] })
      }),
      { numRuns: 300, seed: 22 },
    )
  })

  it('[VE22] a promise that is added, removed or moved away moves none of the others', () => {
    const before = actions(action(3, 'a'), action(4, 'b'), action(5, 'c'), action(6, 'd', { column: 'school' }))
    const after = actions(
      action(3, 'a', { removed: true }),
      action(4, 'b', { column: 'school' }),
      action(5, 'c'),
      action(6, 'd', { column: 'school', order: 'a0' }),
      action(7, 'e', { order: 'a00' }),
    )
    expect(told(before, after)).toEqual({ 3: ['withdrawn'], 4: ['moved'], 7: ['added'] })
  })

  it('[VE22] rows are not mixed: keys count among neighbours only', () => {
    const before = actions(action(3, 'family'), action(4, 'school', { column: 'school' }))
    const after = actions(action(3, 'family', { order: 'a9' }), action(4, 'school', { column: 'school' }))
    expect(told(before, after)).toEqual({})
  })

  it('[VE22] five hundred turned around are told in a moment', () => {
    const orderOf = (n: number) => `a${n.toString().padStart(3, '0')}`
    const many = (order: (n: number) => string) =>
      actions(...Array.from({ length: 500 }, (_, n) => action(n + 3, `${n}`, { order: order(n) })))
    const [before, after] = [many(orderOf), many((n) => orderOf(499 - n))]
    const started = performance.now()
    const moved = Object.values(told(before, after)).flat()
    expect(performance.now() - started).toBeLessThan(1_000)
    expect(moved).toHaveLength(499)
  })
})
