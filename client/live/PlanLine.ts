import { Awareness, removeAwarenessStates } from 'y-protocols/awareness'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import * as z from 'zod/mini'
import type { LiveDocument } from '../../shared/api'
import { ERRORS, isErrorCode, type ErrorCode } from '../../shared/errors'
import { FRAME, Presence, readHello, readRefused, readSaved, type Hello } from '../../shared/planFrames'
import { countingSocket, type SocketKind } from './countingSocket'
import { SavedLedger } from './SavedLedger'
import { UnsavedWords } from './UnsavedWords'

export interface PlanLineEvents {
  hello(hello: Hello): void
  /** Connected or not, sent, acknowledged: whatever the badge depends on. */
  progress(): void
  /** Words changed, from here or from elsewhere. */
  words(): void
  presence(): void
  synced(): void
  /** The server turned this line away, and the same line must not try again by itself. */
  ended(code: ErrorCode): void
}

/** Longer silence than this means the line is dead though nobody said so (the server sends every 15 s); in milliseconds. */
const SILENCE = 20_000
/** A stopped line waits no longer than this between attempts; in milliseconds. */
const RETRY_MOST = 2_500

/** One life of the live document on this page: one `Y.Doc`, one writer's client id, one stock provider. */
export class PlanLine {
  readonly doc = new Y.Doc()
  readonly ledger = new SavedLedger()
  readonly unsaved: UnsavedWords
  #document: LiveDocument
  #clientId: number
  #spares: number[]
  #provider: WebsocketProvider
  #awareness: Awareness
  #events: PlanLineEvents
  #ended = false

  /** @param origin where the sockets are, for example `wss://plan.example.org` */
  constructor(document: LiveDocument, origin: string, Socket: SocketKind, events: PlanLineEvents) {
    this.#document = document
    this.#events = events
    this.#spares = [...document.clientIds]
    // Before awareness is created, which copies it. Readers have none minted and never write.
    this.doc.clientID = this.#spares.shift() ?? this.doc.clientID
    this.#clientId = this.doc.clientID
    this.#awareness = new Awareness(this.doc)
    this.#awareness.setLocalState(document.canEdit ? { at: null } : null)
    this.unsaved = new UnsavedWords(this.doc, (transaction) => this.#isOwn(transaction.origin))
    this.doc.on('update', this.#updated)
    this.doc.on('afterTransactionCleanup', this.#keepOwnId)
    this.#provider = new WebsocketProvider(origin, document.path.replace(/^\//, ''), this.doc, {
      awareness: this.#awareness,
      connect: false,
      disableBc: true,
      maxBackoffTime: RETRY_MOST,
      shouldReconnect: ({ code }) => !(code >= 4400 && code < 4500) && code !== ERRORS['access/changed'].close,
      WebSocketPolyfill: countingSocket(Socket, (frame) => {
        this.ledger.sentFrame(frame)
        this.#progress()
      }),
    })
    this.#listen()
  }

  connect(): void {
    this.#provider.connect()
  }

  get canEdit(): boolean {
    return this.#document.canEdit
  }

  /** Same place and same right to write: what was asked again changes nothing for this document's words. */
  continues(document: LiveDocument): boolean {
    const mayWrite = document.canEdit ? this.#document.clientIds.length > 0 : true
    return document.path === this.#document.path && mayWrite
  }

  /** Takes up the same document again after the server let this page ask anew. */
  resume(document: LiveDocument): void {
    this.#document = { ...document, clientIds: this.#document.clientIds }
    this.#ended = false
    this.#provider.connect()
  }

  /** Tries at once, instead of after the pause: the network came back, or the page did. */
  nudge(): void {
    if (this.#ended) return
    const silent = Date.now() - this.#provider.wsLastMessageReceived > SILENCE
    if (this.#provider.wsconnected && !silent) return
    this.#provider.disconnect()
    this.#provider.connect()
  }

  /** The network is gone: says so now, and keeps trying. */
  drop(): void {
    if (this.#ended) return
    this.#provider.disconnect()
    this.#provider.connect()
  }

  setAt(at: string | null): void {
    if (this.#document.canEdit && this.#awareness.getLocalState()?.['at'] !== at) this.#awareness.setLocalState({ at })
  }

  /** Who else is writing, as the server stamped it. */
  others(): Presence[] {
    const others: Presence[] = []
    this.#awareness.getStates().forEach((state, clientId) => {
      const presence = z.safeParse(Presence, state)
      if (clientId !== this.#clientId && presence.success) others.push(presence.data)
    })
    return others
  }

  /** Cuts the line; the words stay readable (and what is written now is remembered as unsaved). */
  end(): void {
    if (this.#ended) return
    this.#ended = true
    this.#provider.disconnect()
    this.ledger.closed()
  }

  destroy(): void {
    this.#ended = true
    this.#provider.destroy()
    this.doc.destroy()
  }

  #isOwn(origin: unknown): boolean {
    return origin !== this.#provider
  }

  #progress(): void {
    if (this.ledger.settle()) this.unsaved.clear()
    this.#events.progress()
  }

  /** Registered before the provider's own listener: a change is unsaved before it is sent. */
  #updated = (_update: Uint8Array, origin: unknown): void => {
    if (this.#isOwn(origin)) {
      this.ledger.wrote(Date.now())
      this.#progress()
    }
    this.#events.words()
  }

  /** Yjs gives its id up when it meets words under it that it did not write; a minted one has to follow. */
  #keepOwnId = (): void => {
    if (this.doc.clientID === this.#clientId) return
    const next = this.#spares.shift()
    if (next === undefined) {
      if (this.#document.canEdit) this.#turnedAway('plan/replaced')
      return
    }
    const state = this.#awareness.getLocalState()
    removeAwarenessStates(this.#awareness, [this.#clientId], 'local')
    this.#clientId = this.doc.clientID = this.#awareness.clientID = next
    this.#awareness.setLocalState(state)
  }

  #listen(): void {
    const handlers = this.#provider.messageHandlers
    handlers[FRAME.hello] = (_encoder, decoder) => this.#events.hello(readHello(decoder))
    handlers[FRAME.saved] = (_encoder, decoder) => {
      this.ledger.acknowledge(readSaved(decoder), Date.now())
      this.#progress()
    }
    handlers[FRAME.refused] = (_encoder, decoder) => this.#turnedAway(readRefused(decoder))
    this.#provider.on('status', ({ status }) => {
      if (status === 'connected') this.ledger.opened()
      if (status === 'disconnected') this.ledger.closed()
      this.#progress()
    })
    this.#provider.on('sync', (synced: boolean) => {
      this.ledger.sync(synced)
      if (synced) this.#events.synced()
      this.#progress()
    })
    this.#provider.on('closed', ({ code, reason }) => this.#turnedAway(codeOfClose(code, reason)))
    this.#awareness.on('change', () => this.#events.presence())
  }

  #turnedAway(code: ErrorCode): void {
    if (this.#ended) return
    this.end()
    this.#events.ended(code)
  }
}

/** Several refusals share a close code; the reason names the one. */
function codeOfClose(close: number, reason: string): ErrorCode {
  if (isErrorCode(reason)) return reason
  const entries = Object.entries(ERRORS) as [ErrorCode, { close?: number }][]
  return entries.find(([, entry]) => entry.close === close)?.[0] ?? 'server/trouble'
}
