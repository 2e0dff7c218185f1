import { randomBytes } from 'node:crypto'
import { Long } from 'bson'
import { encodeBatch } from './encodeBatch'
import { StoreError } from './StoreError'
import { MAX_DOCUMENT_BYTES } from './values'

type Cursor = { namespace: string; documents: Iterator<Buffer>; next: Buffer | undefined; usedAt: number }

const NONE = Long.ZERO
const FIRST_BATCH = 101
const IDLE_MS = 10 * 60_000

/** Results that are still being read. A cursor is a walk that pauses; what it has not come to yet is not in memory. */
export class Cursors {
  readonly #open = new Map<string, Cursor>()

  /** The first batch, and a cursor for the rest if there is one. */
  first(namespace: string, documents: Iterator<Buffer>, batchSize = FIRST_BATCH, single = false): Buffer {
    const cursor = { namespace, documents, next: undefined, usedAt: Date.now() }
    const batch = takeBatch(cursor, batchSize)
    const id = single || !advance(cursor, batchSize) ? NONE : this.#keep(cursor)
    return encodeBatch('firstBatch', namespace, id, batch)
  }

  more(id: Long, namespace: string, batchSize: number): Buffer {
    const cursor = this.#open.get(id.toString())
    if (cursor?.namespace !== namespace) throw new StoreError('CursorNotFound', `cursor id ${id} not found`)
    cursor.usedAt = Date.now()
    const batch = takeBatch(cursor, batchSize)
    const goesOn = advance(cursor, 1)
    if (!goesOn) this.#open.delete(id.toString())
    return encodeBatch('nextBatch', namespace, goesOn ? id : NONE, batch)
  }

  /** Returns whether there was such a cursor. */
  kill(id: Long): boolean {
    return this.#open.delete(id.toString())
  }

  forgetIdle(now: number): void {
    for (const [id, { usedAt }] of this.#open) if (now - usedAt > IDLE_MS) this.#open.delete(id)
  }

  #keep(cursor: Cursor): Long {
    const id = Long.fromBigInt(randomBytes(8).readBigInt64BE() & 0x7fffffffffffffffn)
    this.#open.set(id.toString(), cursor)
    return id
  }
}

/** As many documents as asked for and as fit into one answer, and always at least one if any is left. */
function takeBatch(cursor: Cursor, batchSize: number): Buffer[] {
  const batch: Buffer[] = []
  let bytes = 0
  while (batch.length < batchSize && advance(cursor, 1)) {
    bytes += cursor.next!.length
    if (batch.length > 0 && bytes > MAX_DOCUMENT_BYTES) break
    batch.push(cursor.next!)
    cursor.next = undefined
  }
  return batch
}

/** Looks one document ahead. A first batch of size 0 asks for a cursor only: nothing is read. */
function advance(cursor: Cursor, batchSize: number): boolean {
  if (batchSize === 0) return true
  cursor.next ??= cursor.documents.next().value as Buffer | undefined
  return cursor.next !== undefined
}
