import { once } from 'node:events'
import net from 'node:net'

/**
 * A real proxy in front of the store, which can hold everything (nothing is lost, nothing passes) and cut the line.
 *
 * @param uri MongoDB address with host and port
 */
export async function startStoreProxy(uri: string) {
  const target = new URL(uri)
  const { hostname, port: storePort } = target
  const pairs = new Set<[net.Socket, net.Socket]>()
  let held = false

  const server = net.createServer((client) => {
    const store = net.connect(Number(storePort), hostname)
    const pair: [net.Socket, net.Socket] = [client, store]
    pairs.add(pair)
    const end = () => {
      pairs.delete(pair)
      client.destroy()
      store.destroy()
    }
    for (const socket of pair) socket.on('error', end).on('close', end)
    client.pipe(store)
    store.pipe(client)
    if (held) pair.forEach((socket) => socket.pause())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as net.AddressInfo
  target.port = String(port)
  // Otherwise the driver asks the store for its own address and goes round the proxy.
  target.searchParams.delete('replicaSet')
  target.searchParams.set('directConnection', 'true')

  return {
    uri: target.href,
    hold() {
      held = true
      for (const [client, store] of pairs) {
        client.unpipe(store)
        store.unpipe(client)
        client.pause()
        store.pause()
      }
    },
    release() {
      held = false
      for (const [client, store] of pairs) {
        client.pipe(store)
        store.pipe(client)
      }
    },
    cut() {
      for (const pair of pairs) pair.forEach((socket) => socket.destroy())
    },
    async close() {
      this.cut()
      server.close()
      await once(server, 'close')
    },
  }
}
