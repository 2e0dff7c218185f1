import { randomInt } from 'node:crypto'
import type { Connection } from 'mongoose'
import { type Part, partKey } from '../../shared/part'
import type { FamilyKeys } from '../access/familyKeys'
import { bytesOf, DURABLE, isDuplicateKey } from '../durable'
import { type LiveDocumentRow, type PlanRecords, planRecords, type PlanUpdateRow } from './planRecords'

const MOVE_AT_ONCE = 200
const READ_AT_ONCE = 200
/** Yjs client ids are 32-bit. */
const CLIENT_IDS = 2 ** 32

export type LiveDocument = LiveDocumentRow

/** What one writer sent in one frame. */
export interface LogEntry {
  actor: string
  at: Date
  bytes: Uint8Array
}

/** Sealed and numbered, ready to be written; the same bytes are written again when the answer got lost. */
export type LogRecord = PlanUpdateRow

export interface Loaded {
  snapshot: Uint8Array | null
  updates: Uint8Array[]
  /** Of the last record, in the log or the snapshot. */
  lastSeq: number
  snapshotSeq: number
}

/** Somebody else wrote this place of the log: this process no longer owns the document. */
export class Fenced extends Error {
  override name = 'Fenced'
}

/** What sealed bytes are and where they belong: bytes copied to another place do not open. */
const context = (kind: string, { _id, generation }: LiveDocument, seq: number, entry = 0) =>
  `${kind} ${_id} ${generation} ${seq} ${entry}`

/** The live plan in MongoDB: an append-only log, snapshots of it, and the history they replaced. All words are sealed. */
export class PlanStore {
  readonly #records: PlanRecords
  readonly #keys: FamilyKeys

  constructor(db: Connection, keys: FamilyKeys) {
    this.#records = planRecords(db)
    this.#keys = keys
  }

  /** Makes the document with its first words; does nothing when it exists. */
  async birth(document: LiveDocument, first: LogEntry): Promise<void> {
    if (await this.#records.documents.exists({ _id: document._id })) return
    await this.#begin(document, first)
    await this.#records.documents.updateOne({ _id: document._id }, { $setOnInsert: document }, { upsert: true })
  }

  /** Takes the document to its next generation, which starts with these words. */
  async advance(next: LiveDocument, first: LogEntry): Promise<void> {
    const { _id, generation } = next
    await this.#begin(next, first)
    await this.#records.documents.updateOne({ _id, generation: generation - 1 }, { $set: { generation } })
  }

  /** The first record of a log. A try cut off half way is finished by the next one; words that were stored stay. */
  async #begin(document: LiveDocument, first: LogEntry): Promise<void> {
    await this.append(await this.seal(document, 1, [first])).catch((error) => {
      if (!(error instanceof Fenced)) throw error
    })
  }

  find(meetingId: string, part: Part): Promise<LiveDocument | null> {
    return this.#records.documents.findOne({ _id: `${meetingId}:${partKey(part)}` }).lean()
  }

  findAll(meetingId: string): Promise<LiveDocument[]> {
    return this.#records.documents.find({ meetingId }).lean()
  }

  /** Yjs client ids nobody has in this document and generation, remembered as `owner`'s. */
  async mintClients(document: LiveDocument, owner: string, count: number): Promise<number[]> {
    return (await this.mintClientsOfEach([document], owner, count))[0]!
  }

  /** So many for each of these documents, with one write. */
  async mintClientsOfEach(documents: LiveDocument[], owner: string, count: number): Promise<number[][]> {
    const minted = documents.map(() => Array.from({ length: count }, () => randomInt(1, CLIENT_IDS)))
    const rows = documents.flatMap(({ _id, generation }, index) =>
      minted[index]!.map((clientId) => ({ document: _id, generation, clientId, owner })),
    )
    if (rows.length === 0) return minted
    try {
      await this.#records.clients.collection.insertMany(rows, { writeConcern: DURABLE })
      return minted
    } catch (error) {
      if (!isDuplicateKey(error)) throw error
      // One of them is taken: all anew. What was remembered of these is handed out to nobody.
      return this.mintClientsOfEach(documents, owner, count)
    }
  }

  async clientsOf({ _id, generation }: LiveDocument, owner: string): Promise<Set<number>> {
    const rows = await this.#records.clients.find({ document: _id, generation, owner }, { clientId: 1 }).lean()
    return new Set(rows.map((row) => row.clientId))
  }

  /** For whom these client ids were minted. */
  async ownersOf({ _id, generation }: LiveDocument, clientIds: Iterable<number>): Promise<Map<number, string>> {
    const these = { document: _id, generation, clientId: { $in: [...clientIds] } }
    const rows = await this.#records.clients.find(these, { clientId: 1, owner: 1 }).lean()
    return new Map(rows.map(({ clientId, owner }) => [clientId, owner]))
  }

