import { Binary, Double, Int32, Long, MaxKey, MinKey, ObjectId } from 'bson'
import { randomBytes } from 'node:crypto'
import mongoose, { Schema } from 'mongoose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

export type ContractStore = { uri: string; close(): Promise<void> }

type Row = mongoose.mongo.Document & { _id?: number | string | ObjectId }

/** What OurPlan asks of its database, whichever that is: the same sentences hold for MongoDB and the embedded store. */
export function storeContract(name: string, openStore: () => Promise<ContractStore>): void {
  describe(name, () => {
    let store: ContractStore
    let embedded: boolean
    const connection = mongoose.createConnection()
    const database = `contract${randomBytes(6).toString('hex')}`
    let names = 0
    const fresh = () => connection.collection<Row>(`things${names++}`)

    beforeAll(async () => {
      store = await openStore()
      await connection.openUri(store.uri, { dbName: database, writeConcern: { w: 'majority', journal: true } })
      const { modules } = await connection.db!.admin().buildInfo()
      embedded = (modules as string[]).includes('ourplan-embedded')
    })
    afterAll(async () => {
      await connection.dropDatabase()
      await connection.close()
      await store.close()
    })

    const ids = async (collection: ReturnType<typeof fresh>, filter: object) =>
      (await collection.find(filter).sort({ _id: 1 }).toArray()).map(({ _id }) => _id)

    it('[ST1] keeps a document with all its kinds of values, and gives it back as it was', async () => {
      const things = fresh()
      const doc = {
        _id: new ObjectId(),
        text: 'Elena, «mañana», 🌱, \0 inside',
        int: 7,
        double: 7.5,
        long: Long.fromString('9007199254740993'),
        bytes: new Binary(Buffer.from([0, 255, 1])),
        when: new Date('2026-03-01T10:00:00.123Z'),
        nothing: null,
        yes: true,
        list: [1, 'two', { three: [3] }],
        nested: { b: 1, a: { c: [] } },
      }
      await things.insertOne(doc)
      expect(await things.findOne({ _id: doc._id }, { promoteLongs: false })).toEqual({
        ...doc,
        int: 7,
        list: doc.list,
      })
    })

    it('[ST1] finds, counts, changes, replaces and removes', async () => {
      const things = fresh()
      await things.insertMany(Array.from({ length: 10 }, (_, n) => ({ _id: n, n, even: n % 2 === 0 })))
      expect(await things.countDocuments({ even: true })).toBe(5)
      expect(await things.estimatedDocumentCount()).toBe(10)
      expect(await things.distinct('even')).toEqual([false, true])
      expect(await things.updateMany({ n: { $gte: 8 } }, { $set: { big: true } })).toMatchObject({
        matchedCount: 2,
        modifiedCount: 2,
      })
      expect(await things.updateOne({ _id: 9 }, { $set: { big: true } })).toMatchObject({
        matchedCount: 1,
        modifiedCount: 0,
      })
      await things.replaceOne({ _id: 0 }, { other: 'words' })
      expect(await things.findOne({ _id: 0 })).toEqual({ _id: 0, other: 'words' })
      expect((await things.deleteMany({ n: { $lt: 5 } })).deletedCount).toBe(4)
      expect((await things.deleteOne({ n: { $gt: 0 } })).deletedCount).toBe(1)
      expect(await things.countDocuments()).toBe(5)
    })

    it('[ST1] answers the operators of a query as MongoDB does', async () => {
      const things = fresh()
      await things.insertMany([
        {
          _id: 1,
          a: 1,
          tags: ['x', 'y'],
          sub: [
            { k: 1, v: 1 },
            { k: 2, v: 9 },
          ],
        },
        { _id: 2, a: 2, tags: [], sub: [{ k: 1, v: 9 }] },
        { _id: 3, a: null, tags: 'x', deep: { er: { n: 5 } } },
        { _id: 4, deep: { er: { n: [1, 9] } } },
        { _id: 5, a: 'Words', deep: 'no' },
      ])
      expect(await ids(things, { a: null })).toEqual([3, 4])
      expect(await ids(things, { a: { $exists: false } })).toEqual([4])
      expect(await ids(things, { a: { $exists: true, $ne: null } })).toEqual([1, 2, 5])
      expect(await ids(things, { a: { $ne: 1 } })).toEqual([2, 3, 4, 5])
      expect(await ids(things, { a: { $gt: 1 } })).toEqual([2])
      expect(await ids(things, { a: { $gte: 1, $lt: 2 } })).toEqual([1])
      expect(await ids(things, { a: { $in: [1, null] } })).toEqual([1, 3, 4])
      expect(await ids(things, { a: { $nin: [1, null] } })).toEqual([2, 5])
      expect(await ids(things, { tags: 'x' })).toEqual([1, 3])
      expect(await ids(things, { tags: ['x', 'y'] })).toEqual([1])
      expect(await ids(things, { tags: { $size: 0 } })).toEqual([2])
      expect(await ids(things, { 'tags.0': 'x' })).toEqual([1])
      expect(await ids(things, { 'sub.k': 1, 'sub.v': 9 })).toEqual([1, 2])
      expect(await ids(things, { sub: { $elemMatch: { k: 1, v: 9 } } })).toEqual([2])
      expect(await ids(things, { 'deep.er.n': { $gt: 4, $lt: 6 } })).toEqual([3, 4])
      expect(await ids(things, { 'deep.er.n': { $elemMatch: { $gt: 4, $lt: 6 } } })).toEqual([])
      expect(await ids(things, { a: { $not: { $gt: 1 } } })).toEqual([1, 3, 4, 5])
      expect(await ids(things, { $or: [{ a: 1 }, { 'deep.er.n': 5 }] })).toEqual([1, 3])
      expect(await ids(things, { $nor: [{ a: 1 }, { a: null }] })).toEqual([2, 5])
      expect(await ids(things, { $and: [{ a: { $gt: 0 } }, { tags: { $size: 2 } }] })).toEqual([1])
      expect(await ids(things, { a: /^wor/i })).toEqual([5])
      expect(await ids(things, { a: { $regex: 'ds$' } })).toEqual([5])
      expect(await ids(things, { a: { $type: 'number' } })).toEqual([1, 2])
      expect(await ids(things, { tags: { $type: 'array' } })).toEqual([1, 2])
      expect(await ids(things, { deep: { er: { n: 5 } } })).toEqual([3])
    })

    it('[ST1] applies the operators of an update as MongoDB does', async () => {
      const things = fresh()
      await things.insertOne({ _id: 1, n: new Int32(1), list: [1, 2, 3, 2], sub: { keep: 1, go: 2 }, at: [{ a: 1 }] })
      await things.updateOne(
        { _id: 1 },
        {
          $inc: { n: 2, fresh: 5 },
          $set: { 'sub.new.deep': 'x', 'at.0.a': 2 },
          $unset: { 'sub.go': '' },
          $push: { log: { $each: ['a', 'b'] } } as object,
          $pull: { list: 2 } as object,
          $min: { low: 3 },
          $max: { high: 3 },
          $currentDate: { touched: true },
        },
      )
      await things.updateOne(
        { _id: 1 },
        { $addToSet: { log: { $each: ['b', 'c'] } }, $push: { list: 9 } as object, $min: { low: 2 } },
      )
      const { touched, ...rest } = (await things.findOne({ _id: 1 }))!
      expect(touched).toBeInstanceOf(Date)
      expect(rest).toEqual({
        _id: 1,
        n: 3,
        fresh: 5,
        list: [1, 3, 9],
        sub: { keep: 1, new: { deep: 'x' } },
        at: [{ a: 2 }],
        log: ['a', 'b', 'c'],
        low: 2,
        high: 3,
      })
      await things.updateOne(
        { _id: 1 },
        {
          $set: {
            at: [
              { k: 1, v: 1 },
              { k: 2, v: 2 },
            ],
          },
        },
      )
      await things.updateOne({ _id: 1 }, { $pull: { at: { k: 1 } } } as object)
      expect((await things.findOne({ _id: 1 }))!.at).toEqual([{ k: 2, v: 2 }])
    })

    it('[ST1] keeps what kind of number a number is', async () => {
      const things = fresh()
      const raw = { promoteValues: false }
      await things.insertOne({
        _id: 'n',
        int: new Int32(1),
        double: new Double(1),
        long: Long.fromNumber(1),
        edge: new Int32(2 ** 31 - 1),
      })
      await things.updateOne(
        { _id: 'n' },
        { $inc: { int: new Int32(1), double: new Int32(1), long: new Int32(1), edge: new Int32(1) } },
      )
      expect(await things.findOne({ _id: 'n' }, raw)).toEqual({
        _id: 'n',
        int: new Int32(2),
        double: new Double(2),
        long: Long.fromNumber(2),
        edge: Long.fromString('2147483648'),
      })
      expect(await things.countDocuments({ int: new Double(2), double: Long.fromNumber(2), long: 2 })).toBe(1)
    })

    it('[ST2] orders values of all kinds as BSON does', async () => {
      const things = fresh()
      const inOrder = [
        new MinKey(),
        null,
        new Double(NaN),
        new Double(-Infinity),
        Long.MIN_VALUE,
        -1,
        -0.5,
        0,
        0.1,
        1,
        Long.fromString('9007199254740992'),
        Long.fromString('9007199254740993'),
        Long.MAX_VALUE,
        new Double(Infinity),
        '',
        'A',
        'AB',
        'B',
        'a',
        'é',
        '\u{ff5e}',
        '🌱',
        {},
        { a: 1 },
        { a: 1, b: 1 },
        { b: 0 },
        { a: 'x' },
        new Binary(Buffer.from([])),
        new Binary(Buffer.from([254])),
        new Binary(Buffer.from([255])),
        new Binary(Buffer.from([254]), 5),
        new Binary(Buffer.from([0, 0])),
        new ObjectId('000000000000000000000001'),
        new ObjectId('ff0000000000000000000000'),
        false,
        true,
        new Date(-1000),
        new Date(0),
        new Date(1000),
        new MaxKey(),
      ]
      await things.insertMany(inOrder.map((v, _id) => ({ _id, v })).toReversed())
      const sorted = async (direction: 1 | -1) =>
        (await things.find().sort({ v: direction, _id: direction }).toArray()).map(({ _id }) => _id)
      const expected = inOrder.map((_, i) => i)
      expect(await sorted(1)).toEqual(expected)
      expect(await sorted(-1)).toEqual(expected.toReversed())
      await things.createIndex({ v: 1 })
      expect(await sorted(1)).toEqual(expected)
      await things.createIndex({ v: -1 })
      expect(await sorted(-1)).toEqual(expected.toReversed())
    })

    it('[ST2] sorts by several fields, skips, limits, and projects', async () => {
      const things = fresh()
      await things.insertMany([
        { _id: 1, a: 2, b: 1, c: { x: 1, y: 1 } },
        { _id: 2, a: 1, b: 1, c: { x: 2, y: 2 } },
        { _id: 3, a: 1, b: 2, c: [{ x: 3, y: 3 }, 7] },
        { _id: 4, b: 0 },
      ])
      const order = { a: -1, b: 1 } as const
      expect((await things.find().sort(order).toArray()).map(({ _id }) => _id)).toEqual([1, 2, 3, 4])
      expect((await things.find().sort(order).skip(1).limit(2).toArray()).map(({ _id }) => _id)).toEqual([2, 3])
      expect(
        await things
          .find({ _id: { $gt: 1 } }, { projection: { 'c.x': 1 } })
          .sort({ _id: 1 })
          .toArray(),
      ).toEqual([{ _id: 2, c: { x: 2 } }, { _id: 3, c: [{ x: 3 }] }, { _id: 4 }])
      expect(await things.findOne({ _id: 3 }, { projection: { _id: 0, 'c.x': 0, b: 0 } })).toEqual({
        a: 1,
        c: [{ y: 3 }, 7],
      })
    })

    it('[ST3] a cursor reads on batch by batch, and ends when it is closed', async () => {
      const things = fresh()
      await things.insertMany(Array.from({ length: 1000 }, (_, n) => ({ _id: n, n: n % 7 })))
      await things.createIndex({ n: 1 })
      const read: unknown[] = []
      for await (const { _id } of things.find({ n: { $gte: 3 } }).batchSize(37)) read.push(_id)
      expect(new Set(read).size).toBe(read.length)
      expect(read.length).toBe(await things.countDocuments({ n: { $gte: 3 } }))

      const cursor = things.find().batchSize(2)
      await cursor.next()
      const id = cursor.id
      await cursor.close()
      await expect(connection.db!.command({ getMore: id, collection: things.collectionName })).rejects.toMatchObject({
        code: 43,
      })
    })

    it('[ST3] documents so large that few fit into one answer are all read, forwards and backwards', async () => {
      const things = fresh()
      const body = Buffer.alloc(3 * 1024 * 1024, 1)
      for (let _id = 0; _id < 9; _id++) await things.insertOne({ _id, body })
      for (const direction of [1, -1] as const) {
        const read: unknown[] = []
        for await (const { _id } of things.find().sort({ _id: direction })) read.push(_id)
        expect(read).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8].sort((a, b) => (a - b) * direction))
      }
    })

    it('[ST3] a cursor goes on where it was while documents come and go around it', async () => {
      const things = fresh()
      await things.insertMany(Array.from({ length: 300 }, (_, n) => ({ _id: n })))
      const cursor = things.find().sort({ _id: 1 }).batchSize(10)
      const read: unknown[] = [(await cursor.next())!._id]
      await things.deleteMany({ _id: { $gte: 100, $lt: 200 } })
      await things.insertOne({ _id: 1000 })
      for await (const { _id } of cursor) read.push(_id)
      expect(read.filter((id) => (id as number) < 100)).toEqual(Array.from({ length: 100 }, (_, n) => n))
      expect(read.filter((id) => (id as number) >= 200 && (id as number) < 300).length).toBe(100)
    })

    it('[ST4] a unique index refuses the second one with code 11000, and says which key', async () => {
      const things = fresh()
      await things.createIndex({ family: 1, seq: 1 }, { unique: true })
      await things.insertOne({ _id: 1, family: 'a', seq: 1 })
      await expect(things.insertOne({ _id: 2, family: 'a', seq: 1 })).rejects.toMatchObject({
        code: 11000,
        keyPattern: { family: 1, seq: 1 },
        keyValue: { family: 'a', seq: 1 },
      })
      await things.insertOne({ _id: 2, family: 'a', seq: 2 })
      await expect(things.updateOne({ _id: 2 }, { $set: { seq: 1 } })).rejects.toMatchObject({ code: 11000 })
      await expect(things.insertOne({ _id: 1 })).rejects.toMatchObject({ code: 11000, keyPattern: { _id: 1 } })
      expect(await things.findOne({ _id: 2 })).toMatchObject({ seq: 2 })
      await things.deleteOne({ _id: 1 })
      await things.updateOne({ _id: 2 }, { $set: { seq: 1 } })
    })

    it('[ST4] an ordered batch ends at the refusal, an unordered one goes on', async () => {
      const batch = [{ _id: 1 }, { _id: 1 }, { _id: 2 }]
      const ordered = fresh()
      await expect(ordered.insertMany(batch)).rejects.toMatchObject({ code: 11000 })
      expect(await ids(ordered, {})).toEqual([1])
      const unordered = fresh()
      await expect(unordered.insertMany(batch, { ordered: false })).rejects.toMatchObject({ code: 11000 })
      expect(await ids(unordered, {})).toEqual([1, 2])
    })

    it('[ST4] sparse and partial unique indexes ask only those they list', async () => {
      const things = fresh()
      await things.createIndex({ email: 1 }, { unique: true, partialFilterExpression: { email: { $exists: true } } })
      await things.createIndex({ code: 1 }, { unique: true, sparse: true })
      await things.createIndex({ door: 1 }, { unique: true, partialFilterExpression: { door: { $type: 'string' } } })
      await things.insertMany([
        { _id: 1, door: 1 },
        { _id: 2, door: 1 },
        { _id: 3, email: 'e', code: 'c', door: 'd' },
      ])
      for (const taken of [{ email: 'e' }, { code: 'c' }, { door: 'd' }]) {
        await expect(things.insertOne({ ...taken })).rejects.toMatchObject({ code: 11000 })
      }
      expect(await ids(things, { email: 'e' })).toEqual([3])
      expect(await ids(things, { email: null })).toEqual([1, 2])
      expect(await ids(things, { door: { $in: [1, 'd'] } })).toEqual([1, 2, 3])
    })

    it('[ST4] an index over what is already there lists it, or says what stands in its way', async () => {
      const things = fresh()
      await things.insertMany([
        { _id: 1, a: 1 },
        { _id: 2, a: 1 },
        { _id: 3, a: [2, 3] },
      ])
      await expect(things.createIndex({ a: 1 }, { unique: true })).rejects.toMatchObject({ code: 11000 })
      expect((await things.indexes()).map((index) => index.name)).toEqual(['_id_'])
      await things.createIndex({ a: 1 })
      expect(await ids(things, { a: 1 })).toEqual([1, 2])
      expect(await ids(things, { a: { $gte: 2 } })).toEqual([3])
      await things.createIndex({ a: 1 })
      await expect(things.createIndex({ a: 1 }, { unique: true })).rejects.toMatchObject({ code: 86 })
      await things.dropIndex('a_1')
      expect((await things.indexes()).length).toBe(1)
    })

    it('[ST5] of many upserts at once on one key, one makes the document and all are counted', async () => {
      const things = fresh()
      await things.createIndex({ key: 1 }, { unique: true })
      const results = await Promise.all(
        Array.from({ length: 40 }, () =>
          retried(() =>
            things.updateOne({ key: 'one' }, { $inc: { n: 1 }, $setOnInsert: { born: true } }, { upsert: true }),
          ),
        ),
      )
      expect(results.filter(({ upsertedCount }) => upsertedCount === 1).length).toBe(1)
      expect(await things.find().project({ _id: 0 }).toArray()).toEqual([{ key: 'one', n: 40, born: true }])
    })

    it('[ST5] findOneAndUpdate gives the document before or after, and takes one of many as sorted', async () => {
      const things = fresh()
      await things.insertMany([
        { _id: 1, n: 1 },
        { _id: 2, n: 2 },
      ])
      const inc = { $inc: { n: 10 } }
      expect(await things.findOneAndUpdate({}, inc, { sort: { n: -1 } })).toEqual({ _id: 2, n: 2 })
      expect(
        await things.findOneAndUpdate({ _id: 1 }, inc, { returnDocument: 'after', projection: { n: 1, _id: 0 } }),
      ).toEqual({ n: 11 })
      expect(await things.findOneAndUpdate({ _id: 9 }, inc)).toBe(null)
      expect(
        await things.findOneAndUpdate({ _id: 9, kind: 'new' }, inc, { upsert: true, returnDocument: 'after' }),
      ).toEqual({ _id: 9, kind: 'new', n: 10 })
      expect(await things.findOneAndReplace({ _id: 9 }, { m: 1 }, { returnDocument: 'after' })).toEqual({
        _id: 9,
        m: 1,
      })
      expect(await things.findOneAndDelete({ _id: 9 })).toEqual({ _id: 9, m: 1 })
      expect(await things.countDocuments()).toBe(2)
    })

    it('[ST5] counters that many raise at once lose no step', async () => {
      const things = fresh()
      await things.insertOne({ _id: 'c', n: 0 })
      const seen = await Promise.all(
        Array.from({ length: 60 }, () =>
          things.findOneAndUpdate({ _id: 'c' }, { $inc: { n: 1 } }, { returnDocument: 'after' }),
        ),
      )
      expect(seen.map((doc) => doc!.n as number).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 60 }, (_, i) => i + 1),
      )
    })

    it('[ST6] binary keys are told apart byte for byte', async () => {
      const things = fresh()
      await things.createIndex({ hash: 1 }, { unique: true })
      const hashes = [Buffer.from([0xff]), Buffer.from([0xfe]), Buffer.from([0xff, 0]), Buffer.alloc(32, 7)]
      await things.insertMany(hashes.map((hash, _id) => ({ _id, hash })))
      for (const [id, hash] of hashes.entries()) expect(await ids(things, { hash })).toEqual([id])
      await expect(things.insertOne({ hash: Buffer.from([0xfe]) })).rejects.toMatchObject({ code: 11000 })
    })

    it('[ST7] a document whose time is over disappears by itself', async () => {
      const things = fresh()
      await things.createIndex({ until: 1 }, { expireAfterSeconds: 0 })
      await things.insertMany([
        { _id: 'over', until: new Date(Date.now() - 1000) },
        { _id: 'later', until: new Date(Date.now() + 3_600_000) },
        { _id: 'never' },
        { _id: 'no date', until: 1 },
      ])
      const limit = embedded ? 10_000 : 90_000 // MongoDB sweeps once a minute
      await expect.poll(() => things.countDocuments({ _id: 'over' }), { timeout: limit }).toBe(0)
      expect(await things.countDocuments()).toBe(3)
    }, 100_000)

    it('[ST8] runs Mongoose models: defaults, timestamps, strictness, unique paths, versions, lean cursors', async () => {
      const Person = connection.model(
        'Person',
        new Schema(
          {
            name: { type: String, required: true },
            email: { type: String, unique: true },
            roles: [String],
            secret: Buffer,
          },
          { timestamps: true, strict: 'throw' },
        ),
      )
      await Person.init()
      const elena = await Person.create({
        name: 'Elena',
        email: 'e@x.org',
        roles: ['family'],
        secret: Buffer.from([1, 255]),
      })
      await expect(Person.create({ name: 'Other', email: 'e@x.org' })).rejects.toMatchObject({ code: 11000 })
      elena.roles.push('youth')
      await elena.save()
      const found = await Person.findOne({ roles: 'youth' })
      expect([...found!.secret!]).toEqual([1, 255])
      expect(found!.updatedAt.getTime()).toBeGreaterThanOrEqual(found!.createdAt.getTime())
      await Person.bulkWrite([
        { insertOne: { document: { name: 'A', email: 'a' } } },
        { updateOne: { filter: { email: 'b' }, update: { $set: { name: 'B' } }, upsert: true } },
        { deleteOne: { filter: { email: 'a' } } },
      ])
      expect((await Person.find().sort('name').lean()).map(({ name }) => name)).toEqual(['B', 'Elena'])
      expect(await Person.exists({ email: 'b' })).toBeTruthy()
      expect((await Person.collection.indexes()).map(({ name }) => name)).toEqual(['_id_', 'email_1'])
    })

    it('[ST8] groups, sums and counts', async () => {
      const things = fresh()
      await things.insertMany([{ who: 'a', n: 1 }, { who: 'b', n: 2 }, { who: 'a', n: 3.5 }, { n: 4 }])
      expect(
        await things
          .aggregate([
            { $match: { n: { $gt: 0 } } },
            { $group: { _id: '$who', total: { $sum: '$n' }, times: { $sum: 1 } } },
            { $sort: { _id: 1 } },
          ])
          .toArray(),
      ).toEqual([
        { _id: null, total: 4, times: 1 },
        { _id: 'a', total: 4.5, times: 2 },
        { _id: 'b', total: 2, times: 1 },
      ])
      expect(
        await things.aggregate([{ $sort: { n: -1 } }, { $skip: 1 }, { $limit: 2 }, { $count: 'n' }]).toArray(),
      ).toEqual([{ n: 2 }])
    })

    it('[ST9] refuses what would be wrong in any MongoDB', async () => {
      const things = fresh()
      await things.insertOne({ _id: 1, a: 1, list: [1], text: 'x' })
      const update = (change: object) => things.updateOne({ _id: 1 }, change)
      await expect(update({ $inc: { text: 1 } })).rejects.toMatchObject({ code: 14 })
      await expect(update({ $push: { a: 1 } })).rejects.toMatchObject({ code: 2 })
      await expect(update({ $set: { a: 1, 'a.b': 1 } })).rejects.toMatchObject({ code: 40 })
      await expect(update({ $set: { _id: 2 } })).rejects.toMatchObject({ code: 66 })
      await expect(update({ $unknown: { a: 1 } })).rejects.toMatchObject({ code: 9 })
      await expect(things.find({ a: { $unknown: 1 } }).toArray()).rejects.toMatchObject({ code: 2 })
      await expect(things.find({ $unknown: [] }).toArray()).rejects.toMatchObject({ code: 2 })
      await expect(things.aggregate([{ $unknown: {} }]).toArray()).rejects.toMatchObject({ code: 40324 })
      await expect(things.find({}, { projection: { a: 1, list: 0 } }).toArray()).rejects.toMatchObject({ ok: 0 })
      await expect(connection.db!.command({ unknownCommand: 1 })).rejects.toMatchObject({
        code: 59,
        codeName: 'CommandNotFound',
      })
      await expect(connection.db!.command({ find: 'things', unknown: 1 })).rejects.toMatchObject({ code: 40415 })
      expect(await things.findOne()).toEqual({ _id: 1, a: 1, list: [1], text: 'x' })
    })

    it('[ST9] a document that is too large is refused, one that just fits is kept', async () => {
      const things = fresh()
      const body = Buffer.alloc(16 * 1024 * 1024 - 100)
      await things.insertOne({ _id: 1, body })
      await expect(things.updateOne({ _id: 1 }, { $set: { more: Buffer.alloc(200) } })).rejects.toBeTruthy()
      expect(Object.keys((await things.findOne({ _id: 1 }))!)).toEqual(['_id', 'body'])
    })

    it('[ST9] refuses, with a reason, what MongoDB would do and the embedded store does not', async ({ skip }) => {
      skip(!embedded)
      const things = fresh()
      await things.insertOne({ _id: 1, list: [1] })
      const refused: [() => Promise<unknown>, number][] = [
        [() => things.updateOne({ list: 1 }, { $set: { 'list.$': 2 } }), 2],
        [() => things.updateOne({}, [{ $set: { a: 1 } }]), 9],
        [() => things.updateOne({}, { $rename: { a: 'b' } }), 9],
        [() => things.updateOne({}, { $push: { list: { $each: [1], $slice: 1 } } } as object), 2],
        [() => things.find({ $expr: { $eq: ['$a', 1] } }).toArray(), 2],
        [() => things.find({ list: { $all: [1] } }).toArray(), 2],
        [() => things.find({ _id: 1 }, { projection: { list: { $slice: 1 } } }).toArray(), 2],
        [() => things.find().hint({ _id: 1 }).toArray(), 40415],
        [() => things.find().collation({ locale: 'en' }).toArray(), 40415],
        [() => things.aggregate([{ $lookup: {} }]).toArray(), 40324],
        [() => things.aggregate([{ $group: { _id: null, x: { $avg: '$a' } } }]).toArray(), 9],
        [() => things.createIndex({ a: 'text' }), 2],
        [() => things.createIndex({ a: 1 }, { collation: { locale: 'en' } }), 40415],
        [() => things.insertOne({ a: mongoose.mongo.Decimal128.fromString('1') }), 2],
        [() => things.insertOne({ a: { $b: 1 } }), 52],
        [() => things.createIndex({ long: 1 }).then(() => things.insertOne({ long: 'x'.repeat(3000) })), 17280],
        [() => connection.transaction((session) => things.insertOne({ _id: 2 }, { session })), 263],
        [() => connection.db!.command({ serverStatus: 1 }), 59],
      ]
      for (const [attempt, code] of refused) await expect(attempt()).rejects.toMatchObject({ code })
      expect(await things.countDocuments()).toBe(1)
    })
  })
}

/** An upsert that loses a race on a unique key may be answered with 11000 by MongoDB; asking again is the caller's part. */
async function retried<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if ((error as { code?: number }).code !== 11000) throw error
    return retried(run)
  }
}
