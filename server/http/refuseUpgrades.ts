import type { Server } from 'node:http'

/** Ends connections that want to become something other than our sockets; without this they would stay open. */
export function refuseUpgrades(server: Server, ours: readonly string[]): void {
  server.on('upgrade', (request, socket) => {
    // Without a listener an error of one connection would end the process.
    socket.on('error', () => socket.destroy())
    if (ours.some((path) => request.url?.startsWith(path))) return
    socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  })
}