  /** @throws when the log has a hole or a record does not open */
  async load(document: LiveDocument): Promise<Loaded> {
    const { _id, generation } = document
    const snapshot = await this.#records.snapshots.findOne({ document: _id, generation }).sort({ uptoSeq: -1 }).lean()
    const snapshotSeq = snapshot?.uptoSeq ?? 0
    const rows = await this.#records.updates
      .find({ document: _id, generation, seq: { $gt: snapshotSeq } })
      .sort({ seq: 1 })
      .lean<PlanUpdateRow[]>()
    rows.forEach((row, index) => {
      if (row.seq !== snapshotSeq + 1 + index) throw new Error(`the log of ${_id} has a hole at ${row.seq}`)
    })
    return {
      snapshot: snapshot ? await this.readSnapshot(document, snapshotSeq) : null,
      updates: (await Promise.all(rows.map((row) => this.#unseal(document, row)))).flat(),
      lastSeq: snapshotSeq + rows.length,
      snapshotSeq,
    }
  }

  #unseal(document: LiveDocument, { seq, entries }: PlanUpdateRow): Promise<Uint8Array[]> {
    return Promise.all(
      entries.map(({ bytes }, index) =>
        this.#keys.open(document.familyId, bytesOf(bytes), context('words', document, seq, index)),
      ),
    )
  }

  /**
   * What was ever written in this generation, record by record, from behind `afterSeq` up to and with `uptoSeq` (or to
   * the end of a generation that is over).
   *
   * @throws when the log has a hole or a record does not open
   */
  async *readLog(
    document: LiveDocument,
    afterSeq: number,
    uptoSeq: number,
  ): AsyncGenerator<{ seq: number; entries: LogEntry[] }> {
    for (let seq = afterSeq; seq < uptoSeq;) {
      const rows = await this.#readRows(document, seq, Math.min(seq + READ_AT_ONCE, uptoSeq))
      if (rows.length === 0) {
        if (uptoSeq === Infinity) return
        throw new Error(`the log of ${document._id} has a hole at ${seq + 1}`)
      }
      for (const row of rows) {
        const bytes = await this.#unseal(document, row)
        yield { seq: row.seq, entries: row.entries.map((entry, index) => ({ ...entry, bytes: bytes[index]! })) }
      }
      seq += rows.length
    }
  }

  async #readRows({ _id, generation }: LiveDocument, afterSeq: number, uptoSeq: number): Promise<PlanUpdateRow[]> {
    const these = { document: _id, generation, seq: { $gt: afterSeq, $lte: uptoSeq } }
    const bySeq = new Map<number, PlanUpdateRow>()
    // Records move from the log to the history: in this order none can be missed, and some are met twice.
    for (const records of [this.#records.updates, this.#records.history]) {
      for (const row of await records.find(these).lean<PlanUpdateRow[]>()) bySeq.set(row.seq, row)
    }
    const rows = [...bySeq.values()].sort((a, b) => a.seq - b.seq)
    rows.forEach((row, index) => {
      if (row.seq !== afterSeq + 1 + index) throw new Error(`the log of ${_id} has a hole at ${afterSeq + 1 + index}`)
    })
    return rows
  }

  async seal(document: LiveDocument, seq: number, entries: LogEntry[]): Promise<LogRecord> {
    const sealed = await Promise.all(
      entries.map(async ({ actor, at, bytes }, index) => ({
        actor,
        at,
        bytes: await this.#keys.seal(document.familyId, bytes, context('words', document, seq, index)),
      })),
    )
    return { document: document._id, generation: document.generation, seq, entries: sealed }
  }

  /**
   * Stores a record, durably. Writing the same record again is not an error.
   *
   * @throws Fenced when another record stands in its place
   */
  async append(record: LogRecord): Promise<void> {
    try {
      // The driver's own insert: the record was made by `seal`, and casting every keystroke again costs time.
      await this.#records.updates.collection.insertOne({ ...record }, { writeConcern: DURABLE })
    } catch (error) {
      if (!isDuplicateKey(error)) throw error
      const { document, generation, seq } = record
      const stored = await this.#records.updates.findOne({ document, generation, seq }).lean<PlanUpdateRow>()
      if (!stored || !sameEntries(stored, record)) throw new Fenced(`${document} has another record ${seq}`)
    }
  }

  async writeSnapshot(document: LiveDocument, uptoSeq: number, state: Uint8Array): Promise<void> {
    const { _id, generation } = document
    const bytes = await this.#keys.seal(document.familyId, state, context('snapshot', document, uptoSeq))
    await this.#records.snapshots.updateOne(
      { document: _id, generation, uptoSeq },
      { $setOnInsert: { bytes } },
      { upsert: true },
    )
  }

  async readSnapshot(document: LiveDocument, uptoSeq: number): Promise<Uint8Array> {
    const { _id, generation } = document
    const row = await this.#records.snapshots.findOne({ document: _id, generation, uptoSeq }).lean()
    if (!row) throw new Error(`no snapshot ${uptoSeq} of ${_id}`)
    return this.#keys.open(document.familyId, bytesOf(row.bytes), context('snapshot', document, uptoSeq))
  }

  /** Moves the records a snapshot covers to the history; nothing is deleted before it stands there. */
  async moveToHistory({ _id, generation }: LiveDocument, uptoSeq: number): Promise<void> {
    const { updates, history } = this.#records
    for (;;) {
      const covered = updates.collection.find({ document: _id, generation, seq: { $lte: uptoSeq } })
      const rows = await covered.sort({ seq: 1 }).limit(MOVE_AT_ONCE).toArray()
      if (rows.length === 0) return
      const ids = { _id: { $in: rows.map((row) => row._id) } }
      await history.collection.insertMany(rows, { ordered: false, writeConcern: DURABLE }).catch((error) => {
        // Standing there already: an earlier move was cut off between writing and deleting.
        if (!isDuplicateKey(error)) throw error
      })
      const standing = await history.collection.find(ids, { projection: { _id: 1 } }).toArray()
      if (standing.length !== rows.length) throw new Error(`the history of ${_id} is not whole, nothing was deleted`)
      await updates.collection.deleteMany(ids, { writeConcern: DURABLE })
    }
  }
}

function sameEntries(stored: PlanUpdateRow, record: PlanUpdateRow): boolean {
  return (
    stored.entries.length === record.entries.length &&
    stored.entries.every((entry, index) => Buffer.compare(bytesOf(entry.bytes), record.entries[index]!.bytes) === 0)
  )
}
