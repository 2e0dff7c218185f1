import { decode, type Doc } from './values'

// MongoDB's framing: a header of four int32 (length, id, id answered to, kind of message), then the message.

const HEADER_BYTES = 16
const MAX_MESSAGE_BYTES = 48_000_000
const OP_REPLY = 1
const OP_QUERY = 2004
const OP_MSG = 2013
const CHECKSUM_PRESENT = 1
const MORE_TO_COME = 2
const EXHAUST_ALLOWED = 1 << 16

export type Message = {
  id: number
  body: Doc
  legacy: boolean
  wantsAnswer: boolean
  /** The driver takes one answer after the other to this message. */
  takesMany: boolean
}

/** Cuts a stream of bytes into messages, whatever pieces it arrives in. */
export class MessageReader {
  #pieces: Buffer[] = []
  #length = 0

  push(piece: Buffer): Message[] {
    this.#pieces.push(piece)
    this.#length += piece.length
    const messages: Message[] = []
    for (let frame = this.#takeFrame(); frame; frame = this.#takeFrame()) messages.push(parseFrame(frame))
    return messages
  }

  #takeFrame(): Buffer | undefined {
    if (this.#length < HEADER_BYTES) return undefined
    if (this.#pieces[0]!.length < 4) this.#join()
    const size = this.#pieces[0]!.readInt32LE(0)
    if (size < HEADER_BYTES || size > MAX_MESSAGE_BYTES) throw new Error(`a message of ${size} bytes`)
    if (this.#length < size) return undefined
    this.#join()
    const all = this.#pieces[0]!
    this.#pieces = size < all.length ? [all.subarray(size)] : []
    this.#length -= size
    return all.subarray(0, size)
  }

  #join(): void {
    if (this.#pieces.length > 1) this.#pieces = [Buffer.concat(this.#pieces)]
  }
}

function parseFrame(frame: Buffer): Message {
  const id = frame.readInt32LE(4)
  const kind = frame.readInt32LE(12)
  if (kind === OP_MSG) return parseMsg(frame, id)
  if (kind === OP_QUERY) return parseQuery(frame, id)
  throw new Error(`a message of unknown kind ${kind}`)
}

/** Flags, then sections: the body (kind 0), and runs of documents that belong into a field of it (kind 1). */
function parseMsg(frame: Buffer, id: number): Message {
  const flags = frame.readUInt32LE(HEADER_BYTES)
  if (flags & ~(CHECKSUM_PRESENT | MORE_TO_COME | EXHAUST_ALLOWED)) throw new Error(`unknown flags ${flags}`)
  const end = flags & CHECKSUM_PRESENT ? frame.length - 4 : frame.length
  const body: Doc = {}
  const runs: Doc = {}
  for (let at = HEADER_BYTES + 4; at < end;) {
    const size = frame.readInt32LE(at + 1)
    const section = frame.subarray(at + 1, at + 1 + size)
    if (section.length !== size || size < 5) throw new Error('a section that is cut off')
    if (frame[at] === 0) Object.assign(body, decode(section))
    else if (frame[at] === 1) Object.assign(runs, parseRun(section))
    else throw new Error(`a section of unknown kind ${frame[at]}`)
    at += 1 + size
  }
  const wants = { wantsAnswer: !(flags & MORE_TO_COME), takesMany: (flags & EXHAUST_ALLOWED) !== 0 }
  return { id, body: { ...body, ...runs }, legacy: false, ...wants }
}

function parseRun(section: Buffer): Doc {
  const nameEnd = section.indexOf(0, 4)
  const documents: Doc[] = []
  for (let at = nameEnd + 1; at < section.length;) {
    const size = section.readInt32LE(at)
    documents.push(decode(section.subarray(at, at + size)))
    at += size
  }
  return { [section.toString('utf8', 4, nameEnd)]: documents }
}

/** Only the first hello of a connection comes in the old form: flags, namespace, skip, limit, the command. */
function parseQuery(frame: Buffer, id: number): Message {
  const nameEnd = frame.indexOf(0, HEADER_BYTES + 4)
  const at = nameEnd + 9
  const [db] = frame.toString('utf8', HEADER_BYTES + 4, nameEnd).split('.')
  const body = decode(frame.subarray(at, at + frame.readInt32LE(at)))
  return { id, body: { ...body, $db: db }, legacy: true, wantsAnswer: true, takesMany: false }
}

/** @param more whether another answer to the same message will follow */
export function frameAnswer(message: Message, payload: Buffer, more = false): Buffer {
  // The old form: flags, cursor id (8 bytes), starting from, number of documents. The new one: flags, kind 0.
  const head = Buffer.alloc(HEADER_BYTES + (message.legacy ? 20 : 5))
  head.writeInt32LE(head.length + payload.length, 0)
  head.writeInt32LE(message.id, 8)
  head.writeInt32LE(message.legacy ? OP_REPLY : OP_MSG, 12)
  if (message.legacy) head.writeInt32LE(8, 16) // "await capable", as every server since 2009 says
  if (message.legacy) head.writeInt32LE(1, 32)
  else if (more) head.writeInt32LE(MORE_TO_COME, 16)
  return Buffer.concat([head, payload])
}
