import { parseArgs } from 'node:util'
import { openStore } from './openStore'

// The store as a process of its own, for tests and for trying things out: nobody is asked who they are.

const { values } = parseArgs({
  options: { data: { type: 'string' }, port: { type: 'string' }, host: { type: 'string', default: '127.0.0.1' } },
})
if (!values.data || !values.port) {
  console.error('usage: embedded-mongo --data FOLDER --port N [--host 127.0.0.1]')
  process.exit(2)
}
try {
  const store = await openStore({
    dataDir: values.data,
    address: { host: values.host, port: Number(values.port) },
    onWaiting: () => console.error('embedded-mongo: another process has the data folder, waiting for it to end'),
    waitMs: 10_000,
  })
  const stop = () => void store.close().then(() => process.exit(0))
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  console.log(`embedded-mongo listening on ${store.uri}`)
} catch (error) {
  console.error(`embedded-mongo: ${(error as Error).message}`)
  process.exit(1)
}
