import { Int32 } from 'bson'
import { sum } from '../applyUpdate'
import { namespace } from '../Catalog'
import { target, type Command } from '../Command'
import { compileFilter } from '../compileFilter'
import { findDocuments } from '../findDocuments'
import { sortKey } from '../indexKeys'
import { orderedKey } from '../orderedKey'
import { parseSort } from '../parseSort'
import { refuseUnknownFields } from '../refuseUnknownFields'
import { StoreError } from '../StoreError'
import { asArray, asDoc, asString, encode, isDoc, isNumber, wholeNumber, type Doc, type NumberValue } from '../values'

type Stage = (docs: Iterable<Doc>) => Iterable<Doc>

const aggregate: Command = {
  fields: ['pipeline', 'cursor'],
  run(store, request) {
    const { body, db } = request
    const pipeline = asArray(body.pipeline, 'pipeline').map((stage) => asDoc(stage, 'pipeline'))
    const { batchSize, ...rest } = asDoc(body.cursor, 'cursor')
    refuseUnknownFields('aggregate.cursor', rest, [])
    const first = pipeline[0]?.$match // the planner's to answer, like a find
    const filter = asDoc(first ?? {}, '$match')
    const stages = (first === undefined ? pipeline : pipeline.slice(1)).map(compileStage)
    const found = findDocuments(store.keyspace, store.catalog.find(db, target(request)), { filter })
    const results = stages.reduce<Iterable<Doc>>((docs, stage) => stage(docs), documentsOf(found))
    const size = batchSize === undefined ? undefined : wholeNumber(batchSize, 'batchSize')
    return store.cursors.first(namespace(db, target(request)), encoded(results), size)
  },
}

function compileStage(stage: Doc): Stage {
  const [[name, argument] = ['', undefined], ...others] = Object.entries(stage)
  if (others.length > 0) throw new StoreError('FailedToParse', 'a pipeline stage has exactly one field')
  switch (name) {
    case '$match':
      return matchStage(asDoc(argument, name))
    case '$group':
      return groupStage(asDoc(argument, name))
    case '$sort':
      return sortStage(argument)
    case '$skip':
      return sliceStage(wholeNumber(argument, name), Infinity)
    case '$limit':
      return sliceStage(0, wholeNumber(argument, name))
    case '$count':
      return countStage(asString(argument, name))
    default:
      throw new StoreError('UnknownPipelineStage', `Unrecognized pipeline stage name: '${name}'`)
  }
}

function matchStage(filter: Doc): Stage {
  const matches = compileFilter(filter)
  return function* (docs) {
    for (const doc of docs) if (matches(doc)) yield doc
  }
}

function sortStage(argument: unknown): Stage {
  const pattern = parseSort(argument, '$sort')
  return (docs) =>
    [...docs]
      .map((doc) => ({ doc, key: sortKey(doc, pattern) }))
      .sort((a, b) => Buffer.compare(a.key, b.key))
      .map(({ doc }) => doc)
}

function sliceStage(skip: number, limit: number): Stage {
  return function* (docs) {
    let position = 0
    for (const doc of docs) {
      if (position++ < skip) continue
      yield doc
      if (position >= skip + limit) return
    }
  }
}

function countStage(field: string): Stage {
  return function* (docs) {
    let n = 0
    for (const _ of docs) n++
    if (n > 0) yield { [field]: n }
  }
}

type Group = { id: unknown; sums: NumberValue[] }

function groupStage({ _id: id, ...fields }: Doc): Stage {
  const idOf = compileExpression(id)
  const names = Object.keys(fields)
  const amounts = names.map((name) => compileSum(fields[name]))
  return function* (docs) {
    const groups = new Map<string, Group>()
    for (const doc of docs) {
      const key = idOf(doc) ?? null
      const text = orderedKey(key).toString('latin1')
      const group = groups.get(text) ?? { id: key, sums: names.map(() => new Int32(0)) }
      groups.set(text, group)
      group.sums = group.sums.map((total, i) => sum(total, amounts[i]!(doc)))
    }
    for (const group of groups.values()) yield { _id: group.id, ...zip(names, group.sums) }
  }
}

function zip(names: string[], values: unknown[]): Doc {
  return Object.fromEntries(names.map((name, i) => [name, values[i]]))
}

/** `{$sum: …}` and `{$count: {}}`; what is no number counts as nothing. */
function compileSum(accumulator: unknown): (doc: Doc) => NumberValue {
  const [[name, argument] = ['', undefined], ...others] = Object.entries(asDoc(accumulator, '$group'))
  if (others.length > 0) throw new StoreError('FailedToParse', 'an accumulator has exactly one field')
  if (name === '$count') return () => new Int32(1)
  if (name !== '$sum') throw new StoreError('FailedToParse', `unknown group operator '${name}'`)
  const amount = compileExpression(argument)
  return (doc) => {
    const value = amount(doc)
    return isNumber(value) ? value : new Int32(0)
  }
}

/** `'$a.b'`, a constant, or a document of such. */
function compileExpression(expression: unknown): (doc: Doc) => unknown {
  if (typeof expression === 'string' && expression.startsWith('$')) {
    if (!/^\$[^$.]+(\.[^$.]+)*$/.test(expression))
      throw new StoreError('FailedToParse', `unknown expression ${expression}`)
    const steps = expression.slice(1).split('.')
    return (doc) => steps.reduce<unknown>((value, step) => (isDoc(value) ? value[step] : undefined), doc)
  }
  if (Array.isArray(expression)) throw new StoreError('FailedToParse', 'array expressions are not known here')
  if (!isDoc(expression)) return () => expression
  const parts = Object.entries(expression).map(([name, part]) => [name, compileExpression(part)] as const)
  const operator = parts.find(([name]) => name.startsWith('$'))
  if (operator) throw new StoreError('FailedToParse', `unknown expression ${operator[0]}`)
  return (doc) => Object.fromEntries(parts.map(([name, part]) => [name, part(doc)]).filter(([, v]) => v !== undefined))
}

function* documentsOf(found: Iterable<{ doc: Doc }>): Generator<Doc> {
  for (const { doc } of found) yield doc
}

function* encoded(docs: Iterable<Doc>): Generator<Buffer> {
  for (const doc of docs) yield encode(doc)
}

export const aggregation: Record<string, Command> = { aggregate }
