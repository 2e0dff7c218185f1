import { createHmac, randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Connection, mongo, Types } from 'mongoose'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { decrypt, encrypt } from '../../../server/access/encryption'
import { openRootKeys, rotateMasterKey } from '../../../server/access/rootKeys'
import { ConfigProblem, readConfig } from '../../../server/config'
import { connect } from '../../../server/connect'
import { adoptNextKey, makeNextKey, readKeyFiles } from '../../../server/keyFiles'
import { openKeys } from '../../../server/openKeys'
import { rotateKeys } from '../../../server/rotateKeys'
import { admitted, staff } from '../../support/people'
import { borrowDatabase, openTestStore, startTestApp } from '../../support/startTestApp'

let store: Awaited<ReturnType<typeof openTestStore>>
let uri: string
let db: Connection
let folder: string
let old: Buffer
let next: Buffer

beforeAll(async () => {
  store = await openTestStore()
})
afterAll(() => store.close())
beforeEach(async () => {
  old = randomBytes(32)
  next = randomBytes(32)
  uri = borrowDatabase(store.uri, `ourplan_test_${randomBytes(6).toString('hex')}`).uri
  db = await connect(uri)
  folder = await mkdtemp(join(tmpdir(), 'ourplan-keys-'))
})
afterEach(async () => {
  vi.restoreAllMocks()
  await db.dropDatabase()
  await db.close()
  await rm(folder, { recursive: true })
})

const given = (masterKey: Buffer, nextMasterKey: Buffer | null = null) => ({
  ...readConfig({}),
  mongodbUri: uri,
  masterKey,
  nextMasterKey,
})
const inFolder = () => ({ ...readConfig({}), dataDir: folder })

describe('another master key', () => {
  it('[EN5] holds alone after the change: everything reads as before, and the old key is refused in a sentence', async () => {
    const first = await startTestApp({ uri, config: { masterKey: old } })
    const wren = await staff(first, 'Wren')
    await wren.createMeeting({ title: 'Said before' })
    const dana = await admitted(wren, 'Dana')
    const { fingerprint } = (await first.app.parts.signingKey()).view
    await rotateKeys(given(old, next))
    // The server that runs works on, also for what it has not read yet.
    expect((await dana.read()).meeting.title).toBe('Said before')
    await wren.createMeeting({ title: 'Said meanwhile' })
    const { meetingId } = wren
    await first.close()
    await expect(openKeys(db, given(old))).rejects.toThrow(/does not open the database.*start with the new one/)
    const second = await startTestApp({ uri, config: { masterKey: next } })
    const { meetings, signingKey } = second.app.parts
    expect((await meetings.read(dana.meetingId)).title).toBe('Said before')
    expect((await meetings.read(meetingId)).title).toBe('Said meanwhile')
    expect((await signingKey()).view.fingerprint).toBe(fingerprint)
    await second.close()
  })

  it('[EN5] is given beside the old one, and is another', async () => {
    await expect(rotateKeys(given(old))).rejects.toThrow(ConfigProblem)
    await expect(rotateKeys(given(old, old))).rejects.toThrow(ConfigProblem)
    const { root } = await openRootKeys(db, [old])
    await expect(rotateKeys(given(randomBytes(32), next))).rejects.toThrow(ConfigProblem)
    expect((await openRootKeys(db, [old])).root).toEqual(root)
  })

  it('[EN6] a change that was cut off before or after its one write is done again; a start with both says which holds', async () => {
    const { root } = await openRootKeys(db, [old])
    const both = given(old, next)
    expect(await openKeys(db, both)).toMatchObject({
      keys: { root },
      keyNotice: expect.stringMatching(/^OURPLAN_MASTER_KEY opened/),
    })
    vi.spyOn(mongo.Collection.prototype, 'updateOne').mockRejectedValueOnce(new Error('the server stopped'))
    await expect(rotateMasterKey(db, [old, next], next)).rejects.toThrow('the server stopped')
    expect((await openKeys(db, given(old))).keys.root).toEqual(root)
    await rotateKeys(both)
    expect(await openKeys(db, both)).toMatchObject({
      keys: { root },
      keyNotice: expect.stringMatching(/^OURPLAN_MASTER_KEY_NEXT opened/),
    })
    await rotateKeys(both)
    expect((await openKeys(db, given(next))).keys.root).toEqual(root)
  })
})

