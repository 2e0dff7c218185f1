import * as Y from 'yjs'

/** Values that were chosen for one thing, one after the other by one writer, as Yjs keeps them in one struct. */
type Chosen = Pick<Y.Item, 'id' | 'length' | 'origin' | 'rightOrigin'> & {
  /** Its last value was deleted: it counts nowhere. */
  deleted: boolean
}

const look = ({ id, length, origin, rightOrigin, deleted, content }: Y.Item): Chosen => ({
  id,
  length,
  origin,
  rightOrigin,
  deleted: deleted || content instanceof Y.ContentDeleted,
})

const holds = ({ id, length }: Chosen, { client, clock }: Y.ID) =>
  id.client === client && id.clock <= clock && clock < id.clock + length

/**
 * Which of them counts once `fresh` is added: the last in the order that Yjs gives them (as its `Item.integrate`),
 * whatever the writer says of their neighbours.
 *
 * @param known in order
 */
export function lastChosen(known: Y.Item[], fresh: Y.Item[]): Chosen | undefined {
  const order = known.map(look)
  const added = fresh.map(look)
  const waiting = new Set(added)
  const find = (id: Y.ID | null) => (id ? order.findLastIndex((one) => holds(one, id)) : -1)

  /** Something comes between two values of one struct. */
  function splitBefore(id: Y.ID): void {
    const at = find(id)
    const one = order[at]
    if (!one || one.id.clock === id.clock) return
    const length = id.clock - one.id.clock
    const origin = Y.createID(id.client, id.clock - 1)
    order.splice(at, 1, { ...one, length, deleted: true }, { ...one, id, length: one.length - length, origin })
  }

  function placeFor({ id, origin, rightOrigin }: Chosen): number {
    if (origin) splitBefore(Y.createID(origin.client, origin.clock + 1))
    if (rightOrigin) splitBefore(rightOrigin)
    const [left, right] = [find(origin), find(rightOrigin)]
    let place = left + 1
    for (let at = left + 1; at < order.length && at !== right; at++) {
      const other = order[at]!
      if (Y.compareIDs(origin, other.origin)) {
        if (other.id.client < id.client) place = at + 1
        else if (Y.compareIDs(rightOrigin, other.rightOrigin)) break
        continue
      }
      const leansOn = find(other.origin)
      if (leansOn <= left) break
      if (leansOn < place) place = at + 1
    }
    return place
  }

  function add(one: Chosen): void {
    if (!waiting.delete(one)) return
    for (const other of waiting) {
      if ([one.origin, one.rightOrigin].some((id) => id && holds(other, id))) add(other)
    }
    order.splice(placeFor(one), 0, one)
  }
  added.forEach(add)
  return order.at(-1)
}
