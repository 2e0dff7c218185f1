import { BSONRegExp } from 'bson'
import { ID_PATTERN, type Collection, type Index } from './Catalog'
import { compileFilter, isOperators } from './compileFilter'
import { type KeyPattern } from './indexKeys'
import { AREA, areaKey, under, type Range } from './Keyspace'
import { AFTER, descending, KIND, kindOf, orderedKey } from './orderedKey'
import { truth, type Doc } from './values'

// The planner only narrows down where to look: the whole filter is applied to whatever is found there. So a plan may
// be too wide, never too narrow.

/** Where to look, in which order. `index` null: among the documents themselves, which lie in the order of their _id. */
export type Plan = { index: Index | null; ranges: Range[]; reverse: boolean; sorted: boolean }

type Condition = { operator: string; operand: unknown }
type Conditions = Map<string, Condition[]>
/** Before, or behind, everything that begins with `key`. */
type Place = { key: Buffer; behind: boolean }
type Interval = { from: Place; to: Place }

const MAX_RANGES = 1000

export function planQuery(collection: Collection, filter: Doc, sort: KeyPattern): Plan {
  const conditions = new Map<string, Condition[]>()
  collect(filter, conditions)
  const usable = collection.indexes.filter((index) => listsAllMatches(index, conditions))
  const candidates = [null, ...usable].map((index) => planOn(collection, index, conditions, sort))
  return candidates.reduce((best, next) => (next.score > best.score ? next : best)).plan
}

/** The conditions every match has to satisfy: the top level of the filter and what $and adds to it. */
function collect(filter: Doc, conditions: Conditions): void {
  for (const [key, operand] of Object.entries(filter)) {
    if (key === '$and') for (const branch of operand as Doc[]) collect(branch, conditions)
    if (key.startsWith('$')) continue
    const found = isOperators(operand)
      ? Object.entries(operand).map(([operator, argument]) => ({ operator, operand: argument }))
      : [{ operator: '$eq', operand }]
    conditions.set(key, [...(conditions.get(key) ?? []), ...found])
  }
}

function planOn(collection: Collection, index: Index | null, conditions: Conditions, sort: KeyPattern) {
  const area = index ? areaKey(AREA.entries, index.id) : areaKey(AREA.documents, collection.id)
  const pattern = index?.pattern ?? ID_PATTERN
  const multikey = index?.multikey ?? false
  let prefixes = [area]
  let points = 0
  for (const [path, direction] of multikey ? pattern.slice(0, 1) : pattern) {
    const intervals = pointsOf(conditions.get(path) ?? [])
    if (!intervals || prefixes.length * intervals.length > MAX_RANGES) break
    prefixes = prefixes.flatMap((prefix) => intervals.map((point) => Buffer.concat([prefix, turn(point, direction)])))
    points++
  }
  const [path, direction] = pattern[points] ?? []
  const range = path !== undefined && !(multikey && points) ? rangeOf(conditions.get(path) ?? [], multikey) : null
  const ranges = range
    ? prefixes.map((prefix) => toRange(prefix, direction === -1 ? turnAround(range) : range))
    : prefixes.map(under)
  const order = orderOf(index, pattern, points, ranges.length === 1, sort)
  const unique = index === null || index.unique ? points === pattern.length : false
  return {
    plan: { index, ranges, ...order, sorted: order.sorted && !(multikey && sort.length) },
    score: (unique ? 100 : 0) + points * 4 + (range ? 2 : 0) + (sort.length && order.sorted && !multikey ? 3 : 0),
  }
}

/** The exact values a field may have, or null when they are not known. */
function pointsOf(conditions: Condition[]): Buffer[] | null {
  for (const { operator, operand } of conditions) {
    if (operator === '$eq' && isPoint(operand)) return [orderedKey(operand)]
    if (operator === '$in' && (operand as unknown[]).every(isPoint)) return sortedKeys(operand as unknown[])
  }
  return null
}

function isPoint(value: unknown): boolean {
  return !Array.isArray(value) && !(value instanceof BSONRegExp)
}

function sortedKeys(values: unknown[]): Buffer[] {
  const keys = values.map(orderedKey).sort(Buffer.compare)
  return keys.filter((key, i) => i === 0 || !key.equals(keys[i - 1]!))
}

const NO_RANGE: number[] = [KIND.null, KIND.array, KIND.regex, KIND.min, KIND.max]

