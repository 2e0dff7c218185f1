import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { openRootKeys } from '../../server/access/rootKeys'
import { createApp, type App } from '../../server/app'
import type { Clock } from '../../server/Clock'
import { readConfig, type Config } from '../../server/config'
import { connect } from '../../server/connect'
import { startEmbeddedMongo } from '../../server/embedded-mongo/startEmbeddedMongo'
import { ensureIndexes } from '../../server/ensureIndexes'

export interface TestApp {
  /** `http://127.0.0.1:<port>` */
  url: string
  app: App
  /** Stops the app and its database. */
  close(): Promise<void>
}

interface Options {
  config?: Partial<Config>
  clock?: Clock
  /** A database that the test itself starts and stops; it is not dropped. */
  uri?: string
  /** Where log lines go; nowhere otherwise. */
  onLog?: (line: string) => void
}

/** A database nobody else uses: MONGODB_URI's server where it is set, else an embedded store of our own. */
export async function openTestStore(): Promise<{ uri: string; close(): Promise<void> }> {
  const name = `ourplan_test_${randomBytes(6).toString('hex')}`
  if (process.env.MONGODB_URI) return borrowDatabase(process.env.MONGODB_URI, name)
  const dataDir = await mkdtemp(join(tmpdir(), 'ourplan-test-'))
  const store = await startEmbeddedMongo({ dataDir })
  const close = async () => {
    await store.close()
    await rm(dataDir, { recursive: true })
  }
  return { uri: inDatabase(store.uri, name), close }
}

/** A database of that name on a server that goes on; dropped in the end, by a line of its own. */
export function borrowDatabase(server: string, name: string): { uri: string; close(): Promise<void> } {
  const uri = inDatabase(server, name)
  const close = async () => {
    const line = await connect(uri)
    await line.dropDatabase()
    await line.close()
  }
  return { uri, close }
}

function inDatabase(uri: string, name: string): string {
  return uri.replace(/^(mongodb(?:\+srv)?:\/\/[^/?]+)(\/[^?]*)?/, `$1/${name}`)
}

/** The whole app over a real database, on a port of its own of this machine. */
export async function startTestApp({ config, clock, uri, onLog }: Options = {}): Promise<TestApp> {
  const store = uri ? { uri, close: async () => undefined } : await openTestStore()
  const db = await connect(store.uri)
  const settings = {
    ...readConfig({ PORT: '0', HOST: '127.0.0.1' }),
    ...config,
    masterKey: config?.masterKey ?? randomBytes(32),
  }
  const log = onLog ? pino({ level: 'trace' }, { write: onLog }) : pino({ level: 'silent' })
  const keys = await openRootKeys(db, [settings.masterKey])
  const app = createApp({ config: settings, keys, db, log, clock: clock ?? (() => new Date()) })
  await ensureIndexes(db)
  const port = await app.listen()
  return {
    url: `http://127.0.0.1:${port}`,
    app,
    async close() {
      await app.stop()
      await db.close()
      await store.close()
    },
  }
}
