import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { request } from 'node:http'
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'
import WebSocket from 'ws'
import * as Y from 'yjs'
import { FRAME, SYNC } from '../../shared/planFrames'
import type { MeetingPage, Someone } from './people'

/** Everything that reaches one person's devices, byte by byte, and a search for words in it however they were packed. */
export class Ears {
  readonly #heard: Buffer[] = []
  readonly #docs: Y.Doc[] = []
  readonly #sockets: WebSocket[] = []

  constructor(private readonly someone: Someone) {}

  keep(bytes: Buffer): void {
    this.#heard.push(bytes)
  }

  /** Asks for an address, as a browser that takes compressed answers. */
  get(path: string): Promise<number> {
    return new Promise((answered, failed) => {
      const headers = { cookie: this.someone.cookie, 'accept-encoding': 'gzip, deflate' }
      request(this.someone.app.url + path, { headers }, (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('end', () => {
          this.#heard.push(Buffer.from(JSON.stringify(answer.headers)), Buffer.concat(chunks))
          answered(answer.statusCode ?? 0)
        })
      })
        .on('error', failed)
        .end()
    })
  }

  /** Announcements, as they come over the wire. */
  follow(page: MeetingPage): void {
    page.socket.io.engine.on('packet', ({ data }: { data?: unknown }) => this.#heard.push(Buffer.from(String(data))))
    this.#heard.push(Buffer.from(JSON.stringify(page.heard)))
  }

  /** Opens a live document, allowed or not. Resolves when it was brought up to date, or closed. */
  listen(path: string): Promise<void> {
    const { app, cookie } = this.someone
    const socket = new WebSocket(app.url.replace('http', 'ws') + path, { headers: { cookie, origin: app.url } })
    const doc = new Y.Doc()
    this.#docs.push(doc)
    this.#sockets.push(socket)
    socket.on('error', () => undefined)
    socket.on('open', () => socket.send(encodeStep1(doc)))
    return new Promise((done) => {
      socket.on('close', (_code, reason) => {
        this.#heard.push(reason)
        done()
      })
      socket.on('message', (data: Buffer) => {
        this.#heard.push(data)
        if (takeIn(doc, data)) done()
      })
    })
  }

  close(): void {
    for (const socket of this.#sockets) socket.terminate()
  }

  /** Those of these words that came, plain, as base64 or hex, compressed, or put together by Yjs. */
  heard(words: readonly string[]): string[] {
    const layers = this.#heard.flatMap((bytes) => [bytes, ...unpacked(bytes)]).map((bytes) => bytes.toString('latin1'))
    // Much comes again and again.
    const all = [...new Set([...layers, ...this.#docs.map(wordsIn)])].join('\n')
    return words.filter((word) => shapesOf(word).some((shape) => all.includes(shape)))
  }
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

/** Any shared type. */
type Shared = Y.Doc['share'] extends Map<string, infer T> ? T : never

/** All strings in a document in their order, also in places that no plan has. */
function wordsIn(doc: Y.Doc): string {
  const types = new Set<Shared>(doc.share.values())
  for (const structs of doc.store.clients.values()) {
    for (const struct of structs) {
      if (struct instanceof Y.Item && struct.content instanceof Y.ContentType) types.add(struct.content.type)
    }
  }
  return [...types].map(stringsOf).join('\n')
}

function stringsOf(type: Shared): string {
  const said: string[] = []
  const inOrder = (first: Y.Item | null) => {
    for (let item = first; item; item = item.right) {
      if (item.content instanceof Y.ContentString) said.push(item.content.str)
      else said.push(JSON.stringify(item.content.getContent().filter((one) => typeof one !== 'object')))
    }
  }
  inOrder(type._start)
  for (const item of type._map.values()) inOrder(item)
  return said.join('')
}

/** A word as it stands in text, in hex, and in base64 at each of three places within a longer text. */
function shapesOf(word: string): string[] {
  const base64 = [0, 1, 2].map((before) => {
    const all = Buffer.from('\0'.repeat(before) + word).toString('base64')
    // What stands before and behind the word changes the signs at its ends.
    return all.slice(Math.ceil((before * 8) / 6), Math.floor(((before + word.length) * 8) / 6))
  })
  const url = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))
  return [word, Buffer.from(word).toString('hex'), ...base64, ...url]
}

function unpacked(bytes: Buffer): Buffer[] {
  if (bytes.length === 0) return []
  return [gunzipSync, inflateSync, inflateRawSync, brotliDecompressSync].flatMap((unpack) => {
    try {
      return [unpack(bytes)]
    } catch {
      return []
    }
  })
}
