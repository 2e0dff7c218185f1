import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Types } from 'mongoose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { localMinute } from '../../../shared/localMinute'
import type { Part } from '../../../shared/part'
import { addItem, findText } from '../../../shared/plan'
import { type ReleaseForm, WORDS_VERSION } from '../../../shared/release'
import { encryptPlainWords } from '../../../server/access/encryptedWords'
import { startEmbeddedMongo } from '../../../server/embedded-mongo/startEmbeddedMongo'
import { openPage } from '../../support/openPage'
import { admitted, guest, type Someone, staff } from '../../support/people'
import { SeededRandom } from '../../support/seededRandom'
import { memberIdOf } from '../../support/signedRelease'
import { startTestApp, type TestApp } from '../../support/startTestApp'

const chance = new SeededRandom(5)
let app: TestApp
let folder: string
let store: Awaited<ReturnType<typeof startEmbeddedMongo>>
let wren: Someone
let dana: Someone
const logged: string[] = []
const canaries: string[] = []

/** A word that nobody else says, and that must be found nowhere. */
function canary(): string {
  const word = `Canary${randomBytes(6).toString('hex')}`
  canaries.push(word)
  return word
}

async function writeIn(someone: Someone, part: Part): Promise<void> {
  const page = await openPage(someone, part)
  const id = chance.id()
  addItem(page.doc, 'strengths', id, { order: 'a0', removed: false, who: '', day: null }, { words: 'A ' })
  const words = findText(page.doc, `strengths/${id}/words`)!
  words.insert(words.length, canary())
  await page.untilSaved()
  page.close()
}

/** A permission that is asked for, the same signed, the part it opens, what professionals prepare, and all the rest. */
async function writeInOtherParts(): Promise<void> {
  const params = { meetingId: wren.meetingId }
  const ana = await admitted(wren, 'Ana')
  await ana.call('callMe', { params, body: { name: canary() } })
  await guest(app, canary()).join((await wren.read()).joining!.code!)
  const sections = (['education', 'health'] as const).map((section) => ({ section, told: canary(), discloser: null }))
  const form: ReleaseForm = {
    about: null,
    sections,
    recipients: ['school'],
    members: [],
    purpose: 'own-words',
    ownPurpose: canary(),
    until: localMinute(new Date(Date.now() + 90 * 86_400_000), 'America/Los_Angeles'),
  }
  await wren.call('askRelease', { params, body: { participantId: ana.participantId, form } })
  const signing = {
    sitting: randomBytes(12).toString('hex'),
    language: 'en',
    words: WORDS_VERSION,
    agree: true,
  } as const
  await ana.call('signRelease', { params, body: { ...form, about: null, ...signing, signature: canary() } })
  await writeIn(ana, { section: 'education', subject: await memberIdOf(ana) })
  await writeIn(wren, { section: 'prep', subject: null })
  await wren.setPhase('private')
  await writeIn(ana, { section: 'family', subject: null })
  await wren.setPhase('open')
  const whose = { ...params, participantId: ana.participantId }
  await wren.call('makeLink', { params: whose, body: { email: `${canary()}@example.org` } })
  const ada = await staff(app, 'Ada', { duty: 'admin' })
  const kept = { years: 9, hold: true, reason: canary() }
  await ada.call('setKeeping', { params: { familyId: (await wren.read()).meeting.familyId }, body: kept })
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ourplan-words-'))
  store = await startEmbeddedMongo({ dataDir: folder })
  // Making a link sends nothing yet.
  const smtp = { url: 'smtp://127.0.0.1:1', from: 'ourplan@example.org' }
  app = await startTestApp({ uri: store.uri, config: { smtp }, onLog: (line) => logged.push(line) })
  wren = await staff(app, 'Wren')
  const family = await wren.createFamily(canary())
  await wren.createMeeting({ familyId: family.id, title: canary(), question: canary() })
  dana = await admitted(wren, canary())
  const page = await openPage(dana)
  page.write('vision', canary())
  await page.untilSaved()
  page.close()
  const params = { meetingId: wren.meetingId }
  const kept = { kind: 'checkpoint', label: canary(), basedOn: 0 } as const
  await wren.call('makeVersion', { params, body: kept })
  await wren.call('makeVersion', { params, body: { ...kept, kind: 'sealed', label: canary(), basedOn: 1 } })
  await wren.call('amend', { params, body: { reason: canary() } })
  await writeInOtherParts()
  await dana.call('readRecord', { params })
  await app.app.parts.record.settled()
})
afterAll(async () => {
  await app.close()
  await store.close()
  await rm(folder, { recursive: true })
})

