import { startLine, type Line } from './startLine'

/**
 * A real proxy in front of the store.
 *
 * @param uri MongoDB address with host and port
 */
export async function startStoreProxy(uri: string): Promise<Line & { uri: string }> {
  const store = new URL(uri)
  const line = await startLine({ host: store.hostname, port: Number(store.port) })
  store.port = String(line.port)
  // Otherwise the driver asks the store for its own address and goes round the proxy.
  store.searchParams.delete('replicaSet')
  store.searchParams.set('directConnection', 'true')
  return { ...line, uri: store.href }
}
