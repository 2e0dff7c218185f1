import * as encoding from 'lib0/encoding'
import type { Logger } from 'pino'
import * as Y from 'yjs'
import { PlanError, type ErrorCode } from '../../shared/errors'
import { changesOrders } from '../../shared/ordered'
import { FRAME, SYNC } from '../../shared/planFrames'
import { type Plan, readPlan } from '../../shared/plan'
import { gate } from './gate'
import type { PlanConnection } from './PlanConnection'
import { Fenced, type LiveDocument, type LogEntry, type PlanStore } from './planStore'
import { PresenceBoard } from './presence'

/** Origin of what is replayed from the store; never broadcast. */
const LOADING = Symbol('loading')
/** Most bytes in one record, unless one submission alone is more (a whole plan that is brought back). */
const BATCH_BYTES = 4_000_000
/** Most bytes ever written into one document, so that all of it fits into one record: MongoDB takes 16 MB. */
const DOCUMENT_BYTES = 14_000_000
/** What may wait for the words before it, per connection. */
const HELD_BYTES = 1_000_000
/** Records after which the log is folded into a snapshot. */
const COMPACT_AFTER = 500
const RETRY_MS = [100, 200, 500, 1_000, 2_000]

interface Submission {
  actor: string
  bytes: Uint8Array
  owns(clientId: number): boolean
  /** Where it came from; the server's own words have none. */
  connection?: PlanConnection
  /** Sync step 2: the answer to the server's step 1. */
  answersStep1?: boolean
  /** Called once the words are durable; not called when they were refused. */
  stored?(): void
  refused?(error: Error): void
}

interface Batch {
  entries: LogEntry[]
  /** What was handled and is durable with this batch. */
  settled: Submission[]
  /** The one update all of it makes together; undefined when nothing was new. */
  update: Uint8Array | undefined
}

export function syncFrame(type: number, bytes: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, FRAME.sync)
    encoding.writeVarUint(encoder, type)
    encoding.writeVarUint8Array(encoder, bytes)
  })
}

/**
 * One live document in memory. What people send gathers while a commit is on its way; then all of it passes the
 * gate and enters the document in one transaction, is stored, and only then leaves: to the others as one update, to
 * the writers as "saved".
 *
 * Invariant: outside of `#commit`, everything in the document is durable. Whoever reads it for somebody else
 * does so through `atRest`.
 */
export class LivePlan {
  readonly connections = new Set<PlanConnection>()
  readonly presence = new PresenceBoard(this.connections)
  #queue: Submission[] = []
  /** What came while the plan was frozen; null while it is not. */
  #late: Submission[] | null = null
  /** This generation is over: a sealed version holds its words. */
  #sealed = false
  readonly #held = new Map<PlanConnection, Submission[]>()
  /** Who waits to read the document at rest. */
  readonly #readers: { look(): void; fail(error: Error): void }[] = []
  /** Yjs client id → the connection that writes with it. */
  readonly #writers = new Map<number, PlanConnection>()
  #committing = false
  #scheduled = false
  #closing = false
  #ended = false
  #broken = false
  #compacting: Promise<void> = Promise.resolve()

  private constructor(
    readonly document: LiveDocument,
    private readonly doc: Y.Doc,
    private readonly store: PlanStore,
    private readonly log: Logger,
    private readonly clock: () => Date,
    private seq: number,
    private snapshotSeq: number,
    private size: number,
    /** Tells that this plan cannot go on in memory and must be loaded anew. */
    private readonly onBroken: () => void,
  ) {}

  /**
   * Replays snapshot and log.
   *
   * @throws when anything is missing: a failed load never yields a writable document
   */
  static async load(
    document: LiveDocument,
    deps: { store: PlanStore; log: Logger; clock: () => Date; onBroken: () => void },
  ): Promise<LivePlan> {
    const loaded = await deps.store.load(document)
    const doc = new Y.Doc()
    const parts = loaded.snapshot ? [loaded.snapshot, ...loaded.updates] : loaded.updates
    doc.transact(() => parts.forEach((part) => Y.applyUpdate(doc, part, LOADING)), LOADING)
    if (loaded.lastSeq === 0 || doc.store.pendingStructs || doc.store.pendingDs) {
      throw new Error(`the log of ${document._id} is not whole`)
    }
    const size = parts.reduce((sum, part) => sum + part.length, 0)
    const { store, log, clock, onBroken } = deps
    const plan = new LivePlan(document, doc, store, log, clock, loaded.lastSeq, loaded.snapshotSeq, size, onBroken)
    plan.#compactIfLong()
    return plan
  }

