import { deserialize, serialize } from 'bson'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** MongoDB's wire by hand, for what no well-behaved driver sends. */
export class RawMongo {
  readonly socket: Socket
  #received = Buffer.alloc(0)
  #id = 1

  constructor(uri: string) {
    const { host, port, path } = address(uri)
    this.socket = path ? connect(path) : connect(port, host)
    this.socket.on('data', (piece: Buffer) => (this.#received = Buffer.concat([this.#received, piece])))
    this.socket.on('error', () => undefined)
  }

  frame(body: object, flags = 0): Buffer {
    const payload = serialize(body)
    const head = Buffer.alloc(21)
    head.writeInt32LE(head.length + payload.length, 0)
    head.writeInt32LE(this.#id++, 4)
    head.writeInt32LE(2013, 12)
    head.writeUInt32LE(flags, 16)
    return Buffer.concat([head, payload])
  }

  async command(body: object): Promise<Record<string, unknown>> {
    this.socket.write(this.frame(body))
    return this.answer()
  }

  async answer(): Promise<Record<string, unknown>> {
    while (this.#received.length < 4 || this.#received.length < this.#received.readInt32LE(0))
      await once(this.socket, 'data')
    const size = this.#received.readInt32LE(0)
    const body = deserialize(this.#received.subarray(21, size))
    this.#received = this.#received.subarray(size)
    return body
  }

  async closed(): Promise<void> {
    if (!this.socket.closed) await once(this.socket, 'close')
  }
}

function address(uri: string): { path?: string; host: string; port: number } {
  const place = /^mongodb:\/\/([^/]+)\//.exec(uri)![1]!
  if (place.startsWith('%2F')) return { path: decodeURIComponent(place), host: '', port: 0 }
  const { hostname, port } = new URL(uri)
  return { host: hostname, port: Number(port) }
}
