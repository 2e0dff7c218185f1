import { once } from 'node:events'
import net from 'node:net'

/** A line between two programs that can be held (nothing is lost, nothing passes) and cut. */
export interface Line {
  /** Where it begins, on 127.0.0.1. */
  port: number
  hold(): void
  release(): void
  /** Ends every connection; new ones are taken. */
  cut(): void
  close(): Promise<void>
}

/** Starts a real line to where somebody listens. */
export async function startLine(to: { port: number; host: string }): Promise<Line> {
  const pairs = new Set<[net.Socket, net.Socket]>()
  let held = false

  const open = ([here, there]: [net.Socket, net.Socket]) => {
    here.pipe(there)
    there.pipe(here)
  }
  const server = net.createServer((here) => {
    const there = net.connect(to)
    const pair: [net.Socket, net.Socket] = [here, there]
    pairs.add(pair)
    const end = () => {
      pairs.delete(pair)
      here.destroy()
      there.destroy()
    }
    for (const socket of pair) socket.on('error', end).on('close', end)
    if (!held) open(pair)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  function cut(): void {
    for (const pair of pairs) pair.forEach((socket) => socket.destroy())
  }

  return {
    port: (server.address() as net.AddressInfo).port,
    hold() {
      held = true
      for (const [here, there] of pairs) {
        here.unpipe(there).pause()
        there.unpipe(here).pause()
      }
    },
    release() {
      held = false
      for (const pair of pairs) open(pair)
    },
    cut,
    async close() {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}
