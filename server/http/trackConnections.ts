import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** How long pages have to say goodbye, ms. */
const GOODBYE_MS = 500

/** Knows a server's connections, sockets included, so that a page that never says goodbye does not hold up a stop. */
export function trackConnections(server: Server): { endAll(): Promise<void> } {
  const connections = new Set<Socket>()
  server.on('connection', (connection) => {
    connections.add(connection)
    connection.once('close', () => connections.delete(connection))
  })
  return {
    /** Call it after `server.close()`. */
    async endAll() {
      server.closeIdleConnections()
      const allGone = Promise.all([...connections].map((one) => new Promise((resolve) => one.once('close', resolve))))
      const timer = setTimeout(() => connections.forEach((connection) => connection.destroy()), GOODBYE_MS)
      await allGone
      clearTimeout(timer)
    },
  }
}
