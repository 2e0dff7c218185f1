import { compileFilter, type Predicate } from './compileFilter'
import { type KeyPattern } from './indexKeys'
import { AREA, areaKey, under, type Keyspace } from './Keyspace'
import { StoreError } from './StoreError'
import { decode, encode, type Doc } from './values'

export type Index = {
  id: number
  name: string
  pattern: KeyPattern
  unique: boolean
  sparse: boolean
  partial: Doc | null
  expireAfterSeconds: number | null
  /** Some document has several keys in it (arrays); never turns back to false. */
  multikey: boolean
  /** Which documents a partial index lists. */
  includes: Predicate
}
export type IndexOptions = Omit<Index, 'id' | 'multikey' | 'includes'>

export type Collection = { id: number; db: string; name: string; indexes: Index[] }

export const ID_PATTERN: KeyPattern = [['_id', 1]]

/** Which collections and indexes there are: on disk, and the same in memory. Changed only inside a commit. */
export class Catalog {
  readonly #keyspace: Keyspace
  readonly #collections = new Map<string, Collection>()

  constructor(keyspace: Keyspace) {
    this.#keyspace = keyspace
    this.reload()
  }

  /** Forgets what a commit that failed had changed in memory. */
  reload(): void {
    this.#collections.clear()
    for (const { value } of this.#keyspace.entries(under(Buffer.from([AREA.catalog])), false)) {
      const collection = fromRecord(decode(value))
      this.#collections.set(namespace(collection.db, collection.name), collection)
    }
  }

  find(db: string, name: string): Collection | undefined {
    return this.#collections.get(namespace(db, name))
  }

  all(): Collection[] {
    return [...this.#collections.values()]
  }

  /** The collection, made when it is not there yet. */
  ensure(db: string, name: string): Collection {
    const found = this.find(db, name)
    if (found) return found
    if (!isValidName(name)) throw new StoreError('InvalidNamespace', `Invalid collection name: '${name}'`)
    const collection: Collection = { id: this.#nextId(), db, name, indexes: [] }
    this.#save(collection)
    return collection
  }

  addIndex(collection: Collection, options: IndexOptions): Index {
    const index = { ...options, id: this.#nextId(), multikey: false, includes: compileFilter(options.partial ?? {}) }
    collection.indexes.push(index)
    this.#save(collection)
    return index
  }

  dropIndex(collection: Collection, index: Index): void {
    this.#keyspace.removeRange(under(areaKey(AREA.entries, index.id)))
    collection.indexes = collection.indexes.filter((other) => other !== index)
    this.#save(collection)
  }

  markMultikey(collection: Collection, index: Index): void {
    if (index.multikey) return
    index.multikey = true
    this.#save(collection)
  }

  drop(collection: Collection): void {
    for (const index of collection.indexes) this.#keyspace.removeRange(under(areaKey(AREA.entries, index.id)))
    this.#keyspace.removeRange(under(areaKey(AREA.documents, collection.id)))
    this.#keyspace.remove(areaKey(AREA.catalog, collection.id))
    this.#collections.delete(namespace(collection.db, collection.name))
  }

  #save(collection: Collection): void {
    this.#keyspace.put(areaKey(AREA.catalog, collection.id), encode(toRecord(collection)))
    this.#collections.set(namespace(collection.db, collection.name), collection)
  }

  #nextId(): number {
    const id = (this.#keyspace.get(LAST_ID)?.readUInt32BE() ?? 0) + 1
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(id)
    this.#keyspace.put(LAST_ID, bytes)
    return id
  }
}

const LAST_ID = areaKey(AREA.meta, 0)

export function namespace(db: string, name: string): string {
  return `${db}.${name}`
}

function isValidName(name: string): boolean {
  return name !== '' && !/[$\0]/.test(name) && !name.startsWith('system.') && !name.startsWith('.')
}

function toRecord({ indexes, ...collection }: Collection): Doc {
  return { ...collection, indexes: indexes.map(({ includes: _, ...index }) => index) }
}

function fromRecord(record: Doc): Collection {
  return {
    id: Number(record.id),
    db: record.db as string,
    name: record.name as string,
    indexes: (record.indexes as Doc[]).map(indexFromRecord),
  }
}

function indexFromRecord(record: Doc): Index {
  const partial = record.partial as Doc | null
  return {
    ...(record as Pick<Index, 'name' | 'unique' | 'sparse' | 'multikey'>),
    id: Number(record.id),
    pattern: (record.pattern as [string, unknown][]).map(([path, direction]) => [path, Number(direction) as 1 | -1]),
    partial,
    expireAfterSeconds: record.expireAfterSeconds === null ? null : Number(record.expireAfterSeconds),
    includes: compileFilter(partial ?? {}),
  }
}
