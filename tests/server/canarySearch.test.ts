import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { type Part, partKey } from '../../shared/part'
import { addItem, findText } from '../../shared/plan'
import { CanaryWords } from '../support/CanaryWords'
import { Ears, type Encoding } from '../support/Ears'
import { openPage } from '../support/openPage'
import { admitted, Someone, staff } from '../support/people'
import { SeededRandom } from '../support/seededRandom'
import { startTestApp, type TestApp } from '../support/startTestApp'
import { tapLine } from '../support/tapLine'

const OURS: Part = { section: 'family', subject: null }
/** Enough for an answer to be worth packing. */
const MUCH = 'Rosa sleeps over on school nights. '.repeat(40)
const ENCODINGS: Encoding[] = ['gzip', 'deflate', 'br']

let app: TestApp
let dana: Someone
/** May read what Dana writes. */
let rosa: Someone
const words = new CanaryWords()
const chance = new SeededRandom(80)

beforeAll(async () => {
  app = await startTestApp()
  const wren = await staff(app, 'Wren')
  await wren.createMeeting()
  dana = await admitted(wren, 'Dana')
  rosa = await admitted(wren, 'Rosa')
})
afterAll(() => app.close())

const plan = () => `/api/meetings/${rosa.meetingId}/plan?part=${partKey(OURS)}`
const live = () => `/live/${rosa.meetingId}/${partKey(OURS)}/1`

/** Somebody's phone, as the one who hears all that comes to it. */
function listener(at: TestApp = app): Ears {
  const phone = new Someone(at, rosa.name)
  for (const [name, value] of rosa.cookies) phone.cookies.set(name, value)
  return new Ears(phone, words)
}

async function danaWrites(text: string): Promise<void> {
  const page = await openPage(dana, OURS)
  addItem(page.doc, 'ideas', chance.id(), { order: 'a0', removed: false }, { words: text })
  await page.untilSaved()
  page.close()
}

/** Letter by letter, each in an update of its own. */
async function danaTypes(word: string, where: 'behind' | 'before'): Promise<void> {
  const page = await openPage(dana, OURS)
  const id = chance.id()
  addItem(page.doc, 'ideas', id, { order: 'a0', removed: false }, { words: '' })
  const text = findText(page.doc, `ideas/${id}/words`)!
  for (const letter of where === 'behind' ? word : [...word].reverse()) {
    text.insert(where === 'behind' ? text.length : 0, letter)
    await page.untilSaved()
  }
  page.close()
}

describe('a word planted with who may read it is found by one way of looking alone', () => {
  it('[AC80] as it is', async () => {
    const word = words.next()
    await danaWrites(word)
    const ears = listener()
    await ears.get(plan(), 'identity')
    expect(ears.packingsOf(word)).toEqual(['raw'])
  })

  it.each([0, 1, 2])('[AC80] in base64, with %i bytes before it', async (before) => {
    const word = words.next()
    for (const coding of ['base64', 'base64url'] as const) {
      await danaWrites(Buffer.from(`${'?'.repeat(before)}${word}, and on`).toString(coding))
      const ears = listener()
      await ears.get(plan(), 'identity')
      expect(ears.packingsOf(word)).toEqual(['base64'])
    }
  })

  it('[AC80] in hex', async () => {
    const word = words.next()
    await danaWrites(Buffer.from(word).toString('hex'))
    const ears = listener()
    await ears.get(plan(), 'identity')
    expect(ears.packingsOf(word)).toEqual(['hex'])
  })

  it.each(ENCODINGS)('[AC80] in an answer packed as %s', async (encoding) => {
    const word = words.next()
    await danaWrites(`${MUCH}${word}`)
    const ears = listener()
    await ears.get(plan(), encoding)
    expect(ears.packingsOf(word)).toEqual(['inflated'])
  })

  it('[AC80] in a document whose updates each bring a letter: only put together they say it', async () => {
    const word = words.next()
    const ears = listener()
    await ears.listen(live())
    await danaTypes(word, 'behind')
    await expect.poll(() => ears.packingsOf(word)).toEqual(['yjs'])
    ears.close()
  })

  it('[AC80] in a document that never came as it reads, not even to who comes later', async () => {
    const word = words.next()
    await danaTypes(word, 'before')
    const ears = listener()
    await ears.listen(live())
    expect(ears.packingsOf(word)).toEqual(['yjs'])
    ears.close()
  })

  it('[AC80] on the line itself, in whichever piece it comes', async () => {
    const word = words.next()
    await danaWrites(word)
    const ears = listener()
    const line = await tapLine(app.url, () => ears.tapLine())
    await new Someone({ ...app, url: line.url }, 'Rosa').request('GET', plan(), undefined, {
      cookie: rosa.cookie,
      'accept-encoding': 'identity',
    })
    expect(ears.packingsOf(word)).toEqual(['raw'])
    await line.close()

    const another = words.next()
    const hear = ears.tapLine()
    for (const byte of Buffer.from(`x${another}y`)) hear(Buffer.from([byte]))
    expect(ears.packingsOf(another)).toEqual(['raw'])
  })
})

describe('sockets', () => {
  let packing: Server
  afterAll(() => packing.close())

  it('[AC81] pack nothing here, though a phone offers to unpack', async () => {
    const line = await tapLine(app.url, () => (bytes) => said.push(bytes.toString('latin1')))
    const said: string[] = []
    const ears = listener({ ...app, url: line.url })
    await ears.listen(live())
    await ears.enter('participant', rosa.meetingId)
    ears.close()
    await line.close()
    const opened = said.join('').match(/HTTP\/1\.1 101 [^]*?\r\n\r\n/g) ?? []
    expect(opened).toHaveLength(2)
    for (const head of opened) expect(head).not.toMatch(/permessage-deflate/i)
  })

  it('[AC81] are heard also where they pack', async () => {
    const word = words.next()
    packing = createServer()
    const sockets = new WebSocketServer({ server: packing, perMessageDeflate: { threshold: 0 } })
    sockets.on('connection', (socket) => {
      socket.send(`${MUCH}${word}`)
      socket.close()
    })
    packing.listen(0, '127.0.0.1')
    await once(packing, 'listening')
    const { port } = packing.address() as AddressInfo
    const raw = listener()
    const line = await tapLine(`http://127.0.0.1:${port}`, () => raw.tapLine())
    const ears = listener({ ...app, url: line.url })
    await ears.listen(live())
    await line.close()
    expect(raw.packingsOf(word)).toEqual([])
    expect(ears.packingsOf(word)).toEqual(['raw'])
  })
})
