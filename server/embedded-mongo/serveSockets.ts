import { createServer, type Server, type Socket } from 'node:net'
import { type GroupCommit } from './GroupCommit'
import { type Store } from './Command'
import { runCommand } from './runCommand'
import { frameAnswer, MessageReader, type Message } from './wire'

export type Address = { path: string } | { host: string; port: number }
export type Serving = { server: Server; close(): Promise<void> }

/** Listens, and answers every message that arrives on any connection. */
export async function serveSockets(store: Store, commits: GroupCommit, address: Address): Promise<Serving> {
  const sockets = new Set<Socket>()
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    serve(socket, (message) => runCommand(store, commits, message.body))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(address, resolve)
  })
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroySoon()
    })
  return { server, close }
}

function serve(socket: Socket, answer: (message: Message) => Promise<Buffer>): void {
  const reader = new MessageReader()
  socket.on('data', (piece) => {
    try {
      for (const message of reader.push(piece)) {
        if (message.takesMany && awaitedMs(message) > 0) keepTelling(socket, message, answer)
        else void respond(socket, message, answer)
      }
    } catch {
      socket.destroy() // not MongoDB's protocol: there is no telling where the next message would begin
    }
  })
}

async function respond(socket: Socket, message: Message, answer: (message: Message) => Promise<Buffer>): Promise<void> {
  const reply = await answer(message)
  if (message.wantsAnswer && !socket.destroyed) socket.write(frameAnswer(message, reply))
}

/** A hello that knows how things stand asks to be told when they change, at the latest after this long, ms. */
function awaitedMs({ body }: Message): number {
  return 'topologyVersion' in body ? Number(body.maxAwaitTimeMS ?? 0) : 0
}

/**
 * Nothing ever changes here, so the driver is told at the latest moment, again and again, as long as the line stands.
 * It is how drivers notice at once that a server is gone; one that has to ask can wait for an answer for ever when the
 * line is cut in the instant it asks.
 */
function keepTelling(socket: Socket, message: Message, answer: (message: Message) => Promise<Buffer>): void {
  const tell = async () => {
    const reply = await answer(message)
    if (!socket.destroyed) socket.write(frameAnswer(message, reply, true))
  }
  const telling = setInterval(() => void tell(), awaitedMs(message))
  socket.once('close', () => clearInterval(telling))
}
