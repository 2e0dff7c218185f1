import type { Commitments } from '../../../shared/commitments'
import type { Position } from '../../../shared/decision'

export interface PositionChange {
  name: string
  before: Position | undefined
  after: Position | undefined
}

const saidIn = ({ decision }: Commitments) => (decision?.positions ?? []).filter(({ stance }) => stance)
const same = (a: Position | undefined, b: Position | undefined) =>
  a?.stance === b?.stance && a?.reason === b?.reason && a?.sentence === b?.sentence

/**
 * Who says something else to the decision than before; across meetings people are known by the name they go by. Where
 * nothing was asked (yet), nothing changed.
 */
export function positionChanges(from: Commitments, to: Commitments): PositionChange[] {
  if (!to.decision) return []
  const [before, after] = [saidIn(from), saidIn(to)].map((all) => new Map(all.map((one) => [one.name, one])))
  const names = [...new Set([...before!.keys(), ...after!.keys()])]
  return names
    .map((name) => ({ name, before: before!.get(name), after: after!.get(name) }))
    .filter((one) => !same(one.before, one.after))
}
