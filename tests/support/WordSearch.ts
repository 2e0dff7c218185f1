import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { brotliDecompressSync, constants, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'
import type { CanaryWords, Packing } from './CanaryWords'

/** What was cut off on the way is unpacked as far as it goes. */
const FAR = { finishFlush: constants.Z_SYNC_FLUSH }
const FAR_BROTLI = { finishFlush: constants.BROTLI_OPERATION_FLUSH }
const UNPACK = [
  (bytes: Buffer) => gunzipSync(bytes, FAR),
  (bytes: Buffer) => inflateSync(bytes, FAR),
  (bytes: Buffer) => inflateRawSync(bytes, FAR),
  (bytes: Buffer) => brotliDecompressSync(bytes, FAR_BROTLI),
]

/** Looks for canary words in bytes as they come, however they are packed, and remembers by which packing each was found. */
export class WordSearch {
  readonly #found = new Map<string, Set<Packing>>()
  /** Much comes again and again. */
  readonly #seen = new Set<string>()
  readonly #stems: string[]

  constructor(private readonly words: CanaryWords) {
    this.#stems = shapesOf(words.stem).map(([, shape]) => shape)
  }

  /** A piece as it came over a wire. */
  take(bytes: Buffer): void {
    if (bytes.length === 0 || !this.#isNew(bytes)) return
    this.#look(bytes.toString('latin1'))
    for (const unpacked of unpack(bytes)) if (this.#isNew(unpacked)) this.#look(unpacked.toString('latin1'), 'inflated')
  }

  /** A piece of a line whose messages are taken one by one as well: what is packed is unpacked there. */
  takeLine(bytes: Buffer): void {
    this.#look(bytes.toString('latin1'))
  }

  /** What a person's copy of a live document says. */
  takeDocument(text: string): void {
    this.#look(text, 'yjs')
  }

  /** The words found so far. */
  get found(): string[] {
    return [...this.#found.keys()].sort()
  }

  /** By which packings a word was found. */
  packingsOf(word: string): Packing[] {
    return [...(this.#found.get(word) ?? [])].sort()
  }

  #isNew(bytes: Buffer): boolean {
    const print = createHash('sha1').update(bytes).digest('base64')
    const isNew = !this.#seen.has(print)
    this.#seen.add(print)
    return isNew
  }

  #look(text: string, packing?: Packing): void {
    if (!this.#stems.some((stem) => text.includes(stem))) return
    for (const word of this.words.all) {
      for (const [shaped, shape] of shapesOf(word)) {
        if (!text.includes(shape)) continue
        const packings = this.#found.get(word) ?? new Set()
        this.#found.set(word, packings.add(packing ?? shaped))
      }
    }
  }
}

/** A word as it stands in text, in hex, and in base64 at each of three places within a longer text. */
function shapesOf(word: string): [Packing, string][] {
  const base64 = [0, 1, 2].map((before) => {
    const all = Buffer.from('\0'.repeat(before) + word).toString('base64')
    // What stands before and behind the word changes the signs at its ends.
    return all.slice(Math.ceil((before * 8) / 6), Math.floor(((before + word.length) * 8) / 6))
  })
  const url = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))
  const shapes = [...new Set([...base64, ...url])].map((shape): [Packing, string] => ['base64', shape])
  return [['raw', word], ['hex', Buffer.from(word).toString('hex')], ...shapes]
}

function unpack(bytes: Buffer): Buffer[] {
  // Text is not packed: no packing begins with bytes that are text.
  if (isUtf8(bytes)) return []
  return UNPACK.flatMap((one) => {
    try {
      return [one(bytes)]
    } catch {
      return []
    }
  })
}
