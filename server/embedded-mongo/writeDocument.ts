import { BSONRegExp, ObjectId } from 'bson'
import { namespace, type Catalog, type Collection, type Index } from './Catalog'
import { type Found } from './findDocuments'
import { indexKeys } from './indexKeys'
import { AREA, areaKey, assertKeyFits, under, type Keyspace } from './Keyspace'
import { leavesAt } from './leavesAt'
import { kindOf, orderedKey } from './orderedKey'
import { StoreError } from './StoreError'
import { encode, isDoc, MAX_DOCUMENT_BYTES, type Doc } from './values'

// One document is written with all its index entries or not at all: everything that can be refused is checked
// before the first byte is put. An entry's key is the indexed values and then the _id; its value is the _id's key.

export type Ground = { keyspace: Keyspace; catalog: Catalog }

export function insertDocument(ground: Ground, collection: Collection, given: Doc): Doc {
  const doc: Doc = { _id: given._id === undefined ? new ObjectId() : given._id, ...withoutId(given) }
  const bytes = checkedBytes(doc)
  const key = documentKey(collection, doc._id)
  assertKeyFits(key)
  if (ground.keyspace.get(key)) throw duplicateKey(collection, '_id_', [['_id', 1]], doc)
  const added = collection.indexes.flatMap((index) => entriesOf(index, doc))
  for (const { index, entry } of added) assertFree(ground, collection, index, entry, doc)
  ground.keyspace.put(key, bytes)
  putEntries(ground, collection, doc, added)
  return doc
}

/** Returns whether anything changed. */
export function replaceDocument(ground: Ground, collection: Collection, found: Found, next: Doc): boolean {
  const bytes = checkedBytes(next)
  if (bytes.equals(found.bytes)) return false
  const old = found.doc
  const added: Added[] = []
  const removed: Added[] = []
  for (const index of collection.indexes) {
    const before = entriesOf(index, old)
    const after = entriesOf(index, next)
    removed.push(...before.filter((entry) => !holds(after, entry)))
    added.push(...after.filter((entry) => !holds(before, entry)))
  }
  for (const { index, entry } of added) assertFree(ground, collection, index, entry, next)
  for (const { entry } of removed) ground.keyspace.remove(withId(entry, old))
  ground.keyspace.put(documentKey(collection, old._id), bytes)
  putEntries(ground, collection, next, added)
  return true
}

export function removeDocument(ground: Ground, collection: Collection, doc: Doc): void {
  for (const index of collection.indexes) {
    for (const entry of entryKeys(index, doc)) ground.keyspace.remove(withId(entry, doc))
  }
  ground.keyspace.remove(documentKey(collection, doc._id))
}

/** Lists a document that was there before the index was. */
export function indexDocument(ground: Ground, collection: Collection, index: Index, doc: Doc): void {
  const added = entriesOf(index, doc)
  for (const { entry } of added) assertFree(ground, collection, index, entry, doc)
  putEntries(ground, collection, doc, added)
}

export function documentKey(collection: Collection, id: unknown): Buffer {
  return areaKey(AREA.documents, collection.id, orderedKey(id))
}

type Added = { index: Index; entry: Buffer; oneOfSeveral: boolean }

function entriesOf(index: Index, doc: Doc): Added[] {
  return entryKeys(index, doc).map((entry, _, all) => ({ index, entry, oneOfSeveral: all.length > 1 }))
}

function putEntries(ground: Ground, collection: Collection, doc: Doc, added: Added[]): void {
  const id = orderedKey(doc._id)
  for (const { index, entry, oneOfSeveral } of added) {
    ground.keyspace.put(Buffer.concat([entry, id]), id)
    if (oneOfSeveral) ground.catalog.markMultikey(collection, index)
  }
}

/** The keys of a document's entries in an index, still without the _id behind them. */
export function entryKeys(index: Index, doc: Doc): Buffer[] {
  if (index.sparse && index.pattern.every(([path]) => !exists(doc, path))) return []
  if (!index.includes(doc)) return []
  return indexKeys(doc, index.pattern).map((key) => areaKey(AREA.entries, index.id, key))
}

function exists(doc: Doc, path: string): boolean {
  return leavesAt(doc, path.split('.')).some((leaf) => leaf !== undefined)
}

function withId(entry: Buffer, doc: Doc): Buffer {
  return Buffer.concat([entry, orderedKey(doc._id)])
}

function holds(entries: Added[], { entry }: Added): boolean {
  return entries.some((other) => other.entry.equals(entry))
}

function assertFree(ground: Ground, collection: Collection, index: Index, entry: Buffer, doc: Doc): void {
  const id = orderedKey(doc._id)
  assertKeyFits(Buffer.concat([entry, id]))
  if (!index.unique) return
  for (const other of ground.keyspace.entries(under(entry), false)) {
    if (!other.value.equals(id)) throw duplicateKey(collection, index.name, index.pattern, doc)
  }
}

function duplicateKey(collection: Collection, name: string, pattern: Index['pattern'], doc: Doc): StoreError {
  const keyValue = Object.fromEntries(pattern.map(([path]) => [path, leavesAt(doc, path.split('.'))[0] ?? null]))
  const where = `collection: ${namespace(collection.db, collection.name)} index: ${name}`
  return new StoreError('DuplicateKey', `E11000 duplicate key error ${where} dup key: ${JSON.stringify(keyValue)}`, {
    keyPattern: Object.fromEntries(pattern),
    keyValue,
  })
}

function withoutId({ _id: _, ...rest }: Doc): Doc {
  return rest
}

function checkedBytes(doc: Doc): Buffer {
  if (Array.isArray(doc._id) || doc._id instanceof BSONRegExp) {
    throw new StoreError('BadValue', "the '_id' may not be an array or a regex")
  }
  assertStorable(doc, 0)
  const bytes = encode(doc)
  if (bytes.length <= MAX_DOCUMENT_BYTES) return bytes
  throw new StoreError(
    'BSONObjectTooLarge',
    `the document has ${bytes.length} bytes; the limit is ${MAX_DOCUMENT_BYTES}`,
  )
}

const MAX_DEPTH = 100

function assertStorable(value: unknown, depth: number): void {
  if (depth > MAX_DEPTH) throw new StoreError('BadValue', `a document may be nested ${MAX_DEPTH} levels deep`)
  kindOf(value) // throws on types the store has no order for
  if (Array.isArray(value)) return value.forEach((element) => assertStorable(element, depth + 1))
  if (!isDoc(value)) return
  for (const [name, inner] of Object.entries(value)) {
    if (name.startsWith('$') || name === '__proto__') {
      throw new StoreError('DollarPrefixedFieldName', `a field may not be named '${name}'`)
    }
    assertStorable(inner, depth + 1)
  }
}
