import { BSONRegExp } from 'bson'
import { StoreError } from './StoreError'
import { leavesAt } from './leavesAt'
import { compareValues, kindOf, orderedKey } from './orderedKey'
import { asArray, asDoc, asString, isDoc, isNumber, truth, typeName, wholeNumber, type Doc } from './values'

export type Predicate = (doc: Doc) => boolean
/** Judges one value; an array's elements and the array itself are each judged. */
type ValueTest = (value: unknown) => boolean

/** Compiles a query once; a query the store does not know is refused before any document is read. */
export function compileFilter(filter: Doc): Predicate {
  const tests = Object.entries(filter).map(([key, operand]) =>
    key.startsWith('$') ? compileLogic(key, operand) : compileField(key, operand),
  )
  return (doc) => tests.every((test) => test(doc))
}

export function isOperators(value: unknown): value is Doc {
  return isDoc(value) && Object.keys(value)[0]?.startsWith('$') === true
}

function compileLogic(key: string, operand: unknown): Predicate {
  if (!['$and', '$or', '$nor'].includes(key)) throw new StoreError('BadValue', `unknown top level operator: ${key}`)
  const branches = asArray(operand, key).map((branch) => compileFilter(asDoc(branch, key)))
  if (branches.length === 0) throw new StoreError('BadValue', '$and/$or/$nor must be a nonempty array')
  if (key === '$and') return (doc) => branches.every((branch) => branch(doc))
  if (key === '$or') return (doc) => branches.some((branch) => branch(doc))
  return (doc) => !branches.some((branch) => branch(doc))
}

function compileField(path: string, operand: unknown): Predicate {
  const steps = path.split('.')
  const test = compileLeaves(operand)
  return (doc) => test(leavesAt(doc, steps))
}

/** What a field's condition asks of all the values its path leads to. */
function compileLeaves(operand: unknown): (leaves: unknown[]) => boolean {
  if (operand instanceof BSONRegExp) return anyOf(regexTest(operand.pattern, operand.options))
  if (!isOperators(operand)) return anyOf(equalTest(operand))
  if ('$options' in operand && !('$regex' in operand)) throw new StoreError('BadValue', '$options needs a $regex')
  const tests = Object.entries(operand)
    .filter(([name]) => name !== '$options')
    .map(([name, argument]) => compileOperator(name, argument, operand))
  return (leaves) => tests.every((test) => test(leaves))
}

function compileOperator(name: string, argument: unknown, operators: Doc): (leaves: unknown[]) => boolean {
  switch (name) {
    case '$eq':
      return anyOf(equalTest(argument))
    case '$ne':
      return not(anyOf(equalTest(argument)))
    case '$in':
      return anyOf(inTest(argument, name))
    case '$nin':
      return not(anyOf(inTest(argument, name)))
    case '$gt':
      return anyOf(rangeTest(argument, (order) => order > 0))
    case '$gte':
      return anyOf(rangeTest(argument, (order) => order >= 0))
    case '$lt':
      return anyOf(rangeTest(argument, (order) => order < 0))
    case '$lte':
      return anyOf(rangeTest(argument, (order) => order <= 0))
    case '$exists':
      return existsTest(truth(argument, name))
    case '$not':
      return compileNot(argument)
    case '$regex':
      return anyOf(compileRegex(argument, operators.$options))
    case '$type':
      return anyOf(typeTest(argument))
    case '$size':
      return sizeTest(wholeNumber(argument, name))
    case '$elemMatch':
      return elementTest(asDoc(argument, name))
    default:
      throw new StoreError('BadValue', `unknown operator: ${name}`)
  }
}

function anyOf(test: ValueTest) {
  return (leaves: unknown[]) => leaves.some((leaf) => test(leaf) || (Array.isArray(leaf) && leaf.some(test)))
}

function not(test: (leaves: unknown[]) => boolean) {
  return (leaves: unknown[]) => !test(leaves)
}

function equalTest(operand: unknown): ValueTest {
  if (operand === null) return (value) => value === null || value === undefined
  if (typeof operand === 'string' || typeof operand === 'boolean') return (value) => value === operand
  const kind = kindOf(operand)
  const key = orderedKey(operand)
  return (value) => value !== undefined && kindOf(value) === kind && orderedKey(value).equals(key)
}

function inTest(argument: unknown, name: string): ValueTest {
  const tests = asArray(argument, name).map((value) => {
    if (isOperators(value)) throw new StoreError('BadValue', `cannot nest $ under ${name}`)
    return value instanceof BSONRegExp ? regexTest(value.pattern, value.options) : equalTest(value)
  })
  return (value) => tests.some((test) => test(value))
}

