import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import mongoose from 'mongoose'
import { checkStoreFiles } from './checkStoreFiles'
import { SeededRandom } from './seededRandom'
import { startStoreProcess, type StoreProcess } from './storeProcess'

const { MongoClient } = mongoose.mongo

export type KillReport = {
  kills: number
  inserts: number
  increments: number
  upserts: number
  /** Writes that got no answer: they may have happened or not. */
  unanswered: number
  restartMs: { median: number; max: number }
  faults: string[]
}

type Entry = { _id: string; writer: number; n: number; tags: string[]; body: Buffer; digest: string }
type Count = { _id: string; key?: string; n: number }
/** What has been acknowledged, kept in this process, which is never killed. */
type Oracle = {
  inserted: Map<string, string>
  recent: string[]
  counts: Map<string, { acknowledged: number; open: number }>
  onAcknowledged: () => void
}

const INSERTERS = 6
const COUNTERS = 4

/** Kills the store at random instants while many write, starts it again, and compares what it holds with what it had acknowledged. */
export async function killLoop(kills: number, seed: number): Promise<KillReport> {
  const random = new SeededRandom(seed)
  const dataDir = await mkdtemp(join(tmpdir(), 'kill-'))
  const oracle: Oracle = { inserted: new Map(), recent: [], counts: new Map(), onAcknowledged: () => undefined }
  const report: KillReport = {
    kills: 0,
    inserts: 0,
    increments: 0,
    upserts: 0,
    unanswered: 0,
    restartMs: { median: 0, max: 0 },
    faults: [],
  }
  const restarts: number[] = []
  let store = await startStoreProcess(dataDir)
  try {
    await createIndexes(store)
    while (report.kills < kills && report.faults.length === 0) {
      await writeUntilKilled(store, oracle, report, random)
      report.kills++
      if (report.kills % 20 === 0 || report.kills === kills) report.faults.push(...(await checkStoreFiles(dataDir)))
      const began = performance.now()
      store = await startStoreProcess(dataDir, store.port)
      restarts.push(performance.now() - began)
      report.faults.push(...(await compare(store, oracle, report.kills === kills)))
    }
  } finally {
    await store.kill()
    await rm(dataDir, { recursive: true })
  }
  restarts.sort((a, b) => a - b)
  report.restartMs = { median: Math.round(restarts[restarts.length >> 1]!), max: Math.round(restarts.at(-1)!) }
  return report
}

async function createIndexes(store: StoreProcess): Promise<void> {
  const client = await MongoClient.connect(store.uri)
  await client.db().collection('entries').createIndex({ writer: 1, n: 1 }, { unique: true })
  await client.db().collection('entries').createIndex({ tags: 1, n: -1 })
  await client.db().collection('counts').createIndex({ key: 1 }, { unique: true, sparse: true })
  await client.close()
}

async function writeUntilKilled(store: StoreProcess, oracle: Oracle, report: KillReport, random: SeededRandom) {
  // A write that the driver sends again would be done once (ST12); here every failure is to stay an open question.
  const client = await MongoClient.connect(store.uri, { retryWrites: false })
  const end = new AbortController()
  const writers = [
    ...Array.from({ length: INSERTERS }, (_, writer) => insertAll(client, writer, oracle, report, end.signal)),
    ...Array.from({ length: COUNTERS }, (_, i) => countAll(client, i, oracle, report, end.signal)),
  ]
  await acknowledged(oracle, 1 + random.below(150))
  await pause(random.below(5)) // anywhere in a commit, not only right behind one
  await store.kill()
  end.abort()
  await client.close() // also ends what still waits for the store to come back
  await Promise.all(writers)
}

function acknowledged(oracle: Oracle, writes: number): Promise<void> {
  let left = writes
  return new Promise((resolve) => (oracle.onAcknowledged = () => --left === 0 && resolve()))
}

type Client = InstanceType<typeof MongoClient>