/** One stretch of a field's values. In a multikey index two bounds may be met by two elements: only one counts. */
function rangeOf(conditions: Condition[], multikey: boolean): Interval | null {
  const bounds = conditions.filter(
    ({ operator, operand }) => ['$gt', '$gte', '$lt', '$lte'].includes(operator) && !NO_RANGE.includes(kindOf(operand)),
  )
  const [first] = bounds
  if (!first) return null
  const kind = Buffer.from([kindOf(first.operand)])
  const interval: Interval = { from: { key: kind, behind: false }, to: { key: kind, behind: true } }
  for (const { operator, operand } of multikey ? [first] : bounds) {
    if (kindOf(operand) !== kind[0]) continue
    const place = { key: orderedKey(operand), behind: operator === '$gt' || operator === '$lte' }
    if (operator.startsWith('$g')) interval.from = place
    else interval.to = place
  }
  return interval
}

function turn(point: Buffer, direction: 1 | -1): Buffer {
  return direction === 1 ? point : descending(point)
}

function turnAround({ from, to }: Interval): Interval {
  const turned = ({ key, behind }: Place) => ({ key: descending(key), behind: !behind })
  return { from: turned(to), to: turned(from) }
}

function toRange(prefix: Buffer, { from, to }: Interval): Range {
  const bytes = ({ key, behind }: Place) => Buffer.concat(behind ? [prefix, key, AFTER] : [prefix, key])
  return { from: bytes(from), to: bytes(to) }
}

/** Whether walking the index, forwards or backwards, already yields the order that was asked for. */
function orderOf(index: Index | null, pattern: KeyPattern, points: number, oneRange: boolean, sort: KeyPattern) {
  const fixed = new Set(pattern.slice(0, points).map(([path]) => path))
  const wanted = oneRange ? sort.filter(([path]) => !fixed.has(path)) : sort
  if (wanted.length === 0) return { sorted: true, reverse: false }
  const offered = [...pattern.slice(points), ...(index ? ID_PATTERN : [])]
  const reverse = offered[0]?.[1] !== wanted[0]![1]
  const sorted =
    oneRange &&
    wanted.every(([path, direction], i) => {
      const offer = offered[i]
      return offer !== undefined && offer[0] === path && (offer[1] !== direction) === reverse
    })
  return { sorted, reverse: sorted && reverse }
}

/** Sparse and partial indexes leave documents out; they serve only queries whose matches are all listed. */
function listsAllMatches(index: Index, conditions: Conditions): boolean {
  const present = (path: string) => (conditions.get(path) ?? []).some(impliesPresence)
  if (index.sparse && !index.pattern.some(([path]) => present(path))) return false
  return Object.entries(index.partial ?? {}).every(([path, condition]) => implied(path, condition, conditions))
}

function impliesPresence({ operator, operand }: Condition): boolean {
  if (operator === '$in') return (operand as unknown[]).every((value) => value !== null)
  if (operator === '$exists') return truth(operand, operator)
  return ['$eq', '$gt', '$lt', '$gte', '$lte'].includes(operator) && operand !== null
}

/** A partial index's condition follows from a value that is asked for, or stands in the query as it is. */
function implied(path: string, required: unknown, conditions: Conditions): boolean {
  if (path.startsWith('$') || !needsOneValue(required)) return false
  const asked = conditions.get(path) ?? []
  const test = compileFilter({ value: required })
  const byValue = ({ operator, operand }: Condition) =>
    operator === '$eq' && operand !== null && test({ value: operand })
  return asked.some(byValue) || (isPresence(required) ? asked.some(impliesPresence) : stands(required, asked))
}

function isPresence(required: unknown): boolean {
  return isOperators(required) && Object.keys(required).every((operator) => operator === '$exists')
}

const ONE_VALUE = ['$eq', '$gt', '$gte', '$lt', '$lte', '$in', '$type']

/** True for conditions that one fitting value satisfies, whatever else an array holds. */
function needsOneValue(required: unknown): boolean {
  if (!isOperators(required)) return isPoint(required)
  return Object.entries(required).every(([operator, operand]) =>
    operator === '$exists' ? truth(operand, operator) : ONE_VALUE.includes(operator),
  )
}

function stands(required: unknown, asked: Condition[]): boolean {
  const needed = isOperators(required) ? Object.entries(required) : [['$eq', required] as [string, unknown]]
  return needed.every(([operator, operand]) =>
    asked.some((own) => own.operator === operator && orderedKey(own.operand).equals(orderedKey(operand))),
  )
}
