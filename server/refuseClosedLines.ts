import { mongo } from 'mongoose'
import { createRequire } from 'node:module'
import type { Socket } from 'node:net'

/** What is used here of the driver's own class for one line to the database. */
interface Line {
  socket: Socket
  onError(error: Error): void
  writeCommand(...args: unknown[]): Promise<void>
}

let isDone = false

/**
 * 26 November 2026: in the moment between the end of a socket and the news of it, the driver (7.8.0) writes into the
 * socket, is told that there is no room, and waits for room for ever: no "error" comes from a closed socket any more. A
 * plan that waits for such an answer would say neither "Saved" nor "Not saved". So a closed line is refused before it is
 * written to, as the driver does a moment later. The test that ends the store in that moment ([ST14]) hung in one run of
 * six without this.
 */
export function refuseClosedLines(): void {
  if (isDone) return
  isDone = true
  const mongooses = createRequire(createRequire(import.meta.url).resolve('mongoose'))
  const { Connection: Lines } = mongooses('mongodb/lib/cmap/connection.js') as { Connection: { prototype: Line } }
  const write = Lines.prototype.writeCommand
  Lines.prototype.writeCommand = function (this: Line, ...args) {
    if (!this.socket.destroyed) return write.apply(this, args)
    const closed = new mongo.MongoNetworkError('the line to the database is closed')
    this.onError(closed)
    return Promise.reject(closed)
  }
}
