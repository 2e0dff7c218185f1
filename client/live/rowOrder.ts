import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing'
import { byOrder } from '../../shared/plan'

interface Ordered {
  id: string
  order: string
}

/** The sort key of something new behind all of `items`. */
export function orderAtEnd(items: readonly Ordered[]): string {
  const last = [...items].sort(byOrder).at(-1)?.order ?? null
  try {
    return generateKeyBetween(last, null)
  } catch {
    // A key that sorts but was not made by this scheme: anything longer stands behind it.
    return `${last}V`
  }
}

/** Fresh keys for a whole row; for when two have the same, so that nothing fits between. */
function freshOrders(row: readonly Ordered[]): Map<string, string> {
  const keys = generateNKeysBetween(null, null, row.length)
  return new Map(row.map(({ id }, index) => [id, keys[index]!]))
}

/**
 * What to change so that one of a row stands one place further up (-1) or down (1).
 *
 * @param row what stands together on the screen, in reading order
 * @returns new sort keys by id; usually one, none where it stands at the end already
 */
export function moveInRow(row: readonly Ordered[], id: string, step: -1 | 1): Map<string, string> {
  const from = row.findIndex((item) => item.id === id)
  const to = from + step
  if (from < 0 || to < 0 || to >= row.length) return new Map()
  const rest = row.filter((item) => item.id !== id)
  const moved = [...rest.slice(0, to), row[from]!, ...rest.slice(to)]
  const [before, after] = [moved[to - 1]?.order ?? null, moved[to + 1]?.order ?? null]
  try {
    return new Map([[id, generateKeyBetween(before, after)]])
  } catch {
    return freshOrders(moved)
  }
}
