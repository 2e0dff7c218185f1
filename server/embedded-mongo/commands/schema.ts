import { namespace, type Collection, type Index, type IndexOptions } from '../Catalog'
import { target, type Command, type Store } from '../Command'
import { compileFilter } from '../compileFilter'
import { findDocuments } from '../findDocuments'
import { isPosition } from '../leavesAt'
import { orderedKey } from '../orderedKey'
import { parseSort } from '../parseSort'
import { refuseUnknownFields } from '../refuseUnknownFields'
import { StoreError } from '../StoreError'
import { asArray, asDoc, asString, encode, truth, wholeNumber, type Doc } from '../values'
import { indexDocument } from '../writeDocument'

const create: Command = {
  fields: [],
  writes: true,
  run(store, request) {
    store.catalog.ensure(request.db, target(request))
    return { ok: 1 }
  },
}

const drop: Command = {
  fields: [],
  writes: true,
  run(store, request) {
    const collection = existing(store, request.db, target(request))
    store.catalog.drop(collection)
    return { ns: namespace(request.db, collection.name), nIndexesWas: collection.indexes.length + 1, ok: 1 }
  },
}

const dropDatabase: Command = {
  fields: [],
  writes: true,
  run(store, { db }) {
    for (const collection of inDatabase(store, db)) store.catalog.drop(collection)
    return { dropped: db, ok: 1 }
  },
}

const listCollections: Command = {
  fields: ['filter', 'nameOnly', 'authorizedCollections', 'cursor'],
  run(store, { db, body }) {
    const wanted = compileFilter(asDoc(body.filter ?? {}, 'filter'))
    const listed = inDatabase(store, db)
      .map(({ name }): Doc => ({ name, type: 'collection', options: {}, info: { readOnly: false } }))
      .filter((doc) => wanted(doc))
    return store.cursors.first(namespace(db, '$cmd.listCollections'), listed.map(encode).values(), Infinity)
  },
}

const listIndexes: Command = {
  fields: ['cursor'],
  run(store, request) {
    const collection = existing(store, request.db, target(request))
    const listed = [{ v: 2, key: { _id: 1 }, name: '_id_' }, ...collection.indexes.map(describe)]
    return store.cursors.first(namespace(request.db, collection.name), listed.map(encode).values(), Infinity)
  },
}

const createIndexes: Command = {
  fields: ['indexes', 'commitQuorum'],
  writes: true,
  run(store, request) {
    const specs = asArray(request.body.indexes, 'indexes').map((spec) => parseIndex(asDoc(spec, 'indexes')))
    const createdCollectionAutomatically = !store.catalog.find(request.db, target(request))
    const collection = store.catalog.ensure(request.db, target(request))
    const numIndexesBefore = collection.indexes.length + 1
    for (const spec of specs) if (!isThere(collection, spec)) build(store, collection, spec)
    const numIndexesAfter = collection.indexes.length + 1
    return { numIndexesBefore, numIndexesAfter, createdCollectionAutomatically, ok: 1 }
  },
}

const dropIndexes: Command = {
  fields: ['index'],
  writes: true,
  run(store, request) {
    const collection = existing(store, request.db, target(request))
    const nIndexesWas = collection.indexes.length + 1
    for (const index of namedIndexes(collection, request.body.index)) store.catalog.dropIndex(collection, index)
    return { nIndexesWas, ok: 1 }
  },
}

function existing(store: Store, db: string, name: string): Collection {
  const collection = store.catalog.find(db, name)
  if (!collection) throw new StoreError('NamespaceNotFound', `ns does not exist: ${namespace(db, name)}`)
  return collection
}

function inDatabase(store: Store, db: string): Collection[] {
  return store.catalog.all().filter((collection) => collection.db === db)
}

const INDEX_FIELDS = [
  'key',
  'name',
  'unique',
  'sparse',
  'partialFilterExpression',
  'expireAfterSeconds',
  'background',
  'v',
]

function parseIndex(spec: Doc): IndexOptions {
  refuseUnknownFields('createIndexes.indexes', spec, INDEX_FIELDS)
  const pattern = parseSort(spec.key, 'key')
  if (pattern.length === 0) throw new StoreError('CannotCreateIndex', 'an index needs at least one field')
  if (pattern.some(([path]) => path.split('.').some(isPosition))) {
    throw new StoreError('CannotCreateIndex', 'an index on a position of an array is not known here')
  }
  const partial = spec.partialFilterExpression === undefined ? null : asDoc(spec.partialFilterExpression, 'partial')
  if (partial) compileFilter(partial)
  const seconds = spec.expireAfterSeconds
  if (seconds !== undefined && pattern.length > 1) {
    throw new StoreError('CannotCreateIndex', 'an index with an expiry has one field')
  }
  return {
    name: asString(spec.name, 'name'),
    pattern,
    unique: spec.unique !== undefined && truth(spec.unique, 'unique'),
    sparse: spec.sparse !== undefined && truth(spec.sparse, 'sparse'),
    partial,
    expireAfterSeconds: seconds === undefined ? null : wholeNumber(seconds, 'expireAfterSeconds'),
  }
}

function isThere(collection: Collection, spec: IndexOptions): boolean {
  if (JSON.stringify(spec.pattern) === '[["_id",1]]') return true
  const sameName = collection.indexes.find(({ name }) => name === spec.name)
  if (sameName && isSame(sameName, spec)) return true
  if (sameName) {
    throw new StoreError('IndexKeySpecsConflict', `there is another index, with other options, named ${spec.name}`)
  }
  const samePattern = collection.indexes.find(({ pattern }) => same(pattern, spec.pattern))
  if (!samePattern) return false
  throw new StoreError('IndexOptionsConflict', `there is an index on the same fields, named ${samePattern.name}`)
}

function isSame(a: IndexOptions, b: IndexOptions): boolean {
  const plain = ({ pattern, unique, sparse, expireAfterSeconds }: IndexOptions) =>
    JSON.stringify([pattern, unique, sparse, expireAfterSeconds])
  return plain(a) === plain(b) && orderedKey(a.partial).equals(orderedKey(b.partial))
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** Lists everything that is already there. When that fails, no trace of the index stays. */
function build(store: Store, collection: Collection, spec: IndexOptions): void {
  const index = store.catalog.addIndex(collection, spec)
  try {
    for (const { doc } of findDocuments(store.keyspace, { ...collection, indexes: [] }, { filter: {} })) {
      indexDocument(store, collection, index, doc)
    }
  } catch (error) {
    store.catalog.dropIndex(collection, index)
    throw error
  }
}

function describe({ pattern, name, unique, sparse, partial, expireAfterSeconds }: Index): Doc {
  return {
    v: 2,
    key: Object.fromEntries(pattern),
    name,
    ...(unique && { unique }),
    ...(sparse && { sparse }),
    ...(partial && { partialFilterExpression: partial }),
    ...(expireAfterSeconds !== null && { expireAfterSeconds }),
  }
}

function namedIndexes(collection: Collection, wanted: unknown): Index[] {
  if (wanted === '*') return collection.indexes
  const found = collection.indexes.filter(({ name, pattern }) =>
    typeof wanted === 'string' ? name === wanted : same(pattern, parseSort(wanted, 'index')),
  )
  if (found.length === 0) throw new StoreError('IndexNotFound', 'there is no such index')
  return found
}

export const schema: Record<string, Command> = {
  create,
  drop,
  dropDatabase,
  listCollections,
  listIndexes,
  createIndexes,
  dropIndexes,
}
