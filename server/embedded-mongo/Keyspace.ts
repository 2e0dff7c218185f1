import { open, type RootDatabase } from 'lmdb'
import { AFTER } from './orderedKey'
import { StoreError } from './StoreError'

const MAX_KEY_BYTES = 1978 // LMDB's limit with 4 KB pages
const CHUNK = 32
const CHUNK_BYTES = 4 * 1024 * 1024

/** What a key is about: its first byte. The next four bytes say which collection or index, the rest is its own key. */
export const AREA = { meta: 0, catalog: 1, documents: 2, entries: 3, sessions: 4 } as const
export type Area = (typeof AREA)[keyof typeof AREA]

/** From `from` (included) to `to` (not included). */
export type Range = { from: Buffer; to: Buffer }
export type Entry = { key: Buffer; value: Buffer }

/** The ordered bytes on disk: one LMDB file holds documents, index entries, catalog and sessions, so one commit covers all. */
export class Keyspace {
  readonly #db: RootDatabase<Buffer, Buffer>

  constructor(folder: string) {
    this.#db = open<Buffer, Buffer>({
      path: folder,
      encoding: 'binary',
      keyEncoding: 'binary',
      cache: false,
      overlappingSync: false, // a commit has been synced to disk when it returns
    })
  }

  get(key: Buffer): Buffer | undefined {
    return this.#db.get(key)
  }

  put(key: Buffer, value: Buffer): void {
    assertKeyFits(key)
    this.#db.putSync(key, value)
  }

  remove(key: Buffer): void {
    this.#db.removeSync(key)
  }

  removeRange(range: Range): void {
    for (const { key } of this.entries(range, false)) this.remove(key)
  }

  /** Everything `work` writes becomes durable together, or, when it throws, not at all. */
  commit<T>(work: () => T): T {
    return this.#db.transactionSync(work)
  }

  /**
   * Walks a range in chunks that are each read at once: the walk may pause for minutes without holding a snapshot, and
   * may be written under. It goes on behind the last key it has seen.
   */
  *entries({ from, to }: Range, reverse: boolean): Generator<Entry> {
    let seen: Buffer | undefined
    for (;;) {
      const bounds = reverse
        ? { start: seen ?? to, end: from, exclusiveStart: true, inclusiveEnd: true }
        : { start: seen ?? from, end: to, exclusiveStart: seen !== undefined }
      const { chunk, ended } = takeChunk(this.#db.getRange({ ...bounds, reverse, limit: CHUNK }) as Iterable<Entry>)
      yield* chunk
      if (ended) return
      seen = chunk.at(-1)!.key
    }
  }

  /** Sees what another process has committed meanwhile. */
  refresh(): void {
    this.#db.resetReadTxn()
  }

  close(): Promise<void> {
    return this.#db.close()
  }
}

/** As many entries as a chunk has, fewer where they are large; `ended`: there are no more behind them. */
function takeChunk(entries: Iterable<Entry>): { chunk: Entry[]; ended: boolean } {
  const chunk: Entry[] = []
  let bytes = 0
  for (const entry of entries) {
    chunk.push(entry)
    bytes += entry.value.length
    if (bytes > CHUNK_BYTES) return { chunk, ended: false }
  }
  return { chunk, ended: chunk.length < CHUNK }
}

export function areaKey(area: Area, id: number, ...rest: Buffer[]): Buffer {
  const head = Buffer.alloc(5)
  head[0] = area
  head.writeUInt32BE(id, 1)
  return Buffer.concat([head, ...rest])
}

/** All keys that begin with `prefix`. */
export function under(prefix: Buffer): Range {
  return { from: prefix, to: Buffer.concat([prefix, AFTER]) }
}

export function assertKeyFits(key: Buffer): void {
  if (key.length <= MAX_KEY_BYTES) return
  throw new StoreError('KeyTooLong', `the key of an index would be ${key.length} bytes; the limit is ${MAX_KEY_BYTES}`)
}
