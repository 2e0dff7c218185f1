import pino from 'pino'
import { type App, createApp } from './app'
import { encryptPlainWords } from './access/encryptedWords'
import { ConfigProblem, readConfig, type Config } from './config'
import { connect } from './connect'
import { seedDemo } from './demo/seedDemo'
import { showDemo } from './demo/showDemo'
import { startEmbeddedMongo } from './embedded-mongo/startEmbeddedMongo'
import { ensureIndexes } from './ensureIndexes'
import { networkAddresses } from './http/networkAddresses'
import { withoutContent } from './http/withoutContent'
import { openKeys } from './openKeys'
import { invitationPath } from './people/invitations'

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
  const { keys, keyNotice } = await openKeys(db, config)
  if (config.nextMasterKey) log.info(keyNotice)
  const given = { config, keys, db, log }
  const app = createApp({ ...given, clock: () => new Date() })
  await ensureIndexes(db)
  await encryptPlainWords(db)
  if (hasDemo(config)) {
    void tell({ stage: 'demo' })
    await seedDemo((clock) => createApp({ ...given, db: db.useDb(db.name), clock }))
  }
  await refuseDemoAccounts(config, app.parts)
  return { app, keyNotice }
}

/** Everybody knows the demo accounts and their password. */
async function refuseDemoAccounts({ production }: Config, { people }: App['parts']): Promise<void> {
  if (!production || !(await people.hasDemoAccounts())) return
  throw new ConfigProblem('This database holds the demo accounts. Production needs a database of its own.')
}

/** A link to make the first account with; null once there is somebody who can come in and make the others. */
async function firstAdminLink({ invitations }: App['parts'], publicUrl: string): Promise<string | null> {
  if (await invitations.hasAdministrator()) return null
  return publicUrl + invitationPath(await invitations.make(null))
}

/** The embedded store is for trying the product out, so it always has the demo families. */
function hasDemo({ mongodbUri, demo }: Config): boolean {
  return !mongodbUri || demo
}

function addresses({ host, publicUrl }: Config, port: number): { local: string; network: string[] } {
  const local = publicUrl ?? `http://localhost:${port}`
  return { local, network: networkAddresses(host).map((address) => `http://${address}:${port}`) }
}

async function start(): Promise<void> {
  watchProcess()
  const config = readConfig(process.env)
  const { app, keyNotice } = await openApp(config)
  const port = await app.listen()
  undo.push(app.stop)
  const where = addresses(config, port)
  const publicUrl = config.publicUrl ?? where.network[0] ?? where.local
  const demo = hasDemo(config) ? await showDemo(app.parts, publicUrl) : null
  const database = config.mongodbUri ? 'MongoDB' : `embedded store in ${config.dataDir}`
  const { fingerprint } = (await app.parts.signingKey()).view
  const firstAdmin = await firstAdminLink(app.parts, config.publicUrl ?? where.local)
  log.info({ port }, 'ready')
  // The one secret that is logged: who reads the log of this server may make its first account, once.
  if (firstAdmin) log.info({ firstAdmin }, 'nobody has an account yet: this link makes the first administrator, once')
  void tell({ stage: 'ready', ...where, database, demo, keyNotice, fingerprint, firstAdmin })
}

async function fail(error: unknown): Promise<void> {
  const message = error instanceof Error ? error.message : String(error)
  await tell({ stage: 'failed', message })
  if (error instanceof ConfigProblem) log.fatal(error.message)
  else log.fatal({ ...withoutContent(error), message }, 'not started')
  await stop(1)
}

try {
  await start()
} catch (error) {
  // Asked to stop while it started: what it was doing then cannot be done any more.
  if (!stopping) await fail(error)
}
