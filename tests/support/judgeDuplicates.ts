import { findDuplicates } from '../../shared/duplicates'
import { emptyPlan, type Plan } from '../../shared/plan'
import { LABELLED_PAIRS, type LabelledPair, MEMBERS } from '../bench/duplicatePairs'
import { ACTION, GOAL, LINE } from './unsaid'

export interface Judged {
  /** Found and true, found and not true, true and not found. */
  right: number
  wrong: LabelledPair[]
  missed: LabelledPair[]
  precision: number
  recall: number
}

const GOAL_ID = 'duplicatesgoal00'

function planOf({ first, second }: LabelledPair): Plan {
  const actions = [first, second].map(([column, words, attends = ''], index) => ({
    ...{ ...LINE, ...ACTION, words, column, attends },
    ...{ id: `duplicates00000${index}`, order: `a${index}`, removed: false, goal: GOAL_ID },
  }))
  return { ...emptyPlan(), goals: [{ ...LINE, ...GOAL, id: GOAL_ID, words: '', order: 'a0', removed: false }], actions }
}

/** How well the same thing asked twice is told from what only looks like it. */
export function judgeDuplicates(pairs: readonly LabelledPair[] = LABELLED_PAIRS): Judged {
  const found = pairs.map((pair) => ({ pair, is: findDuplicates(planOf(pair), MEMBERS).length > 0 }))
  const right = found.filter(({ pair, is }) => is && pair.same).length
  const wrong = found.filter(({ pair, is }) => is && !pair.same).map(({ pair }) => pair)
  const missed = found.filter(({ pair, is }) => !is && pair.same).map(({ pair }) => pair)
  return { right, wrong, missed, precision: right / (right + wrong.length), recall: right / (right + missed.length) }
}
