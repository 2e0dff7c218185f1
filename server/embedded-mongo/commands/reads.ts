import { Long } from 'bson'
import { namespace } from '../Catalog'
import { target, type Command, type Request, type Store } from '../Command'
import { compileProjection } from '../compileProjection'
import { findDocuments, type Found } from '../findDocuments'
import { leavesAt } from '../leavesAt'
import { compareValues, orderedKey } from '../orderedKey'
import { parseSort } from '../parseSort'
import { StoreError } from '../StoreError'
import { asArray, asDoc, asString, encode, truth, wholeNumber, type Doc } from '../values'

const find: Command = {
  fields: ['filter', 'projection', 'sort', 'skip', 'limit', 'batchSize', 'singleBatch'],
  run(store, request) {
    const { body, db } = request
    const project = compileProjection(asDoc(body.projection ?? {}, 'projection'))
    const found = findDocuments(store.keyspace, store.catalog.find(db, target(request)), {
      filter: asDoc(body.filter ?? {}, 'filter'),
      sort: parseSort(body.sort, 'sort'),
      skip: count(body, 'skip', 0),
      limit: count(body, 'limit', 0),
    })
    const documents = encoded(found, project)
    const batchSize = body.batchSize === undefined ? undefined : count(body, 'batchSize', 0)
    const single = body.singleBatch !== undefined && truth(body.singleBatch, 'singleBatch')
    return store.cursors.first(namespace(db, target(request)), documents, batchSize, single)
  },
}

function* encoded(found: Iterable<Found>, project: ((doc: Doc) => Doc) | null): Generator<Buffer> {
  for (const { bytes, doc } of found) yield project ? encode(project(doc)) : bytes
}

const getMore: Command = {
  fields: ['collection', 'batchSize'],
  run(store, { db, body }) {
    const batchSize = count(body, 'batchSize', 0) || Infinity
    return store.cursors.more(cursorId(body.getMore), namespace(db, asString(body.collection, 'collection')), batchSize)
  },
}

const killCursors: Command = {
  fields: ['cursors'],
  run(store, { body }) {
    const ids = asArray(body.cursors, 'cursors').map(cursorId)
    const killed = ids.filter((id) => store.cursors.kill(id))
    const notFound = ids.filter((id) => !killed.includes(id))
    return { cursorsKilled: killed, cursorsNotFound: notFound, cursorsAlive: [], cursorsUnknown: [], ok: 1 }
  },
}

const countCommand: Command = {
  fields: ['query', 'skip', 'limit'],
  run(store, request) {
    let n = 0
    for (const _ of matches(store, request)) n++
    return { n, ok: 1 }
  },
}

const distinct: Command = {
  fields: ['key', 'query'],
  run(store, request) {
    const path = asString(request.body.key, 'key').split('.')
    const values = new Map<string, unknown>()
    for (const { doc } of matches(store, request)) {
      for (const leaf of leavesAt(doc, path).flat(1)) {
        if (leaf !== undefined) values.set(orderedKey(leaf).toString('latin1'), leaf)
      }
    }
    return { values: [...values.values()].sort(compareValues), ok: 1 }
  },
}

function matches(store: Store, request: Request) {
  const { body, db } = request
  return findDocuments(store.keyspace, store.catalog.find(db, target(request)), {
    filter: asDoc(body.query ?? {}, 'query'),
    skip: count(body, 'skip', 0),
    limit: Math.abs(body.limit === undefined ? 0 : wholeNumber(body.limit, 'limit')),
  })
}

function count(body: Doc, name: string, otherwise: number): number {
  const value = body[name] === undefined ? otherwise : wholeNumber(body[name], name)
  if (value < 0) throw new StoreError('BadValue', `'${name}' may not be negative`)
  return value
}

function cursorId(value: unknown): Long {
  if (!(value instanceof Long)) throw new StoreError('TypeMismatch', 'the id of a cursor must be a long')
  return value
}

export const reads: Record<string, Command> = { find, getMore, killCursors, count: countCommand, distinct }
