import { EventEmitter, once } from 'node:events'
import WebSocket from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { type ErrorCode } from '../../shared/errors'
import { findText, type Plan, readPlan } from '../../shared/plan'
import {
  carriesWords,
  FRAME,
  type Hello,
  type Presence,
  readHello,
  readRefused,
  readSaved,
} from '../../shared/planFrames'

interface Place {
  base: string
  cookie: string
  path: string
  clientId?: number
}

/**
 * A page on the live wire without a browser: the stock provider and a real socket, driven by a test. What it knows
 * to be saved is counted from the server's own frames.
 */
export class LivePage {
  readonly doc = new Y.Doc()
  readonly provider: WebsocketProvider
  readonly events = new EventEmitter<{ news: [] }>().setMaxListeners(0)
  hello: Hello | undefined
  refused: ErrorCode | undefined
  closeCode: number | undefined
  /** Word-carrying frames sent and acknowledged on the present connection. */
  sent = 0
  saved = 0

  constructor({ base, cookie, path, clientId }: Place) {
    if (clientId !== undefined) this.doc.clientID = clientId
    // eslint-disable-next-line @typescript-eslint/no-this-alias
    const page = this
    class CountingSocket extends WebSocket {
      constructor(url: string) {
        super(url, { headers: { cookie, origin: base } })
        page.sent = page.saved = 0
      }
      override send(data: Uint8Array): void {
        if (carriesWords(new Uint8Array(data))) page.sent += 1
        super.send(data, () => undefined)
      }
    }
    this.provider = new WebsocketProvider(base.replace('http', 'ws'), path.slice(1), this.doc, {
      WebSocketPolyfill: CountingSocket as unknown as typeof globalThis.WebSocket,
      disableBc: true,
      maxBackoffTime: 300,
    })
    this.provider.messageHandlers[FRAME.hello] = (_encoder, decoder) =>
      this.#note(() => (this.hello = readHello(decoder)))
    this.provider.messageHandlers[FRAME.saved] = (_encoder, decoder) =>
      this.#note(() => (this.saved = readSaved(decoder)))
    this.provider.messageHandlers[FRAME.refused] = (_encoder, decoder) =>
      this.#note(() => (this.refused = readRefused(decoder)))
    this.provider.on('connection-close', (event) => this.#note(() => (this.closeCode = event?.code)))
    this.provider.on('sync', () => this.#note())
    this.doc.on('update', () => this.#note())
    this.provider.awareness.on('change', () => this.#note())
  }

  #note(change?: () => void): void {
    change?.()
    this.events.emit('news')
  }

  get plan(): Plan {
    return readPlan(this.doc)
  }

  get allSaved(): boolean {
    return this.provider.synced && this.sent > 0 && this.sent === this.saved
  }

  /** What others are said to do, without this page itself. */
  get others(): Presence[] {
    const states = [...this.provider.awareness.getStates()].filter(([id]) => id !== this.doc.clientID)
    return states.map(([, state]) => state as Presence)
  }

  write(address: string, words: string, at = Infinity): void {
    const text = findText(this.doc, address)!
    text.insert(Math.min(at, text.length), words)
  }

  /** Resolves as soon as `is` holds; looks again at every frame. */
  async until(is: (page: this) => boolean, patience = 10_000): Promise<void> {
    const signal = AbortSignal.timeout(patience)
    while (!is(this)) {
      await once(this.events, 'news', { signal }).catch(() => {
        throw new Error(`in vain: ${is.toString()}`)
      })
    }
  }

  untilSaved(): Promise<void> {
    return this.until((page) => page.allSaved)
  }

  /** Loses the line without a goodbye. */
  loseLine(): void {
    this.provider.ws?.close()
    this.provider.disconnect()
  }

  close(): void {
    this.provider.destroy()
    this.doc.destroy()
  }
}
