import pino from 'pino'
import { type App, createApp } from './app'
import { ConfigProblem, readConfig, type Config } from './config'
import { connect } from './connect'
import { type Demo, seedDemo } from './demo/seedDemo'
import { startEmbeddedMongo } from './embedded-mongo/startEmbeddedMongo'
import { ensureIndexes } from './ensureIndexes'
import { networkAddresses } from './http/networkAddresses'
import { withoutContent } from './http/withoutContent'
import { readMasterKey } from './readMasterKey'

/** Longest orderly stop, ms. What was acknowledged is durable in any case. */
const STOP_MS = 10_000
/** How long another process may keep the data folder while it stops, ms. */
const STORE_WAIT_MS = 15_000

const log = pino({ base: undefined })

/** What is undone at the stop, latest first. */
const undo: (() => Promise<unknown>)[] = []
let stopping = false

/** Tells `npm start`, when it is there; resolves when it was told. */
function tell(message: { stage: string } & Record<string, unknown>): Promise<void> {
  return new Promise((resolve) => {
    if (process.send && process.connected) process.send(message, () => resolve())
    else resolve()
  })
}

async function stop(exitCode: number): Promise<void> {
  // Asked twice, the second time means now.
  if (stopping) process.exit(exitCode || 1)
  stopping = true
  setTimeout(() => {
    log.error('stopping took too long')
    process.exit(1)
  }, STOP_MS).unref()
  let code = exitCode
  for (const step of undo.reverse()) {
    await step().catch((error: unknown) => {
      log.error(withoutContent(error), 'not stopped in good order')
      code = 1
    })
  }
  process.exit(code)
}

function watchProcess(): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(0))
  const onTrouble = (error: unknown) => {
    log.fatal(withoutContent(error), 'unexpected end')
    void stop(1)
  }
  process.on('uncaughtException', onTrouble)
  process.on('unhandledRejection', onTrouble)
}

/** @returns where the database is */
async function openStore(config: Config): Promise<string> {
  void tell({ stage: 'store' })
  if (config.mongodbUri) return config.mongodbUri
  const store = await startEmbeddedMongo({
    dataDir: config.dataDir,
    waitMs: STORE_WAIT_MS,
    onWaiting: (pid) => void tell({ stage: 'waiting', pid }),
  })
  undo.push(store.close)
  return store.uri
}

async function openApp(config: Config): Promise<{ app: App; keyNotice: string | null }> {
  const db = await connect(await openStore(config))
  undo.push(() => db.close())
  const made = config.masterKey ? { masterKey: config.masterKey, keyNotice: null } : await readMasterKey(config.dataDir)
  const { masterKey, keyNotice } = made
  const app = createApp({ config: { ...config, masterKey }, db, log, clock: () => new Date() })
  await ensureIndexes(db)
  return { app, keyNotice }
}

function addresses({ host, publicUrl }: Config, port: number): { local: string; network: string[] } {
  const local = publicUrl ?? `http://localhost:${port}`
  return { local, network: networkAddresses(host).map((address) => `http://${address}:${port}`) }
}

/** The embedded store is for trying the product out, so it always has them. */
async function provideDemo(config: Config, app: App, publicUrl: string): Promise<Demo | null> {
  if (config.mongodbUri && !config.demo) return null
  void tell({ stage: 'demo' })
  return seedDemo(app.parts, publicUrl)
}

async function start(): Promise<void> {
  watchProcess()
  const config = readConfig(process.env)
  const { app, keyNotice } = await openApp(config)
  const port = await app.listen()
  undo.push(app.stop)
  const where = addresses(config, port)
  const demo = await provideDemo(config, app, config.publicUrl ?? where.network[0] ?? where.local)
  const database = config.mongodbUri ? 'MongoDB' : `embedded store in ${config.dataDir}`
  const { fingerprint } = (await app.parts.signingKey()).view
  void tell({ stage: 'ready', ...where, database, demo, keyNotice, fingerprint })
  log.info({ port }, 'ready')
}

try {
  await start()
} catch (error) {
  const message = error instanceof Error ? error.message : String(error)
  await tell({ stage: 'failed', message })
  if (error instanceof ConfigProblem) log.fatal(error.message)
  else log.fatal({ ...withoutContent(error), message }, 'not started')
  await stop(1)
}