  /**
   * Reads the document when everything in it is durable. `look` must not keep the document.
   *
   * @throws when the plan broke before it came to rest
   */
  atRest<T>(look: (doc: Y.Doc) => T): Promise<T> {
    return new Promise((resolve, fail) => {
      const now = () => {
        try {
          resolve(look(this.doc))
        } catch (error) {
          fail(error as Error)
        }
      }
      if (this.#broken) fail(new PlanError('plan/unavailable'))
      else if (this.#committing) this.#readers.push({ look: now, fail })
      else now()
    })
  }

  /** Number of the last durable record in the log. */
  get lastSeq(): number {
    return this.seq
  }

  join(connection: PlanConnection): void {
    this.connections.add(connection)
    this.presence.tellAll(connection)
    this.atRest((doc) => connection.send(syncFrame(SYNC.step1, Y.encodeStateVector(doc)))).catch(() =>
      connection.close('plan/unavailable'),
    )
  }

  leave(connection: PlanConnection): void {
    this.connections.delete(connection)
    this.presence.leave(connection)
    this.#held.delete(connection)
    for (const [clientId, writer] of this.#writers) if (writer === connection) this.#writers.delete(clientId)
  }

  /** Answers a page's sync step 1; from then on it follows the broadcasts. A vector of noise is refused. */
  follow(connection: PlanConnection, stateVector: Uint8Array): void {
    this.atRest((doc) => {
      connection.send(syncFrame(SYNC.step2, Y.encodeStateAsUpdate(doc, stateVector)))
      connection.following = true
    }).catch(() => (this.#broken ? connection.close('plan/unavailable') : connection.refuse('request/invalid')))
  }

  submit(submission: Submission): void {
    // Not acknowledged, so the page sends it again to whoever opens the document next.
    if (this.#broken) return submission.refused?.(new PlanError('plan/unavailable'))
    if (this.#closing) return submission.refused?.(new PlanError('server/stopping'))
    ;(this.#late ?? this.#queue).push(submission)
    this.#schedule()
  }

  /**
   * Words that come without a page (demo data, what is brought back from a version): changed on a copy, then stored like
   * anybody's. What others write while `change` waits for something is merged with it.
   *
   * @param clientId minted for `actor` here
   */
  async edit(actor: string, clientId: number, change: (doc: Y.Doc) => void | Promise<void>): Promise<void> {
    const copy = new Y.Doc()
    const before = await this.atRest((doc) => {
      Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
      return Y.encodeStateVector(doc)
    })
    copy.clientID = clientId
    await change(copy)
    const bytes = Y.encodeStateAsUpdate(copy, before)
    copy.destroy()
    await new Promise<void>((stored, refused) =>
      this.submit({ actor, bytes, owns: (id) => id === clientId, stored, refused }),
    )
  }

  /** After rights were asked again: what waited goes on, or is dropped with its connection. */
  resume(connection: PlanConnection): void {
    connection.resume()
    this.#schedule()
  }

  /**
   * Freezes the writers, makes durable and acknowledges what was received, and hands the words to `keep`; what comes
   * meanwhile waits. When `keep` is done this generation takes no more words: those that waited are refused. When it
   * fails everything goes on as if nothing had happened.
   *
   * @throws version/outdated when somebody else is at it; what `keep` throws
   */
  async seal<T>(keep: (plan: Plan) => Promise<T>): Promise<T> {
    if (this.#late || this.#sealed) throw new PlanError('version/outdated')
    const late: Submission[] = []
    this.#late = late
    try {
      await this.#drain((suspended) => late.push(suspended))
      const kept = await keep(await this.atRest(readPlan))
      this.#sealed = true
      return kept
    } finally {
      this.#late = null
      for (const submission of late) this.submit(submission)
    }
  }

  /** Until everything in the queue is durable, without what still waits for an answer about its writer's rights. */
  async #drain(leaveOut: (suspended: Submission) => void): Promise<void> {
    while (!this.#broken && (this.#committing || this.#queue.length > 0)) {
      for (const submission of this.#queue) if (submission.connection?.suspended) leaveOut(submission)
      this.#queue = this.#queue.filter(({ connection }) => !connection?.suspended)
      this.#schedule()
      await new Promise(setImmediate)
      await this.atRest(() => undefined).catch(() => undefined)
    }
  }

  /** Waits until what was received is durable, then stops. The document must not be used afterwards. */
  async close(): Promise<void> {
    this.#closing = true
    await this.#drain(({ connection }) => connection && (connection.revoked = true))
    this.#ended = true
    await this.#compacting
    this.presence.stop()
    this.doc.destroy()
  }

  #schedule(): void {
    if (this.#scheduled || this.#committing || this.#ended) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      if (!this.#committing && !this.#ended) this.#commit().catch((error: unknown) => this.#break(error, []))
    })
  }

  async #commit(): Promise<void> {
    const submissions = this.#take()
    if (submissions.length === 0) return
    this.#committing = true
    try {
      this.#noteSlowReaders()
      const batch = this.#enter(submissions)
      if (batch.entries.length > 0) await this.#persist(batch.entries)
      this.#tell(batch)
    } catch (error) {
      this.#break(error, submissions)
      return
    }
    this.#committing = false
    for (const reader of this.#readers.splice(0)) reader.look()
    this.#compactIfLong()
    if (this.#queue.length > 0) this.#schedule()
  }

  /** The next batch: in order, without what the revoked sent, leaving what is suspended. */
  #take(): Submission[] {
    const taken: Submission[] = []
    const left: Submission[] = []
    let bytes = 0
    for (const submission of this.#queue) {
      if (submission.connection?.revoked) continue
      bytes += submission.bytes.length
      if (submission.connection?.suspended || (bytes > BATCH_BYTES && taken.length > 0)) left.push(submission)
      else taken.push(submission)
    }
    this.#queue = left
    return taken
  }

  /** Lets a batch through the gate into the document, in one transaction. */
  #enter(submissions: Submission[]): Batch {
    const batch: Batch = { entries: [], settled: [], update: undefined }
    const keep = (update: Uint8Array) => {
      batch.update = update
    }
    this.doc.on('update', keep)
    try {
      this.doc.transact(() => {
        for (const submission of submissions) this.#enterOne(submission, batch)
      })
    } finally {
      this.doc.off('update', keep)
    }
    return batch
  }

  #enterOne(submission: Submission, batch: Batch): void {
    const { connection, bytes, actor } = submission
    if (connection?.revoked) return
    const { section } = this.document
    const tooLarge = this.size + bytes.length > DOCUMENT_BYTES
    // What comes without a page was looked at by who sends it.
    const orders = !connection || changesOrders(connection.visitor)
    const verdict = tooLarge ? TOO_LARGE : gate(this.doc, bytes, submission.owns, section, orders)
    if (verdict.kind === 'gap' && connection && !connection.answered && !submission.answersStep1) {
      return this.#hold(connection, submission)
    }
    if (verdict.kind === 'gap') return this.#refuse(submission, 'plan/gap')
    if (verdict.kind === 'refuse') return this.#refuse(submission, verdict.code)
    if (verdict.kind === 'accept') {
      if (this.#sealed) return this.#refuse(submission, 'plan/sealed')
      if (connection && !connection.canEdit) return this.#refuse(submission, READ_ONLY[connection.visitor.phase])
      Y.applyUpdate(this.doc, bytes)
      this.size += bytes.length
      batch.entries.push({ actor, at: this.clock(), bytes })
      if (connection) this.#claim(verdict.clients, connection)
    }
    batch.settled.push(submission)
    if (connection && submission.answersStep1) this.#release(connection, batch)
  }

  /** Honest phones show gaps for a moment: new typing arrives before the words written without a line. */
  #hold(connection: PlanConnection, submission: Submission): void {
    const held = this.#held.get(connection) ?? []
    held.push(submission)
    this.#held.set(connection, held)
    if (held.reduce((sum, { bytes }) => sum + bytes.length, 0) > HELD_BYTES) this.#refuse(submission, 'plan/gap')
  }

  #release(connection: PlanConnection, batch: Batch): void {
    connection.answered = true
    const held = this.#held.get(connection) ?? []
    this.#held.delete(connection)
    for (const submission of held) this.#enterOne(submission, batch)
  }

  #refuse({ connection, refused }: Submission, code: ErrorCode): void {
    this.log.info({ document: this.document._id, code }, 'words refused')
    connection?.refuse(code)
    refused?.(new PlanError(code))
  }

  /** One client id is written with by one page: a newer connection that uses it closes the older. */
  #claim(clients: Set<number>, connection: PlanConnection): void {
    for (const clientId of clients) {
      const older = this.#writers.get(clientId)
      if (older && older !== connection) {
        older.revoked = true
        older.close('plan/replaced')
      }
      this.#writers.set(clientId, connection)
    }
  }

  async #persist(entries: LogEntry[]): Promise<void> {
    const record = await this.store.seal(this.document, this.seq + 1, entries)
    for (let attempt = 0; ; attempt++) {
      try {
        await this.store.append(record)
        this.seq += 1
        return
      } catch (error) {
        if (error instanceof Fenced) throw error
        // Nothing was acknowledged: everybody keeps their words and sees "not saved yet" while this goes on.
        this.log.warn({ document: this.document._id, attempt, error: (error as Error).name }, 'commit failed, again')
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)]))
        if (this.#ended) throw error
      }
    }
  }

  #tell({ update, settled }: Batch): void {
    const writers = new Map<PlanConnection, number>()
    for (const { connection, stored } of settled) {
      stored?.()
      if (connection) writers.set(connection, (writers.get(connection) ?? 0) + 1)
    }
    if (update) {
      const frame = syncFrame(SYNC.update, update)
      const only =
        writers.size === 1 && settled.every(({ connection }) => connection) ? [...writers.keys()][0] : undefined
      for (const connection of this.connections) {
        if (connection.following && !connection.behindSince && connection !== only) connection.send(frame)
      }
    }
    for (const [connection, frames] of writers) connection.saved(frames)
  }

  /** A slow reader gets one difference when it has drained, instead of a queue that grows in our memory. */
  #noteSlowReaders(): void {
    for (const connection of this.connections) {
      if (connection.following && !connection.behindSince && connection.slow) {
        connection.behindSince = Y.encodeStateVector(this.doc)
        connection.whenDrained(() => void this.#catchUp(connection))
      }
    }
  }

  async #catchUp(connection: PlanConnection): Promise<void> {
    await this.atRest((doc) => {
      if (connection.behindSince)
        connection.send(syncFrame(SYNC.update, Y.encodeStateAsUpdate(doc, connection.behindSince)))
      connection.behindSince = undefined
    }).catch(() => connection.close('plan/unavailable'))
  }

  /** Memory and store may differ now: nobody goes on with this copy. */
  #break(error: unknown, submissions: Submission[]): void {
    this.log.error({ document: this.document._id, error: (error as Error).name }, 'live plan broke, loading anew')
    this.#ended = true
    this.#broken = true
    const unavailable = new PlanError('plan/unavailable', { cause: error })
    for (const reader of this.#readers.splice(0)) reader.fail(unavailable)
    for (const submission of [...submissions, ...this.#queue]) submission.refused?.(unavailable)
    for (const connection of this.connections) connection.close('plan/unavailable')
    this.presence.stop()
    this.onBroken()
  }

  #compactIfLong(): void {
    if (this.seq - this.snapshotSeq < COMPACT_AFTER || this.#ended) return
    const uptoSeq = this.seq
    const state = Y.encodeStateAsUpdate(this.doc)
    this.snapshotSeq = uptoSeq
    this.#compacting = this.#compacting
      .then(() => this.#compact(uptoSeq, state))
      .catch((error: Error) => this.log.error({ document: this.document._id, error: error.name }, 'compaction failed'))
  }

  /** Writes the new before moving the old: snapshot, read back and compared, then the covered records to history. */
  async #compact(uptoSeq: number, state: Uint8Array): Promise<void> {
    await this.store.writeSnapshot(this.document, uptoSeq, state)
    const stored = await this.store.readSnapshot(this.document, uptoSeq)
    if (!readsTheSame(stored, state)) throw new Error('the snapshot reads back differently')
    await this.store.moveToHistory(this.document, uptoSeq)
  }
}

/** Why somebody may only read, where their part in the meeting would let them write. */
const READ_ONLY = {
  open: 'plan/read-only',
  private: 'meeting/private',
  sealed: 'plan/sealed',
  ended: 'meeting/ended',
} as const

const TOO_LARGE = { kind: 'refuse', code: 'plan/too-large' } as const

function readsTheSame(stored: Uint8Array, state: Uint8Array): boolean {
  const [a, b] = [stored, state].map((bytes) => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, bytes)
    const read = JSON.stringify([readPlan(doc), [...Y.encodeStateVector(doc)]])
    doc.destroy()
    return read
  })
  return a === b
}
