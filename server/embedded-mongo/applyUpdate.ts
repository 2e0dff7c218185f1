import { Double, Int32, Long, Timestamp } from 'bson'
import { compilePull, isOperators } from './compileFilter'
import { isPosition } from './leavesAt'
import { compareValues } from './orderedKey'
import { StoreError } from './StoreError'
import { asArray, asDoc, isDoc, isNumber, typeName, type Doc, type NumberValue } from './values'

export type Update = (old: Doc, inserting: boolean) => Doc
type Change = (old: unknown) => unknown

/** Compiles an update once: either operators, or a whole document that takes the old one's place. */
export function compileUpdate(update: unknown): Update {
  if (Array.isArray(update)) throw new StoreError('FailedToParse', 'updates by pipeline are not known here')
  const given = asDoc(update, 'update')
  if (!isOperators(given)) return replacement(given)
  const changes = Object.entries(given).flatMap(([operator, fields]) =>
    Object.entries(asDoc(fields, operator)).map(([path, operand]) => ({
      path,
      steps: pathSteps(path),
      onInsertOnly: operator === '$setOnInsert',
      unset: operator === '$unset',
      change: compileChange(operator, operand, path),
    })),
  )
  assertNoConflict(changes.map(({ path }) => path))
  return (old, inserting) => {
    const next = structuredCopy(old) as Doc
    for (const { steps, change, unset, onInsertOnly } of changes) {
      if (onInsertOnly && !inserting) continue
      if (unset) removeAt(next, steps)
      else changeAt(next, steps, change)
    }
    return withSameId(old, next)
  }
}

function replacement(given: Doc): Update {
  if (Object.keys(given).some((key) => key.startsWith('$'))) {
    throw new StoreError('FailedToParse', 'a replacement may not hold update operators')
  }
  return (old) => withSameId(old, '_id' in old ? { _id: old._id, ...given } : given)
}

function withSameId(old: Doc, next: Doc): Doc {
  if (old._id === undefined || ('_id' in next && compareValues(old._id, next._id) === 0)) return next
  throw new StoreError('ImmutableField', "the (immutable) field '_id' was found to have been altered")
}

function compileChange(operator: string, operand: unknown, path: string): Change {
  switch (operator) {
    case '$set':
    case '$setOnInsert':
      return () => operand
    case '$unset':
      return () => undefined
    case '$inc':
      return increment(operand, path)
    case '$min':
      return (old) => (old === undefined || compareValues(operand, old) < 0 ? operand : old)
    case '$max':
      return (old) => (old === undefined || compareValues(operand, old) > 0 ? operand : old)
    case '$push':
      return push(operand, path)
    case '$addToSet':
      return addToSet(operand, path)
    case '$pull':
      return pull(operand, path)
    case '$currentDate':
      return currentDate(operand)
    default:
      throw new StoreError('FailedToParse', `Unknown modifier: ${operator}`)
  }
}

function increment(operand: unknown, path: string): Change {
  if (!isNumber(operand)) throw new StoreError('TypeMismatch', `Cannot increment '${path}' with a non-numeric argument`)
  return (old) => {
    if (old === undefined) return operand
    if (!isNumber(old)) {
      throw new StoreError(
        'TypeMismatch',
        `Cannot apply $inc to '${path}', a value of non-numeric type ${typeName(old)}`,
      )
    }
    return sum(old, operand)
  }
}

/** Int + int stays int until it no longer fits; with a long it is a long; with a double a double. */
export function sum(a: NumberValue, b: NumberValue): NumberValue {
  if (a instanceof Double || b instanceof Double) return new Double(Number(a) + Number(b))
  const total = big(a) + big(b)
  if (BigInt.asIntN(64, total) !== total) throw new StoreError('BadValue', 'the result does not fit into 64 bits')
  const fitsInt = a instanceof Int32 && b instanceof Int32 && BigInt.asIntN(32, total) === total
  return fitsInt ? new Int32(Number(total)) : Long.fromBigInt(total)
}

function big(value: Int32 | Long): bigint {
  return value instanceof Long ? value.toBigInt() : BigInt(value.valueOf())
}

function push(operand: unknown, path: string): Change {
  const added = eachOf(operand, '$push')
  return (old) => [...arrayAt(old, path), ...added]
}

function addToSet(operand: unknown, path: string): Change {
  const added = eachOf(operand, '$addToSet')
  return (old) => {
    const set = [...arrayAt(old, path)]
    for (const value of added) if (!set.some((other) => compareValues(other, value) === 0)) set.push(value)
    return set
  }
}

