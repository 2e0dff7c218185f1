import { Binary, Long } from 'bson'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { RawMongo } from '../support/rawMongo'
import { startStoreProcess, type StoreProcess } from '../support/storeProcess'

let dataDir: string
let store: StoreProcess

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'retry-'))
  store = await startStoreProcess(dataDir)
})
afterEach(async () => {
  await store.stop()
  await rm(dataDir, { recursive: true })
})

const session = () => ({ id: new Binary(randomBytes(16), 4) })
const raise = (lsid: object, txnNumber: number) => ({
  findAndModify: 'counts',
  query: { _id: 'c' },
  update: { $inc: { n: 1 } },
  upsert: true,
  new: true,
  lsid,
  txnNumber: Long.fromNumber(txnNumber),
  $db: 'ourplan',
})

it('[ST12] a write sent again on a new connection is done once and answered as before', async () => {
  const lsid = session()
  const first = new RawMongo(store.uri)
  const answer = await first.command(raise(lsid, 1))
  expect(answer).toMatchObject({ ok: 1, value: { n: 1 } })
  first.socket.destroy()

  const second = new RawMongo(store.uri)
  expect(await second.command(raise(lsid, 1))).toEqual(answer)
  expect(await second.command(raise(lsid, 2))).toMatchObject({ value: { n: 2 } })
  expect(await second.command(raise(lsid, 1))).toMatchObject({ ok: 0, code: 225 })
  expect(await second.command(raise(session(), 1))).toMatchObject({ value: { n: 3 } })
  second.socket.destroy()
})

it('[ST12] a write sent again after the store was killed is done once and answered as before', async () => {
  const lsid = session()
  const first = new RawMongo(store.uri)
  const answers = [await first.command(raise(lsid, 1)), await first.command(raise(lsid, 2))]
  await store.kill()
  store = await startStoreProcess(dataDir)
  const second = new RawMongo(store.uri)
  expect(await second.command(raise(lsid, 2))).toEqual(answers[1])
  expect(await second.command({ find: 'counts', filter: {}, $db: 'ourplan' })).toMatchObject({
    cursor: { firstBatch: [{ _id: 'c', n: 2 }] },
  })
  second.socket.destroy()
})