describe('the master key of a data folder', () => {
  const file = (name: string) => readFile(join(folder, name), 'utf8')

  it('[EN7] is changed by the command alone, for its user alone', async () => {
    await rm(folder, { recursive: true })
    const [before] = await readKeyFiles(folder)
    expect(await rotateKeys(inFolder())).toContain(join(folder, 'master.key'))
    const [after, left] = await readKeyFiles(folder)
    expect(after).not.toEqual(before)
    expect(left).toBeUndefined()
    expect((await stat(join(folder, 'master.key'))).mode & 0o777).toBe(0o600)
  })

  it('[EN6] a cut between every two steps leaves a start that works, and a change that is finished', async () => {
    const { keys, keyNotice } = await openKeys(db, inFolder())
    expect(keyNotice).toContain('master.key')
    const start = async () => (await openKeys(db, inFolder())).keys.root
    const oldFile = await file('master.key')
    // The next key half written.
    await writeFile(join(folder, 'master.key.next'), 'AAAA')
    expect(await start()).toEqual(keys.root)
    // Whole, and nothing wrapped with it.
    const made = await makeNextKey(folder)
    expect((await stat(join(folder, 'master.key.next'))).mode & 0o777).toBe(0o600)
    expect(await start()).toEqual(keys.root)
    expect(await file('master.key')).toBe(oldFile)
    expect(await makeNextKey(folder)).toEqual(made)
    // The database wrapped with it, and the old file still there.
    await rotateMasterKey(db, await readKeyFiles(folder), made)
    expect(await file('master.key')).toBe(oldFile)
    expect(await start()).toEqual(keys.root)
    // That start put the file in its place.
    expect(await readKeyFiles(folder)).toEqual([made])
    await expect(adoptNextKey(folder)).rejects.toThrow()
    expect(await start()).toEqual(keys.root)
  })
})

describe('a database whose keys the master key itself wrapped', () => {
  const familyId = new Types.ObjectId().toHexString()
  const staffId = new Types.ObjectId()
  const places = () =>
    Promise.all([
      db.collection('familyKeys').findOne({ _id: familyId as never }),
      db.collection('signingKeys').findOne({ _id: 'sealing' as never }),
      db.collection('staff').findOne({ _id: staffId }),
    ])

  beforeEach(async () => {
    const wrap = (what: string, context: string) => encrypt(old, Buffer.from(what), context)
    const insert = (name: string, row: object) => db.collection(name).insertOne(row as never)
    await insert('familyKeys', { _id: familyId, wrapped: wrap('family', `family-key ${familyId}`) })
    await insert('familyKeys', { _id: 'destroyed', destroyedAt: new Date() })
    await insert('signingKeys', { _id: 'sealing', wrapped: wrap('signing', 'signing-key sealing') })
    const context = `second-factor ${staffId.toHexString()}`
    const secondFactor = { secret: wrap('app', context), recovery: [] }
    await insert('staff', { _id: staffId, secondFactor, pendingSecret: wrap('pending', context) })
    await insert('staff', { _id: new Types.ObjectId(), secondFactor: null, pendingSecret: null })
  })

  /** All of it, opened with a key. */
  async function read(key: Buffer): Promise<string[]> {
    const [family, signing, person] = await places()
    const context = `second-factor ${staffId.toHexString()}`
    return [
      decrypt(key, family!.wrapped.buffer, `family-key ${familyId}`),
      decrypt(key, signing!.wrapped.buffer, 'signing-key sealing'),
      decrypt(key, person!.secondFactor.secret.buffer, context),
      decrypt(key, person!.pendingSecret.buffer, context),
    ].map(String)
  }

  it('[EN8] is taken over by a start, however often that is cut off: then the old key opens nothing in it', async () => {
    let cuts = 0
    for (let write = 0; ; write++) {
      const own = mongo.Collection.prototype.updateOne
      let left = write
      const spy = vi.spyOn(mongo.Collection.prototype, 'updateOne').mockImplementation(function (this: never, ...args) {
        return left-- === 0 ? Promise.reject(new Error('the server stopped')) : own.apply(this, args)
      })
      const stopped = await openRootKeys(db, [old]).then(
        () => false,
        (error: Error) => error.message === 'the server stopped',
      )
      spy.mockRestore()
      if (!stopped) break
      cuts++
    }
    expect(cuts).toBeGreaterThan(1)
    const { root } = await openRootKeys(db, [old])
    expect(await read(root)).toEqual(['family', 'signing', 'app', 'pending'])
    await expect(read(old)).rejects.toThrow()
    await rotateMasterKey(db, [old], next)
    expect(await read((await openRootKeys(db, [next])).root)).toEqual(['family', 'signing', 'app', 'pending'])
  })

  it('[EN8] recovery codes on paper go on, also under another master key', async () => {
    const hash = (key: Buffer) => createHmac('sha256', key).update('code').digest('hex')
    const { codes } = await openRootKeys(db, [old])
    expect(hash(codes)).toBe(hash(old))
    await rotateMasterKey(db, [old], next)
    expect((await openRootKeys(db, [next])).codes).toEqual(codes)
  })

  it('[EN8] is not taken over by a key that opens nothing in it', async () => {
    await expect(openRootKeys(db, [next])).rejects.toThrow(ConfigProblem)
    expect(await read(old)).toEqual(['family', 'signing', 'app', 'pending'])
    await openRootKeys(db, [next, old])
    await expect(openRootKeys(db, [next])).rejects.toThrow(ConfigProblem)
    await openRootKeys(db, [old])
  })
})
