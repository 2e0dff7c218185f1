import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startEmbeddedMongo, type EmbeddedMongo } from '../../server/embedded-mongo/startEmbeddedMongo'
import { RawMongo } from '../support/rawMongo'
import { SeededRandom } from '../support/seededRandom'

let store: EmbeddedMongo
let dataDir: string

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'wire-'))
  store = await startEmbeddedMongo({ dataDir })
})
afterAll(async () => {
  await store.close()
  await rm(dataDir, { recursive: true })
})

const ping = { ping: 1, $db: 'ourplan' }

it('[ST15] messages may arrive in any pieces, and several at once', async () => {
  const raw = new RawMongo(store.uri)
  const random = new SeededRandom(15)
  const insert = (_id: number) => raw.frame({ insert: 'pieces', documents: [{ _id }], $db: 'ourplan' })
  const bytes = Buffer.concat(Array.from({ length: 30 }, (_, i) => insert(i)))
  for (let at = 0; at < bytes.length;) {
    const size = 1 + random.below(40)
    await new Promise((resolve) => raw.socket.write(bytes.subarray(at, at + size), resolve))
    at += size
  }
  for (let i = 0; i < 30; i++) expect(await raw.answer()).toEqual({ n: 1, ok: 1 })
  expect(await raw.command({ count: 'pieces', $db: 'ourplan' })).toEqual({ n: 30, ok: 1 })
  raw.socket.destroy()
})

it('[ST15] a write that wants no answer gets none, and is done', async () => {
  const raw = new RawMongo(store.uri)
  const moreToCome = 2
  raw.socket.write(raw.frame({ insert: 'silent', documents: [{ _id: 1 }], $db: 'ourplan' }, moreToCome))
  raw.socket.write(raw.frame({ insert: 'silent', documents: [{ _id: 2 }], $db: 'ourplan' }))
  expect(await raw.answer()).toEqual({ n: 1, ok: 1 })
  expect(await raw.command({ count: 'silent', $db: 'ourplan' })).toEqual({ n: 2, ok: 1 })
  raw.socket.destroy()
})

it('[ST15] what is not the protocol closes its own connection and no other', async () => {
  const witness = new RawMongo(store.uri)
  const random = new SeededRandom(7)
  const noise = (size: number) => Buffer.from(Array.from({ length: size }, () => random.below(256)))
  const lying = new RawMongo(store.uri).frame(ping)
  lying.writeInt32LE(99_000_000, 0)
  const cutOff = new RawMongo(store.uri).frame(ping)
  cutOff.writeInt32LE(1_000_000, 21)
  for (const bytes of [noise(64), lying, cutOff, Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n')]) {
    const raw = new RawMongo(store.uri)
    raw.socket.write(bytes)
    await raw.closed()
  }
  expect(await witness.command(ping)).toEqual({ ok: 1 })
  witness.socket.destroy()
})
