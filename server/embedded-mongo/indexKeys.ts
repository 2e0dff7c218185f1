import { StoreError } from './StoreError'
import { leavesAt } from './leavesAt'
import { descending, EMPTY_ARRAY_KEY, orderedKey } from './orderedKey'
import { type Doc } from './values'

/** The fields of an index or a sort, in their order; -1 is descending. */
export type Direction = 1 | -1
export type KeyPattern = [path: string, direction: Direction][]

/** The keys of one field: several where the path meets an array, which is what makes an index "multikey". */
function fieldKeys(doc: Doc, path: string, direction: Direction): Buffer[] {
  const leaves = leavesAt(doc, path.split('.'))
  const keys = leaves.flatMap((leaf) => {
    if (!Array.isArray(leaf)) return [orderedKey(leaf ?? null)]
    return leaf.length === 0 ? [EMPTY_ARRAY_KEY] : leaf.map((element) => orderedKey(element ?? null))
  })
  if (keys.length === 0) keys.push(orderedKey(null))
  return direction === 1 ? keys : keys.map(descending)
}

/** All keys under which an index lists a document. */
export function indexKeys(doc: Doc, pattern: KeyPattern): Buffer[] {
  const fields = pattern.map(([path, direction]) => distinct(fieldKeys(doc, path, direction)))
  if (fields.filter((keys) => keys.length > 1).length > 1) {
    throw new StoreError('CannotIndexParallelArrays', 'cannot index two arrays in one compound index')
  }
  return fields.reduce<Buffer[]>(
    (prefixes, keys) => prefixes.flatMap((prefix) => keys.map((key) => Buffer.concat([prefix, key]))),
    [Buffer.alloc(0)],
  )
}

/** Where a document stands in a sort: an array counts by its least (descending: greatest) element. */
export function sortKey(doc: Doc, pattern: KeyPattern): Buffer {
  return Buffer.concat(pattern.map(([path, direction]) => fieldKeys(doc, path, direction).reduce(lesser)))
}

function lesser(a: Buffer, b: Buffer): Buffer {
  return Buffer.compare(a, b) <= 0 ? a : b
}

function distinct(keys: Buffer[]): Buffer[] {
  return keys.length < 2 ? keys : [...new Map(keys.map((key) => [key.toString('latin1'), key])).values()]
}