/** Each canary as it may be spelled: as it is, in hex, and in base64 at each of its three offsets. */
function spellings(word: string): string[] {
  const base64 = [0, 1, 2].map((offset) => {
    const whole = Buffer.from('x'.repeat(offset) + word).toString('base64')
    return whole.slice(Math.ceil((offset * 4) / 3) + 1, -4)
  })
  const utf16 = Buffer.from(word, 'utf16le').toString('latin1')
  return [word, utf16, Buffer.from(word).toString('hex'), ...base64]
}

function findCanaries(text: string): string[] {
  return canaries.flatMap(spellings).filter((spelling) => text.includes(spelling))
}

describe('words at rest', () => {
  it('[EN1] no word that people wrote, and no name they go by, lies in the data folder, the database or the log in clear', async () => {
    expect(findCanaries(`… ${canaries[0]} …`)).not.toEqual([])
    expect(findCanaries(Buffer.from(`ab${canaries[0]}cd`).toString('base64'))).not.toEqual([])
    expect(findCanaries(logged.join('\n'))).toEqual([])
    const { db } = app.app.parts
    for (const { name } of await db.db!.listCollections().toArray()) {
      const rows = await db.collection(name).find({}).toArray()
      const plain = JSON.stringify(rows, (_, value: unknown) => (value instanceof Uint8Array ? [...value] : value))
      const bytes = rows
        .flatMap((row) => Object.values(row))
        .map((value) => String((value as { buffer?: Buffer })?.buffer))
      expect([name, findCanaries(plain + bytes.join())]).toEqual([name, []])
    }
    for (const file of await readdir(folder)) {
      const bytes = await readFile(join(folder, file)).catch(() => Buffer.alloc(0))
      expect([file, findCanaries(bytes.toString('latin1'))]).toEqual([file, []])
    }
  })

  it('[EN2] everybody who may reads them as they were written, wherever they stand', async () => {
    const { meeting, me } = await dana.read()
    expect([meeting.familyName, meeting.title, me.name]).toEqual([canaries[0], canaries[1], canaries[3]])
    const { families } = await wren.call('listFamilies')
    expect(families.map(({ name }) => name)).toEqual([canaries[0]])
    expect((await wren.people()).map(({ name }) => name)).toContain(canaries[3])
    await dana.join((await wren.read()).joining!.code!, { name: 'Somebody else' })
    expect((await dana.read()).me.name).toBe(canaries[3])
  })

  it('[EN3] words that an earlier release wrote in clear are encrypted by the next start, and read as before', async () => {
    const { db } = app.app.parts
    const own = (name: string) => db.collection(name)
    const _id = new Types.ObjectId()
    await own('families').insertOne({ _id, name: 'Plain family', language: 'en', team: [], createdAt: new Date() })
    const meetingId = new Types.ObjectId(wren.meetingId)
    await own('meetings').updateOne({ _id: meetingId }, { $set: { title: 'Plain title' } })
    const danas = { _id: new Types.ObjectId(dana.participantId) }
    await own('participants').updateOne(danas, { $set: { name: 'Plain Dana' } })
    expect((await dana.read()).me.name).toBe('Plain Dana')
    await encryptPlainWords(db)
    for (const [collection, field, id] of [
      ['families', 'name', _id],
      ['meetings', 'title', meetingId],
      ['participants', 'name', danas._id],
    ] as const) {
      const row = await own(collection).findOne({ _id: id })
      expect(row![field]).toMatch(/^\u0001[0-9a-f]{24}\./)
    }
    const before = await own('meetings').findOne({ _id: meetingId })
    await encryptPlainWords(db)
    expect(await own('meetings').findOne({ _id: meetingId })).toEqual(before)
    const { meeting, me } = await dana.read()
    expect([meeting.title, me.name]).toEqual(['Plain title', 'Plain Dana'])
    expect(await app.app.parts.families.nameOf(_id.toHexString())).toBe('Plain family')
  })

  it('[EN4] encrypted words that were copied to another row are not shown there', async () => {
    const own = app.app.parts.db.collection('meetings')
    const from = await own.findOne({ _id: new Types.ObjectId(wren.meetingId) })
    const other = await staff(app, 'Ames')
    const meeting = await other.createMeeting()
    await own.updateOne({ _id: new Types.ObjectId(meeting.id) }, { $set: { title: from!.title } })
    await expect(other.read()).rejects.toThrow()
  })
})
