import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Worker } from 'node:worker_threads'
import mongoose from 'mongoose'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { connect } from '../../server/connect'
import { startEmbeddedMongo, type EmbeddedMongo } from '../../server/embedded-mongo/startEmbeddedMongo'
import { startStoreProcess } from '../support/storeProcess'

let dataDir: string

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'folder-'))
})
afterEach(async () => {
  await rm(dataDir, { recursive: true })
})

async function insertOne(store: EmbeddedMongo, _id: string): Promise<number> {
  const connection = await mongoose.createConnection(store.uri).asPromise()
  await connection.collection<{ _id: string }>('things').insertOne({ _id })
  const count = await connection.collection('things').countDocuments()
  await connection.close()
  return count
}

it('[ST13] who comes second is told once, waits, and is refused with the owner and what to do', async () => {
  const owner = await startStoreProcess(dataDir)
  let told = 0
  const second = startEmbeddedMongo({ dataDir, onWaiting: () => told++, waitMs: 300 })
  await expect(second).rejects.toThrow(new RegExp(`process ${owner.pid}: stop that process, or choose another folder`))
  expect(told).toBe(1)
  expect(await owner.stop()).toBe(0)
})

it('[ST13] who waits goes on as soon as the owner stops, and finds all its words', async () => {
  const owner = await startStoreProcess(dataDir)
  await insertOne({ uri: owner.uri, close: async () => undefined }, 'first')
  const told = expectation<number>()
  const second = startEmbeddedMongo({ dataDir, onWaiting: told.resolve, waitMs: 20_000 })
  expect(await told.promise).toBe(owner.pid)
  await owner.stop()
  const store = await second
  expect(await insertOne(store, 'second')).toBe(2)
  await store.close()
})

it('[ST13] an owner that was killed blocks nobody, and leaves nothing behind once the next one has started', async () => {
  const owner = await startStoreProcess(dataDir)
  await owner.kill()
  let told = 0
  const store = await startEmbeddedMongo({ dataDir, onWaiting: () => told++, waitMs: 0 })
  expect(told).toBe(0)
  expect((await readdir(dataDir)).filter((name) => name.startsWith('owner-')).length).toBe(1)
  await store.close()
  expect((await readdir(dataDir)).sort()).toEqual(['data.mdb', 'lock.mdb'])
})

it('[ST13] of several that find a dead owner at the same moment, exactly one becomes the next', async () => {
  await (await startStoreProcess(dataDir)).kill()
  let processOwns = false
  const another = startStoreProcess(dataDir).finally(() => (processOwns = true))
  const threads = await Promise.allSettled([1, 2, 3].map(() => startEmbeddedMongo({ dataDir, waitMs: 1000 })))
  const owners = threads.filter((each) => each.status === 'fulfilled')
  expect(owners.length).toBe(processOwns ? 0 : 1)
  for (const { value } of owners) await value.close()
  expect(await (await another).stop()).toBe(0) // when a thread was first, its turn comes now
})

it('[ST13] the same process may open, close and open again, but not twice at once', async () => {
  const first = await startEmbeddedMongo({ dataDir })
  await expect(startEmbeddedMongo({ dataDir, waitMs: 100 })).rejects.toThrow(`process ${process.pid}`)
  expect(await insertOne(first, 'a')).toBe(1)
  await first.close()
  const again = await startEmbeddedMongo({ dataDir })
  expect(await insertOne(again, 'b')).toBe(2)
  await again.close()
})

it('[ST14] when the store ends by itself, who started it is told, and calls in progress fail', async () => {
  const worker = await captureWorker(async () => {
    const crashed = expectation<Error>()
    const store = await startEmbeddedMongo({ dataDir, onCrash: crashed.resolve })
    return { store, crashed: crashed.promise }
  })
  const { store, crashed } = worker.result
  const connection = await connect(store.uri)
  await worker.worker.terminate()
  expect((await crashed).message).toContain('ended unexpectedly')
  await expect(connection.collection('things').insertOne({})).rejects.toBeTruthy()
  await connection.close()
  await store.close()
})

it('[ST14] without anyone to tell, the process ends with a failure', async () => {
  const program = `
    const { startEmbeddedMongo } = await import('./server/embedded-mongo/startEmbeddedMongo.ts')
    const workers = []
    process.on('worker', (worker) => workers.push(worker))
    await startEmbeddedMongo({ dataDir: ${JSON.stringify(dataDir)} })
    setInterval(() => {}, 1000)
    await workers.at(-1).terminate()`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (piece: Buffer) => (said += piece.toString()))
  const [code] = (await once(child, 'exit')) as [number]
  expect(code).not.toBe(0)
  expect(said).toContain('the embedded store ended unexpectedly')
})

it('[ST16] the folder and the socket are for this user only, and a stop leaves no socket', async () => {
  const store = await startEmbeddedMongo({ dataDir })
  const socket = decodeURIComponent(/^mongodb:\/\/([^/]+)\//.exec(store.uri)![1]!)
  expect((await stat(dirname(socket))).mode & 0o077).toBe(0)
  expect((await stat(join(dataDir, 'data.mdb'))).mode & 0o077).toBe(0)
  await store.close()
  expect(existsSync(dirname(socket))).toBe(false)
})

it('[ST16] a folder with a very long path works like any other', async () => {
  const deep = join(dataDir, 'a'.repeat(100), 'b'.repeat(100))
  const store = await startEmbeddedMongo({ dataDir: deep })
  expect(await insertOne(store, 'x')).toBe(1)
  await store.close()
})

function expectation<T>() {
  let resolve!: (value: T) => void
  const promise = new Promise<T>((resolved) => (resolve = resolved))
  return { promise, resolve }
}

async function captureWorker<T>(start: () => Promise<T>): Promise<{ worker: Worker; result: T }> {
  const worker = once(process, 'worker') as Promise<[Worker]>
  const result = await start()
  return { worker: (await worker)[0], result }
}
