import { Binary, BSONRegExp, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson'
import { StoreError } from './StoreError'
import { isDoc, isNumber, typeName, type Doc, type NumberValue } from './values'

// Every value has one byte string, and comparing two of those byte by byte is comparing the values in MongoDB's
// order. Index keys, sorting, equality and ranges all rest on this one definition, so they cannot disagree.
// A byte string is never the beginning of another one: several can stand behind each other in a compound key.

/** The kinds in their order. Integers, longs and doubles are one kind: they compare as numbers. */
export const KIND = {
  min: 0x01,
  emptyArray: 0x02, // an empty array's entry in an index: below null, as in MongoDB
  null: 0x03,
  number: 0x10,
  string: 0x18,
  object: 0x20,
  array: 0x28,
  binary: 0x30,
  objectId: 0x38,
  boolean: 0x40,
  date: 0x48,
  timestamp: 0x50,
  regex: 0x58,
  max: 0x7f,
} as const

/** No key that continues a prefix is above prefix + AFTER, whether ascending or descending. */
export const AFTER = Buffer.from([0xff])

export const EMPTY_ARRAY_KEY = Buffer.from([KIND.emptyArray])

export function orderedKey(value: unknown): Buffer {
  return Buffer.concat(parts(value))
}

/** Negative, zero, positive: a before, equal to, after b. */
export function compareValues(a: unknown, b: unknown): number {
  return a === b ? 0 : Buffer.compare(orderedKey(a), orderedKey(b))
}

export function kindOf(value: unknown): number {
  if (value === null || value === undefined) return KIND.null
  if (typeof value === 'string') return KIND.string
  if (isNumber(value)) return KIND.number
  if (typeof value === 'boolean') return KIND.boolean
  if (value instanceof ObjectId) return KIND.objectId
  if (value instanceof Date) return KIND.date
  if (Array.isArray(value)) return KIND.array
  if (value instanceof Binary) return KIND.binary
  if (isDoc(value)) return KIND.object
  if (value instanceof Timestamp) return KIND.timestamp
  if (value instanceof BSONRegExp) return KIND.regex
  if (value instanceof MinKey) return KIND.min
  if (value instanceof MaxKey) return KIND.max
  throw new StoreError('BadValue', `the embedded store cannot hold values of type ${typeName(value)}`)
}

/** Turns the order of a key around, for the descending fields of an index. */
export function descending(key: Buffer): Buffer {
  const turned = Buffer.allocUnsafe(key.length)
  for (let i = 0; i < key.length; i++) turned[i] = 0xff - key[i]!
  return turned
}

function parts(value: unknown): Buffer[] {
  const kind = kindOf(value)
  return [Buffer.from([kind]), ...content(kind, value)]
}

function content(kind: number, value: unknown): Buffer[] {
  switch (kind) {
    case KIND.number:
      return [numberBytes(value as NumberValue)]
    case KIND.string:
      return [textBytes(value as string)]
    case KIND.objectId:
      return [Buffer.from((value as ObjectId).id)]
    case KIND.date:
      return [signedBytes(BigInt((value as Date).getTime()))]
    case KIND.boolean:
      return [Buffer.from([value ? 1 : 0])]
    case KIND.object:
      return [...Object.entries(value as Doc).flatMap(fieldParts), END]
    case KIND.array:
      return [...(value as unknown[]).flatMap(parts), END]
    case KIND.binary:
      return binaryParts(value as Binary)
    case KIND.timestamp:
      return [unsignedBytes((value as Timestamp).toBigInt())]
    case KIND.regex:
      return [textBytes((value as BSONRegExp).pattern), textBytes((value as BSONRegExp).options)]
    default:
      return []
  }
}

const END = Buffer.from([0])

/** Objects compare field by field: the kind of its value first, then its name, then the value. */
function fieldParts([name, value]: [string, unknown]): Buffer[] {
  const [kind, ...rest] = parts(value)
  return [kind!, textBytes(name), ...rest]
}

function binaryParts(value: Binary): Buffer[] {
  const head = Buffer.alloc(5)
  head.writeUInt32BE(value.length())
  head[4] = value.sub_type
  return [head, Buffer.from(value.buffer.subarray(0, value.length()))]
}

/** UTF-8 closed by 00 00; a zero inside becomes 00 01, so that it still sorts above the end. */
function textBytes(text: string): Buffer {
  const bytes = Buffer.from(text)
  if (!bytes.includes(0)) return Buffer.concat([bytes, TEXT_END])
  return Buffer.concat([Buffer.from(text.replaceAll('\0', '\0\u{1}')), TEXT_END])
}

const TEXT_END = Buffer.from([0, 0])

/** The nearest double, then how far a long is off it (at most 512): exact for doubles and for all 64-bit integers. */
function numberBytes(value: NumberValue): Buffer {
  const bytes = Buffer.alloc(10)
  const nearest = Number(value) || 0 // -0 is 0; NaN is dealt with next
  if (Number.isNaN(Number(value))) return bytes
  bytes.writeDoubleBE(nearest)
  if (nearest < 0) for (let i = 0; i < 8; i++) bytes[i] = 0xff - bytes[i]!
  else bytes[0]! |= 0x80
  const offset = value instanceof Long ? Number(value.toBigInt() - BigInt(nearest)) : 0
  bytes.writeUInt16BE(offset + 0x8000, 8)
  return bytes
}

function signedBytes(value: bigint): Buffer {
  return unsignedBytes(value + (1n << 63n))
}

function unsignedBytes(value: bigint): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(value)
  return bytes
}