async function insertAll(client: Client, writer: number, oracle: Oracle, report: KillReport, end: AbortSignal) {
  const entries = client.db().collection<Entry>('entries')
  for (let n = 0; !end.aborted; n++) {
    const body = randomBytes(200 + (n % 5) * 1000)
    const entry = {
      _id: `${writer}-${n}-${report.kills}`,
      writer,
      n: n + report.kills * 1e6,
      tags: [`t${n % 7}`, `w${writer}`],
      body,
      digest: digest(body),
    }
    try {
      await entries.insertOne(entry)
      oracle.inserted.set(entry._id, entry.digest)
      oracle.recent.push(entry._id)
      report.inserts++
      oracle.onAcknowledged()
    } catch (error) {
      assertUnanswered(error)
      report.unanswered++
      return
    }
  }
}

async function countAll(client: Client, i: number, oracle: Oracle, report: KillReport, end: AbortSignal) {
  const counts = client.db().collection<Count>('counts')
  for (let round = 0; !end.aborted; round++) {
    const upserting = i % 2 === 1
    const id = upserting ? `key-${report.kills}-${round % 10}` : `counter-${i}`
    const count = oracle.counts.get(id) ?? { acknowledged: 0, open: 0 }
    oracle.counts.set(id, count)
    count.open++
    try {
      await counts.updateOne(upserting ? { key: id } : { _id: id }, { $inc: { n: 1 } }, { upsert: true })
      count.open--
      count.acknowledged++
      report[upserting ? 'upserts' : 'increments']++
      oracle.onAcknowledged()
    } catch (error) {
      assertUnanswered(error)
      report.unanswered++
      return
    }
  }
}

/** A store that answers with a refusal here is wrong; only one that is gone is expected. */
function assertUnanswered(error: unknown): void {
  if (error instanceof mongoose.mongo.MongoServerError) throw error
}

async function compare(store: StoreProcess, oracle: Oracle, everything: boolean): Promise<string[]> {
  const client = await MongoClient.connect(store.uri)
  const ids = everything ? [...oracle.inserted.keys()] : oracle.recent
  const faults = [...(await compareEntries(client, oracle, ids)), ...(await compareCounts(client, oracle))]
  oracle.recent = []
  await client.close()
  return faults
}

async function compareEntries(client: Client, oracle: Oracle, ids: string[]): Promise<string[]> {
  const entries = client.db().collection<Entry>('entries')
  const faults: string[] = []
  const found = new Set<string>()
  for await (const entry of entries.find({ _id: { $in: ids } })) {
    found.add(entry._id)
    if (digest(Buffer.from((entry.body as unknown as { buffer: Uint8Array }).buffer)) !== entry.digest)
      faults.push(`torn: ${entry._id}`)
    if (entry.digest !== oracle.inserted.get(entry._id)) faults.push(`another's words: ${entry._id}`)
  }
  faults.push(...ids.filter((id) => !found.has(id)).map((id) => `lost: ${id}`))
  const all = await entries.countDocuments()
  const perWriter = await entries.countDocuments({ writer: { $gte: 0 } })
  const perTag = await entries.countDocuments({
    tags: /./,
    $or: [{ tags: { $in: Array.from({ length: 7 }, (_, i) => `t${i}`) } }],
  })
  if (perWriter !== all || perTag !== all) faults.push(`${all} documents, ${perWriter} by writer, ${perTag} by tag`)
  return faults
}

async function compareCounts(client: Client, oracle: Oracle): Promise<string[]> {
  const held = new Map<string, number>()
  const faults: string[] = []
  for await (const { _id, key, n } of client.db().collection<Count>('counts').find()) {
    const id = key ?? _id
    if (held.has(id)) faults.push(`made twice: ${id}`)
    held.set(id, n)
  }
  for (const [id, { acknowledged, open }] of oracle.counts) {
    const n = held.get(id) ?? 0
    if (n < acknowledged || n > acknowledged + open)
      faults.push(`${id} is ${n}, acknowledged ${acknowledged}, open ${open}`)
  }
  return faults
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
