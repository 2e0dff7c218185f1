import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { request } from 'node:http'
import WebSocket from 'ws'
import * as Y from 'yjs'
import { FRAME, SYNC } from '../../shared/planFrames'
import type { CanaryWords, Packing } from './CanaryWords'
import { docWords } from './docWords'
import { MeetingPage, type Someone } from './people'
import { WordSearch } from './WordSearch'

/** What bytes come by. */
export const WIRES = ['API', 'exports', 'pages', 'live documents', 'announcements', 'line'] as const
export type Wire = (typeof WIRES)[number]

/** Answers are asked for in each packing in turn. */
const ENCODINGS = ['gzip', 'identity', 'deflate', 'br'] as const
export type Encoding = (typeof ENCODINGS)[number]

/** A word is found on a line also where it comes in two pieces; bytes of its longest shape, and some. */
const SEAM = 128

/** Everything that reaches one person's devices, byte by byte, and a search for words in it however they were packed. */
export class Ears {
  /** Bytes that came, by wire. */
  readonly came = new Map<Wire, number>()
  readonly #search: WordSearch
  readonly #docs: Y.Doc[] = []
  /** By the path of the live document. */
  readonly #sockets = new Map<string, WebSocket>()
  #pages: MeetingPage[] = []
  #asked = 0

  /** From now on what this person asks for themself is heard, too. */
  constructor(
    private readonly someone: Someone,
    words: CanaryWords,
  ) {
    this.#search = new WordSearch(words)
    const ask = someone.request.bind(someone)
    someone.request = async (...asked) => {
      const answer = await ask(...asked)
      const body = Buffer.from(await answer.clone().arrayBuffer())
      this.keep(wireOf(asked[1]), Buffer.from(JSON.stringify([...answer.headers])), body)
      return answer
    }
  }

  keep(wire: Wire, ...pieces: Buffer[]): void {
    for (const bytes of pieces) {
      this.#count(wire, bytes)
      this.#search.take(bytes)
    }
  }

  /** @returns what takes the bytes of one connection to this person, in their order */
  tapLine(): (bytes: Buffer) => void {
    let seam = Buffer.alloc(0)
    return (bytes) => {
      this.#count('line', bytes)
      const piece = Buffer.concat([seam, bytes])
      this.#search.takeLine(piece)
      seam = piece.subarray(-SEAM)
    }
  }

  #count(wire: Wire, bytes: Buffer): void {
    this.came.set(wire, (this.came.get(wire) ?? 0) + bytes.length)
  }

  /** Asks for an address, as a browser that takes packed answers. */
  get(path: string, encoding: Encoding = ENCODINGS[this.#asked++ % ENCODINGS.length]!): Promise<number> {
    const { app, cookie } = this.someone
    return new Promise((answered, failed) => {
      request(app.url + path, { headers: { cookie, 'accept-encoding': encoding } }, (answer) => {
        const chunks: Buffer[] = []
        const done = () => {
          this.keep(wireOf(path), Buffer.from(JSON.stringify(answer.headers)), Buffer.concat(chunks))
          answered(answer.statusCode ?? 0)
        }
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        // One that ended in the middle is heard as far as it came.
        answer.on('error', () => undefined).on('close', done)
      })
        .on('error', failed)
        .end()
    })
  }

  /** Enters a meeting and hears the announcements as they come over the wire. @throws PlanError */
  async enter(as: 'participant' | 'projector', meetingId: string): Promise<MeetingPage> {
    const page = new MeetingPage(this.someone)
    this.#pages.push(page)
    page.socket.io.on('open', () => {
      page.socket.io.engine.on('packet', ({ data }: { data?: unknown }) => {
        this.keep('announcements', Buffer.isBuffer(data) ? data : Buffer.from(String(data ?? '')))
      })
    })
    await page.enter({ meetingId, as })
    return page
  }

  /** Opens a live document, allowed or not, unless it is open. Resolves when it was brought up to date, or closed. */
  listen(path: string): Promise<void> {
    if (this.#sockets.get(path)?.readyState === WebSocket.OPEN) return Promise.resolve()
    const { app, cookie } = this.someone
    const socket = new WebSocket(app.url.replace('http', 'ws') + path, { headers: { cookie, origin: app.url } })
    const doc = new Y.Doc()
    this.#docs.push(doc)
    this.#sockets.set(path, socket)
    socket.on('error', () => undefined)
    socket.on('upgrade', ({ headers }) => this.keep('live documents', Buffer.from(JSON.stringify(headers))))
    socket.on('open', () => socket.send(encodeStep1(doc)))
    return new Promise((done) => {
      socket.on('close', (_code, reason) => {
        this.keep('live documents', reason)
        done()
      })
      socket.on('message', (data: Buffer) => {
        this.keep('live documents', data)
        if (takeIn(doc, data)) done()
      })
    })
  }

  close(): void {
    for (const socket of this.#sockets.values()) socket.terminate()
    for (const page of this.#pages) page.close()
  }

  /** The words that have come so far, plain, as base64 or hex, compressed, or put together by Yjs. */
  get heard(): string[] {
    for (const doc of this.#docs) this.#search.takeDocument(docWords(doc))
    return this.#search.found
  }

  /** How a word came. */
  packingsOf(word: string): Packing[] {
    return this.heard.includes(word) ? this.#search.packingsOf(word) : []
  }
}

function wireOf(path: string): Wire {
  if (/\/(?:export|headers)$/.test(path)) return 'exports'
  return /^\/(?:api\/|\.well-known\/)/.test(path) ? 'API' : 'pages'
}

function encodeStep1(doc: Y.Doc): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, FRAME.sync)
    encoding.writeVarUint(encoder, SYNC.step1)
    encoding.writeVarUint8Array(encoder, Y.encodeStateVector(doc))
  })
}

/** @returns whether the frame brought the document up to date */
function takeIn(doc: Y.Doc, frame: Uint8Array): boolean {
  const decoder = decoding.createDecoder(new Uint8Array(frame))
  if (decoding.readVarUint(decoder) !== FRAME.sync) return false
  const step = decoding.readVarUint(decoder)
  if (step === SYNC.step1) return false
  Y.applyUpdate(doc, decoding.readVarUint8Array(decoder))
  return step === SYNC.step2
}
