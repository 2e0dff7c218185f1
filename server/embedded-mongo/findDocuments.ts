import { type Collection } from './Catalog'
import { compileFilter } from './compileFilter'
import { sortKey, type KeyPattern } from './indexKeys'
import { AREA, areaKey, type Keyspace } from './Keyspace'
import { planQuery, type Plan } from './planQuery'
import { StoreError } from './StoreError'
import { decode, type Doc } from './values'

export type Query = { filter: Doc; sort?: KeyPattern; skip?: number; limit?: number }
export type Found = { bytes: Buffer; doc: Doc }

const SORT_MEMORY_BYTES = 100 * 1024 * 1024

/** The matches of a query, one by one: nothing is read ahead of who asks for the next, unless it has to be sorted. */
export function* findDocuments(keyspace: Keyspace, collection: Collection | undefined, query: Query): Generator<Found> {
  const { filter, sort = [], skip = 0, limit = 0 } = query
  const matches = compileFilter(filter) // also without a collection: an unknown operator is always refused
  if (!collection) return
  const plan = planQuery(collection, filter, sort)
  const found = walkMatches(keyspace, collection, plan, matches)
  let position = 0
  for (const each of plan.sorted ? found : inOrder(found, sort)) {
    if (position++ < skip) continue
    yield each
    if (limit > 0 && position >= skip + limit) return
  }
}

function* walkMatches(keyspace: Keyspace, collection: Collection, plan: Plan, matches: (doc: Doc) => boolean) {
  for (const bytes of walk(keyspace, collection, plan)) {
    const doc = decode(bytes)
    if (matches(doc)) yield { bytes, doc }
  }
}

function* walk(keyspace: Keyspace, collection: Collection, { index, ranges, reverse }: Plan): Generator<Buffer> {
  const seen = index?.multikey ? new Set<string>() : null
  for (const range of reverse ? ranges.toReversed() : ranges) {
    for (const { value } of keyspace.entries(range, reverse)) {
      if (!index) {
        yield value
        continue
      }
      const id = value.toString('latin1')
      if (seen?.has(id)) continue
      seen?.add(id)
      const bytes = keyspace.get(areaKey(AREA.documents, collection.id, value))
      if (bytes) yield bytes // gone since its entry was read, when the walk has paused in between
    }
  }
}

function inOrder(found: Iterable<Found>, sort: KeyPattern): Found[] {
  const keyed: { key: Buffer; each: Found }[] = []
  let size = 0
  for (const each of found) {
    size += each.bytes.length
    if (size > SORT_MEMORY_BYTES) {
      throw new StoreError(
        'QueryExceededMemoryLimitNoDiskUseAllowed',
        'sorting this needs more than 100 MB: add an index',
      )
    }
    keyed.push({ key: sortKey(each.doc, sort), each })
  }
  return keyed.sort((a, b) => Buffer.compare(a.key, b.key)).map(({ each }) => each)
}