function eachOf(operand: unknown, operator: string): unknown[] {
  if (!isOperators(operand)) return [operand]
  const unknown = Object.keys(operand).find((key) => key !== '$each')
  if (unknown) throw new StoreError('BadValue', `Unrecognized clause in ${operator}: ${unknown}`)
  return asArray(operand.$each, '$each')
}

function pull(operand: unknown, path: string): Change {
  const matches = compilePull(operand)
  return (old) => (old === undefined ? undefined : arrayAt(old, path).filter((element) => !matches(element)))
}

function arrayAt(old: unknown, path: string): unknown[] {
  if (old === undefined) return []
  if (Array.isArray(old)) return old
  throw new StoreError('BadValue', `The field '${path}' must be an array but is of type ${typeName(old)}`)
}

function currentDate(operand: unknown): Change {
  if (operand === true) return () => new Date()
  const kind = isDoc(operand) ? operand.$type : undefined
  if (kind === 'date') return () => new Date()
  if (kind === 'timestamp') return () => new Timestamp({ t: Math.floor(Date.now() / 1000), i: 1 })
  throw new StoreError('BadValue', '$currentDate takes true, {$type: "date"} or {$type: "timestamp"}')
}

function pathSteps(path: string): string[] {
  const steps = path.split('.')
  if (steps.some((step) => step === '' || step === '__proto__')) {
    throw new StoreError('BadValue', `'${path}' is not a path that can be updated`)
  }
  const dollar = steps.find((step) => step.startsWith('$'))
  if (dollar) throw new StoreError('BadValue', `positional updates are not known here: '${path}'`)
  return steps
}

function assertNoConflict(paths: string[]): void {
  const sorted = paths.map((path) => `${path}.`).sort()
  const at = sorted.findIndex((path, i) => i > 0 && path.startsWith(sorted[i - 1]!))
  if (at < 1) return
  const [path, other] = [sorted[at]!.slice(0, -1), sorted[at - 1]!.slice(0, -1)]
  throw new StoreError(
    'ConflictingUpdateOperators',
    `Updating the path '${path}' would create a conflict at '${other}'`,
  )
}

type Container = Record<string, unknown>

function changeAt(doc: Doc, steps: string[], change: Change): void {
  let container = doc as Container
  for (const step of steps.slice(0, -1)) {
    prepare(container, step)
    if (own(container, step) === undefined) {
      // A change that leaves nothing ($pull of what is not there) must not leave empty documents on the way either.
      if (change(undefined) === undefined) return
      container[step] = {}
    }
    container = container[step] as Container
  }
  const last = steps.at(-1)!
  prepare(container, last)
  const value = change(own(container, last))
  if (value !== undefined) container[last] = value
}

const MAX_PADDING = 1500

/** Refuses to go through what is no container, and fills an array with nulls up to a position behind its end. */
function prepare(container: unknown, step: string): void {
  if (isDoc(container)) return
  if (!Array.isArray(container) || !isPosition(step)) {
    throw new StoreError('BadValue', `Cannot create field '${step}' in a value of type ${typeName(container)}`)
  }
  if (Number(step) > container.length + MAX_PADDING)
    throw new StoreError('BadValue', 'the position is too far behind the end')
  while (container.length < Number(step)) container.push(null)
}

function removeAt(doc: Doc, steps: string[]): void {
  let container: unknown = doc
  for (const step of steps.slice(0, -1)) container = own(container, step)
  const last = steps.at(-1)!
  if (own(container, last) === undefined) return
  if (Array.isArray(container)) container[Number(last)] = null
  else delete (container as Container)[last]
}

function own(container: unknown, step: string): unknown {
  if (Array.isArray(container)) return isPosition(step) ? container[Number(step)] : undefined
  return isDoc(container) && Object.hasOwn(container, step) ? container[step] : undefined
}

/** Containers anew, values shared: BSON values are never changed in place. */
function structuredCopy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(structuredCopy)
  if (!isDoc(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, structuredCopy(inner)]))
}

/** The document an upsert starts from: what the filter says a field must be equal to. */
export function seedFromFilter(filter: Doc): Doc {
  const seed: Doc = {}
  for (const [key, operand] of equalities(filter)) changeAt(seed, pathSteps(key), () => operand)
  return seed
}

function equalities(filter: Doc): [string, unknown][] {
  return Object.entries(filter).flatMap(([key, operand]): [string, unknown][] => {
    if (key === '$and') return (operand as Doc[]).flatMap(equalities)
    if (key.startsWith('$') || operand === undefined) return []
    if (!isOperators(operand)) return typeName(operand) === 'regex' ? [] : [[key, operand]]
    return '$eq' in operand ? [[key, operand.$eq]] : []
  })
}
