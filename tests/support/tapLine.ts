import { once } from 'node:events'
import net from 'node:net'

/** A line to a server on which every byte it sends is heard. */
export interface TappedLine {
  /** Where it begins. */
  url: string
  close(): Promise<void>
}

/** @param listen asked for each connection: what hears its bytes, in their order */
export async function tapLine(to: string, listen: () => (bytes: Buffer) => void): Promise<TappedLine> {
  const { hostname, port } = new URL(to)
  const open = new Set<net.Socket>()
  const line = net.createServer((here) => {
    const there = net.connect(Number(port), hostname)
    there.on('data', listen())
    there.pipe(here)
    here.pipe(there)
    const end = () => {
      open.delete(here.destroy())
      there.destroy()
    }
    open.add(here)
    for (const socket of [here, there]) socket.on('error', end).on('close', end)
  })
  line.listen(0, '127.0.0.1')
  await once(line, 'listening')
  return {
    url: `http://127.0.0.1:${(line.address() as net.AddressInfo).port}`,
    async close() {
      for (const socket of open) socket.destroy()
      line.close()
      await once(line, 'close')
    },
  }
}
