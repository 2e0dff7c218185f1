import { deserialize, Double, Int32, Long, serialize } from 'bson'
import { StoreError } from './StoreError'

/** A document as the store holds it: field order kept, every number still the BSON type it was sent as. */
export type Doc = Record<string, unknown>
export type NumberValue = Int32 | Double | Long

export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024

export function decode(bytes: Uint8Array): Doc {
  return deserialize(bytes, { promoteValues: false, promoteLongs: false, promoteBuffers: false, bsonRegExp: true })
}

export function encode(doc: Doc): Buffer {
  return Buffer.from(serialize(doc, { ignoreUndefined: false }))
}

export function isDoc(value: unknown): value is Doc {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Date) &&
    !('_bsontype' in value)
  )
}

export function isNumber(value: unknown): value is NumberValue {
  return value instanceof Int32 || value instanceof Double || value instanceof Long
}

/** BSON's name of a value's type, as `$type` spells it; `missing` for a field that is not there. */
export function typeName(value: unknown): string {
  if (value === undefined) return 'missing'
  if (value === null) return 'null'
  if (typeof value === 'string') return 'string'
  if (typeof value === 'boolean') return 'bool'
  if (Array.isArray(value)) return 'array'
  if (value instanceof Date) return 'date'
  if (isDoc(value)) return 'object'
  const bsonType = (value as { _bsontype?: string })._bsontype ?? typeof value
  return TYPE_NAMES[bsonType] ?? bsonType
}

const TYPE_NAMES: Record<string, string> = {
  Int32: 'int',
  Double: 'double',
  Long: 'long',
  Binary: 'binData',
  ObjectId: 'objectId',
  BSONRegExp: 'regex',
  Timestamp: 'timestamp',
  MinKey: 'minKey',
  MaxKey: 'maxKey',
}

/** A number given as an argument of a command (`limit`, `batchSize`, …) as a whole JavaScript number. */
export function wholeNumber(value: unknown, name: string): number {
  const number = isNumber(value) ? Number(value) : NaN
  if (!Number.isSafeInteger(number)) throw new StoreError('TypeMismatch', `'${name}' must be a whole number`)
  return number
}

/** MongoDB reads flags from booleans and numbers alike (`{a: 1}`, `{a: true}`). */
export function truth(value: unknown, name: string): boolean {
  if (typeof value === 'boolean') return value
  if (isNumber(value)) return Number(value) !== 0
  throw new StoreError('TypeMismatch', `'${name}' must be a boolean`)
}

export function asDoc(value: unknown, name: string): Doc {
  if (!isDoc(value)) throw new StoreError('TypeMismatch', `'${name}' must be a document, not ${typeName(value)}`)
  return value
}

export function asArray(value: unknown, name: string): unknown[] {
  if (!Array.isArray(value)) throw new StoreError('TypeMismatch', `'${name}' must be an array, not ${typeName(value)}`)
  return value
}

export function asString(value: unknown, name: string): string {
  if (typeof value !== 'string') throw new StoreError('TypeMismatch', `'${name}' must be a string`)
  return value
}
