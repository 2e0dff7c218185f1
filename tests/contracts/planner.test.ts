import { Binary, Double, Int32, Long, ObjectId } from 'bson'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import mongoose from 'mongoose'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startEmbeddedMongo, type EmbeddedMongo } from '../../server/embedded-mongo/startEmbeddedMongo'
import { SeededRandom } from '../support/seededRandom'

type Row = Record<string, unknown> & { _id: number }

const INDEXES: [Record<string, 1 | -1>, object?][] = [
  [{ a: 1 }],
  [{ a: -1, b: 1 }],
  [{ b: 1, a: 1, 'c.d': -1 }],
  [{ 'c.d': 1 }],
  [{ list: 1, a: 1 }],
  [{ 'subs.k': 1 }],
  [{ e: 1 }, { sparse: true }],
  [{ f: 1, a: 1 }, { partialFilterExpression: { f: { $exists: true } } }],
  [{ g: 1 }, { partialFilterExpression: { g: { $type: 'string' }, a: { $gt: 1 } } }],
]
const PATHS = ['a', 'b', 'c.d', 'list', 'subs.k', 'e', 'f', 'g', 'none']

let store: EmbeddedMongo
let dataDir: string
const connection = mongoose.createConnection()

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'planner-'))
  store = await startEmbeddedMongo({ dataDir })
  await connection.openUri(store.uri)
})
afterAll(async () => {
  await connection.close()
  await store.close()
  await rm(dataDir, { recursive: true })
})

it.each([1, 2])(
  '[ST10] random queries have the same answers with and without indexes (seed %i)',
  async (seed) => {
    const random = new SeededRandom(seed)
    const plain = connection.collection<Row>(`plain${seed}`)
    const indexed = connection.collection<Row>(`indexed${seed}`)
    for (const [key, options] of INDEXES) await indexed.createIndex(key, options)
    const rows = Array.from({ length: 300 }, (_, _id) => ({ _id, ...fields(random) }))
    for (const each of [plain, indexed]) await each.insertMany(rows)

    for (let round = 0; round < 200; round++) {
      const filter = query(random, 2)
      const asked = JSON.stringify(filter)
      if (round % 10 === 0) {
        const change = update(random)
        const outcomes = [await plain.updateMany(filter, change), await indexed.updateMany(filter, change)]
        expect(outcomes[1], asked).toEqual(outcomes[0])
      }
      const sort = random.below(2) ? sortOrder(random) : ({ _id: 1 } as const)
      const limit = random.below(3) ? 0 : 1 + random.below(20)
      const found = [plain, indexed].map((each) => each.find(filter).sort(sort).limit(limit).batchSize(50).toArray())
      const [expected, actual] = await Promise.all(found)
      expect(actual, `${asked} ${JSON.stringify(sort)}`).toEqual(expected)
      const counts = await Promise.all([plain, indexed].map((each) => each.countDocuments(filter)))
      expect(counts[1], asked).toBe(counts[0])
    }
  },
  120_000,
)

function fields(random: SeededRandom): Record<string, unknown> {
  const doc: Record<string, unknown> = {}
  const maybe = (path: string, value: () => unknown) => {
    if (random.below(4)) doc[path] = value()
  }
  maybe('a', () => scalar(random))
  maybe('b', () => scalar(random))
  maybe('c', () => random.pick([{ d: scalar(random) }, {}, scalar(random), [{ d: 1 }, { d: scalar(random) }]]))
  maybe('list', () => Array.from({ length: random.below(4) }, () => scalar(random)))
  maybe('subs', () => Array.from({ length: random.below(3) }, () => random.pick([{ k: scalar(random) }, { v: 1 }, 3])))
  for (const path of ['e', 'f', 'g']) if (random.below(2)) doc[path] = scalar(random)
  return doc
}

function scalar(random: SeededRandom): unknown {
  return random.pick([
    () => new Int32(random.below(4)),
    () => new Int32(random.below(4)),
    () => new Double(random.below(8) / 2),
    () => Long.fromNumber(random.below(4)),
    () => random.pick(['', 'a', 'ab', 'b', 'ü']),
    () => random.pick(['a', 'b']),
    () => null,
    () => random.below(2) === 1,
    () => new Date(random.below(3)),
    () => new Binary(Buffer.from([random.below(2) * 255])),
    () => new ObjectId(`00000000000000000000000${random.below(3)}`),
    () => ({ x: random.below(2) }),
  ])()
}

function query(random: SeededRandom, depth: number): Record<string, unknown> {
  if (depth > 0 && random.below(5) === 0) {
    const operator = random.pick(['$and', '$or', '$nor'])
    return { [operator]: Array.from({ length: 1 + random.below(3) }, () => query(random, depth - 1)) }
  }
  const parts = Array.from({ length: 1 + random.below(3) }, () => [random.pick(PATHS), condition(random)])
  if (random.below(8) === 0) parts.push(['_id', { [random.pick(['$gt', '$lt', '$ne'])]: random.below(300) }])
  return Object.fromEntries(parts)
}

function condition(random: SeededRandom): unknown {
  return random.pick([
    () => scalar(random),
    () => scalar(random),
    () => ({ $eq: scalar(random) }),
    () => ({ $in: Array.from({ length: random.below(4) }, () => scalar(random)) }),
    () => ({ [random.pick(['$gt', '$gte', '$lt', '$lte'])]: scalar(random) }),
    () => ({ $gte: new Int32(random.below(3)), $lt: new Int32(1 + random.below(3)) }),
    () => ({ $gt: scalar(random), $exists: true }),
    () => ({ $ne: scalar(random) }),
    () => ({ $nin: [scalar(random), null] }),
    () => ({ $exists: random.below(2) === 1 }),
    () => ({ $not: { $gt: scalar(random) } }),
    () => ({ $type: random.pick(['string', 'number', 'array', 'null']) }),
    () => ({ $elemMatch: { $gte: new Int32(1), $lt: new Int32(3) } }),
    () => ({ $size: random.below(3) }),
    () => [scalar(random)],
    () => /^a/,
  ])()
}

function update(random: SeededRandom): Record<string, unknown> {
  const path = random.pick(['a', 'b', 'e', 'f', 'g'])
  return random.pick([
    () => ({ $set: { [path]: scalar(random) } }),
    () => ({ $set: { [random.pick(['e', 'g'])]: [scalar(random), scalar(random)].slice(random.below(2)), list: [] } }),
    () => ({ $unset: { [path]: '' } }),
    () => ({ $set: { list: [scalar(random)], [path]: new Int32(random.below(4)) } }),
  ])()
}

/** Ends with _id, so that there is exactly one right order. */
function sortOrder(random: SeededRandom): Record<string, 1 | -1> {
  const direction = () => random.pick([1, -1] as const)
  return { [random.pick(PATHS)]: direction(), [random.pick(PATHS)]: direction(), _id: direction() }
}
