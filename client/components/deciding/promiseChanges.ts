import type { Commitments } from '../../../shared/commitments'
import type { Promised } from '../../../shared/promise'

export interface PromiseChange {
  /** What was promised, as its owner saw it. */
  promise: string
  before: Promised | undefined
  after: Promised
}

/** An answer names what it was given to, as `promiseText` says it: who, then what. */
const promiseOf = ({ to }: Promised) => String((JSON.parse(to) as unknown[])[1])
const same = (a: Promised | undefined, b: Promised) =>
  a?.answer === b.answer && a.words === b.words && a.name === b.name

/** To which promises their owners say something else than before. Where nobody answered (yet), nothing changed. */
export function promiseChanges(from: Commitments, to: Commitments): PromiseChange[] {
  const before = new Map(from.promises.map((one) => [one.actionId, one]))
  return to.promises
    .map((after) => ({ promise: promiseOf(after), before: before.get(after.actionId), after }))
    .filter((one) => !same(one.before, one.after))
}