/** A range holds only values of the operand's own kind; NaN is in no range but its own. */
function rangeTest(operand: unknown, fits: (order: number) => boolean): ValueTest {
  if (operand instanceof BSONRegExp) throw new StoreError('BadValue', "can't have a regex as an operand of a range")
  const kind = kindOf(operand)
  const matchesMissing = operand === null && fits(0)
  return (value) => {
    if (value === undefined) return matchesMissing
    if (kindOf(value) !== kind || notANumber(value) !== notANumber(operand)) return false
    return fits(compareValues(value, operand))
  }
}

function notANumber(value: unknown): boolean {
  return isNumber(value) && Number.isNaN(Number(value))
}

function existsTest(wanted: boolean) {
  return (leaves: unknown[]) => leaves.some((leaf) => leaf !== undefined) === wanted
}

function compileNot(argument: unknown) {
  if (!(argument instanceof BSONRegExp) && !isOperators(argument)) {
    throw new StoreError('BadValue', '$not needs a regex or a document of operators')
  }
  return not(compileLeaves(argument))
}

function compileRegex(argument: unknown, options: unknown): ValueTest {
  if (argument instanceof BSONRegExp) {
    return regexTest(argument.pattern, options === undefined ? argument.options : asString(options, '$options'))
  }
  return regexTest(asString(argument, '$regex'), options === undefined ? '' : asString(options, '$options'))
}

function regexTest(pattern: string, options: string): ValueTest {
  if (/[^ims]/.test(options)) throw new StoreError('BadValue', `unknown regex option in '${options}'`)
  let regex: RegExp
  try {
    regex = new RegExp(pattern, [...new Set(options)].join(''))
  } catch {
    throw new StoreError('BadValue', 'the regular expression is not one that JavaScript knows')
  }
  const same = orderedKey(new BSONRegExp(pattern, options))
  return (value) =>
    typeof value === 'string' ? regex.test(value) : value instanceof BSONRegExp && orderedKey(value).equals(same)
}

const TYPE_ALIASES: Record<string, string[]> = {
  double: ['double'],
  string: ['string'],
  object: ['object'],
  array: ['array'],
  binData: ['binData'],
  objectId: ['objectId'],
  bool: ['bool'],
  date: ['date'],
  null: ['null'],
  regex: ['regex'],
  int: ['int'],
  timestamp: ['timestamp'],
  long: ['long'],
  number: ['int', 'long', 'double'],
}
const TYPE_NUMBERS: Record<number, string> = {
  1: 'double',
  2: 'string',
  3: 'object',
  4: 'array',
  5: 'binData',
  7: 'objectId',
  8: 'bool',
  9: 'date',
  10: 'null',
  11: 'regex',
  16: 'int',
  17: 'timestamp',
  18: 'long',
}

function typeTest(argument: unknown): ValueTest {
  const wanted = (Array.isArray(argument) ? argument : [argument]).flatMap((type: unknown) => {
    const names = TYPE_ALIASES[(isNumber(type) ? TYPE_NUMBERS[Number(type)] : (type as string)) ?? '']
    if (!names) throw new StoreError('BadValue', 'unknown type in $type')
    return names
  })
  return (value) => wanted.includes(typeName(value))
}

function sizeTest(size: number) {
  if (size < 0) throw new StoreError('BadValue', '$size may not be negative')
  return (leaves: unknown[]) => leaves.some((leaf) => Array.isArray(leaf) && leaf.length === size)
}

/** One element has to satisfy everything at once: as a document, or as a value where the conditions are operators. */
function elementTest(conditions: Doc) {
  const fits = compileElement(conditions)
  return (leaves: unknown[]) => leaves.some((leaf) => Array.isArray(leaf) && leaf.some(fits))
}

function compileElement(conditions: Doc): ValueTest {
  if (isOperators(conditions) && !['$and', '$or', '$nor'].includes(Object.keys(conditions)[0]!)) {
    const test = compileLeaves(conditions)
    return (element) => test([element])
  }
  const test = compileFilter(conditions)
  return (element) => isDoc(element) && test(element)
}

/** What `$pull` removes: elements equal to the operand, or satisfying its conditions. */
export function compilePull(operand: unknown): ValueTest {
  if (operand instanceof BSONRegExp) return regexTest(operand.pattern, operand.options)
  return isDoc(operand) ? compileElement(operand) : equalTest(operand)
}
