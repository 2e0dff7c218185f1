import { compileUpdate, seedFromFilter } from '../applyUpdate'
import { type Collection } from '../Catalog'
import { target, type Command, type Request, type Store } from '../Command'
import { compileProjection } from '../compileProjection'
import { findDocuments } from '../findDocuments'
import { type KeyPattern } from '../indexKeys'
import { parseSort } from '../parseSort'
import { refuseUnknownFields } from '../refuseUnknownFields'
import { StoreError } from '../StoreError'
import { asArray, asDoc, truth, wholeNumber, type Doc } from '../values'
import { insertDocument, removeDocument, replaceDocument } from '../writeDocument'

const insert: Command = {
  fields: ['documents', 'ordered', 'bypassDocumentValidation'],
  writes: true,
  retryable: true,
  run(store, request) {
    const collection = store.catalog.ensure(request.db, target(request))
    return eachStatement(request.body, 'documents', (doc) => {
      insertDocument(store, collection, doc)
      return { n: 1 }
    })
  },
}

const update: Command = {
  fields: ['updates', 'ordered', 'bypassDocumentValidation'],
  writes: true,
  retryable: true,
  run(store, request) {
    return eachStatement(request.body, 'updates', (statement) => {
      refuseUnknownFields('update.updates', statement, ['q', 'u', 'multi', 'upsert'])
      const multi = flag(statement, 'multi')
      if (multi && !isOperatorUpdate(statement.u)) {
        throw new StoreError('FailedToParse', 'multi update is not supported for replacement-style update')
      }
      const outcome = updateMatches(store, request, {
        filter: asDoc(statement.q, 'q'),
        update: statement.u,
        upsert: flag(statement, 'upsert'),
        limit: multi ? 0 : 1,
      })
      return {
        n: outcome.matched + (outcome.upserted ? 1 : 0),
        nModified: outcome.modified,
        upserted: outcome.upserted,
      }
    })
  },
}

const deleteCommand: Command = {
  fields: ['deletes', 'ordered'],
  writes: true,
  retryable: true,
  run(store, request) {
    const collection = store.catalog.find(request.db, target(request))
    return eachStatement(request.body, 'deletes', (statement) => {
      refuseUnknownFields('delete.deletes', statement, ['q', 'limit'])
      const limit = wholeNumber(statement.limit, 'limit')
      const found = [...findDocuments(store.keyspace, collection, { filter: asDoc(statement.q, 'q'), limit })]
      for (const { doc } of found) removeDocument(store, collection!, doc)
      return { n: found.length }
    })
  },
}

const findAndModify: Command = {
  fields: ['query', 'sort', 'remove', 'update', 'new', 'upsert', 'fields', 'bypassDocumentValidation'],
  writes: true,
  retryable: true,
  run(store, request) {
    const { body } = request
    const filter = asDoc(body.query ?? {}, 'query')
    const sort = parseSort(body.sort, 'sort')
    const project = compileProjection(asDoc(body.fields ?? {}, 'fields')) ?? ((doc: Doc) => doc)
    if (flag(body, 'remove')) {
      if (body.update !== undefined) throw new StoreError('FailedToParse', "either 'remove' or 'update', not both")
      const removed = removeFirst(store, request, filter, sort)
      return { lastErrorObject: { n: removed ? 1 : 0 }, value: removed ? project(removed) : null, ok: 1 }
    }
    const upsert = flag(body, 'upsert')
    const outcome = updateMatches(store, request, { filter, update: body.update, upsert, sort, limit: 1 })
    const value = flag(body, 'new') ? outcome.after : outcome.before
    const lastErrorObject: Doc = { n: outcome.after ? 1 : 0, updatedExisting: outcome.matched > 0 }
    if (outcome.upserted) lastErrorObject.upserted = outcome.upserted._id
    return { lastErrorObject, value: value ? project(value) : null, ok: 1 }
  },
}

type Updating = { filter: Doc; update: unknown; upsert: boolean; sort?: KeyPattern; limit: number }
type Updated = { matched: number; modified: number; upserted?: { _id: unknown }; before?: Doc; after?: Doc }

/** Finds first and changes afterwards, so that a changed document is not met again further along the same index. */
function updateMatches(store: Store, request: Request, { filter, update, upsert, sort, limit }: Updating): Updated {
  const change = compileUpdate(update)
  const collection = store.catalog.find(request.db, target(request))
  const found = [...findDocuments(store.keyspace, collection, { filter, sort, limit })]
  if (found.length === 0 && upsert) return insertInstead(store, request, change(seedFromFilter(filter), true))
  const outcome: Updated = { matched: found.length, modified: 0 }
  for (const each of found) {
    const after = change(each.doc, false)
    if (replaceDocument(store, collection as Collection, each, after)) outcome.modified++
    Object.assign(outcome, { before: each.doc, after })
  }
  return outcome
}

function insertInstead(store: Store, request: Request, doc: Doc): Updated {
  const after = insertDocument(store, store.catalog.ensure(request.db, target(request)), doc)
  return { matched: 0, modified: 0, upserted: { _id: after._id }, after }
}

function removeFirst(store: Store, request: Request, filter: Doc, sort: KeyPattern): Doc | undefined {
  const collection = store.catalog.find(request.db, target(request))
  const [found] = findDocuments(store.keyspace, collection, { filter, sort, limit: 1 })
  if (found) removeDocument(store, collection!, found.doc)
  return found?.doc
}

type Outcome = { n: number; nModified?: number; upserted?: { _id: unknown } }

/** Runs a command's statements one by one; an error ends them when they are ordered, and is reported either way. */
function eachStatement(body: Doc, field: string, run: (statement: Doc) => Outcome): Doc {
  const ordered = body.ordered === undefined || truth(body.ordered, 'ordered')
  const reply = { n: 0, nModified: 0, upserted: [] as Doc[], writeErrors: [] as Doc[] }
  for (const [index, statement] of asArray(body[field], field).entries()) {
    try {
      const { n, nModified = 0, upserted } = run(asDoc(statement, field))
      reply.n += n
      reply.nModified += nModified
      if (upserted) reply.upserted.push({ index, _id: upserted._id })
    } catch (error) {
      if (!(error instanceof StoreError)) throw error
      reply.writeErrors.push({ index, code: error.code, errmsg: error.message, ...error.details })
      if (ordered) break
    }
  }
  const { n, nModified, upserted, writeErrors } = reply
  return {
    n,
    ...(field === 'updates' && { nModified }),
    ...(upserted.length > 0 && { upserted }),
    ...(writeErrors.length > 0 && { writeErrors }),
    ok: 1,
  }
}

function flag(body: Doc, name: string): boolean {
  return body[name] !== undefined && truth(body[name], name)
}

function isOperatorUpdate(update: unknown): boolean {
  return Object.keys(asDoc(update, 'u'))[0]?.startsWith('$') === true
}

export const writes: Record<string, Command> = { insert, update, delete: deleteCommand, findAndModify }
