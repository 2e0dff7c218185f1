import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { API } from '../../shared/api'
import { localMinute } from '../../shared/localMinute'
import { type Part, partKey } from '../../shared/part'
import { addItem, findText } from '../../shared/plan'
import { WORDS_VERSION } from '../../shared/release'
import { GATED, type Gated } from '../../shared/roles'
import { Ears } from '../support/Ears'
import { openPage } from '../support/openPage'
import { admitted, Someone, staff } from '../support/people'
import { SeededRandom } from '../support/seededRandom'
import { memberIdOf } from '../support/signedRelease'
import { startTestApp, type TestApp } from '../support/startTestApp'

const DAY_MS = 24 * 60 * 60_000
const ZONE = 'America/Los_Angeles'
const chance = new SeededRandom(17)
const newWord = () => `c${randomBytes(8).toString('hex')}`

interface Secret {
  part: Part
  writer: Someone
  /** Written in one go, and letter by letter. */
  words: [string, string]
  readers: string[]
}

let app: TestApp
const log: string[] = []
const people = new Map<string, { someone: Someone; ears: Ears }>()
const secrets: Secret[] = []
let familyId: string

const who = (name: string) => people.get(name)!.someone
function meet(someone: Someone): Someone {
  people.set(someone.name, { someone, ears: new Ears(someone) })
  return someone
}

/** Dana's signature under one form. */
async function sign(sections: readonly Gated[], recipient: 'school' | 'probation'): Promise<void> {
  const dana = who('Dana')
  await dana.call('signRelease', {
    params: { meetingId: dana.meetingId },
    body: {
      about: null,
      sections: sections.map((section) => ({ section, told: 'All of it', discloser: null })),
      recipients: [recipient],
      members: [],
      purpose: 'schooling',
      ownPurpose: '',
      until: localMinute(new Date(Date.now() + 90 * DAY_MS), ZONE),
      sitting: randomBytes(12).toString('hex'),
      language: 'en',
      words: WORDS_VERSION,
      agree: true,
      signature: 'Dana Alder',
    },
  })
}

async function write({ part, writer, words: [whole, letters] }: Secret): Promise<void> {
  const page = await openPage(writer, part)
  const id = chance.id()
  addItem(page.doc, 'strengths', id, { order: 'a0', removed: false, who: '', day: null }, { words: `${whole} ` })
  const text = findText(page.doc, `strengths/${id}/words`)!
  for (const letter of letters) text.insert(text.length, letter)
  page.provider.awareness.setLocalStateField('at', `strengths/${id}/words`)
  await page.untilSaved()
  page.close()
}

/** Every address of the table that can be asked, with all that can stand in it. */
function addresses(meetingIds: string[], versionIds: string[]): string[] {
  const parts = secrets.map(({ part }) => partKey(part))
  const fill = (path: string) =>
    path.includes(':meetingId')
      ? meetingIds.map((id) => path.replace(':meetingId', id))
      : path.includes(':versionId')
        ? versionIds.map((id) => path.replace(':versionId', id))
        : [path]
  return Object.values(API).flatMap(({ method, path, ...route }) => {
    if (method !== 'get') return []
    const paths = fill(path.replace(':familyId', familyId).replace(':participantId', who('Dana').participantId))
    const query = 'query' in route ? Object.keys(route.query.shape) : []
    if (query.includes('part')) return paths.flatMap((one) => [one, ...parts.map((part) => `${one}?part=${part}`)])
    if (query.includes('from')) return paths.map((one) => `${one}?from=${versionIds[0]}`)
    return paths
  })
}

async function versionsOf(meetingId: string) {
  return (await who('Wren').call('listVersions', { params: { meetingId } })).versions
}

/** Everybody opens every live document there is, by its address, and reads all there is to read. */
async function everybodyTriesEverything(meetingIds: string[]): Promise<void> {
  const versions = (await Promise.all(meetingIds.map(versionsOf))).flat().map(({ id }) => id)
  const all = addresses(meetingIds, versions)
  const reading = [...people.values()].map(async ({ ears }) => {
    for (const path of all) await ears.get(path)
  })
  await Promise.all(reading)
}

async function everybodyListens(meetingId: string, generation: number): Promise<void> {
  const listening = [...people].map(async ([name, { ears }]) => {
    for (const base of name === 'the wall' ? ['/live', '/live/projector'] : ['/live']) {
      const keys = ['plan', ...secrets.map(({ part }) => partKey(part))]
      await Promise.all(keys.map((key) => ears.listen(`${base}/${meetingId}/${key}/${generation}`)))
    }
  })
  await Promise.all(listening)
}

async function seal(meetingId: string, kind: 'sealed' | 'checkpoint' = 'sealed'): Promise<void> {
  const [latest] = await versionsOf(meetingId)
  const body = { kind, label: 'What we settled', basedOn: latest?.number ?? 0 }
  await who('Wren').call('makeVersion', { params: { meetingId }, body })
}

async function bringIn(name: string, role: 'agency' | 'observer' | 'interpreter', agency: 'school' | 'mental-health') {
  const wren = who('Wren')
  const someone = meet(role === 'agency' ? await staff(app, name, { duty: 'agency', agency }) : new Someone(app, name))
  await someone.join((await wren.read()).joining!.code!, { role, agency: role === 'agency' ? agency : null })
  await wren.admit(someone, role, role === 'agency' ? agency : undefined)
}

async function everybodyComes(): Promise<void> {
  const wren = meet(await staff(app, 'Wren'))
  familyId = (await wren.createFamily()).id
  await wren.createMeeting({ familyId, timeZone: ZONE })
  for (const name of ['Dana', 'Rosa']) meet(await admitted(wren, name))
  await bringIn('Adeyemi', 'agency', 'school')
  await bringIn('Park', 'agency', 'mental-health')
  await bringIn('Ines', 'interpreter', 'school')
  await bringIn('Olga', 'observer', 'school')
  const wall = meet(new Someone(app, 'the wall'))
  const { url } = await wren.call('pairProjector', { params: { meetingId: wren.meetingId } })
  await wall.call('startProjector', { body: { token: url.split('#')[1]! } })
  meet(new Someone(app, 'a stranger'))
}

beforeAll(async () => {
  app = await startTestApp({ onLog: (line) => log.push(line) })
  await everybodyComes()
  const [dana, wren] = [who('Dana'), who('Wren')]
  await sign(['health'], 'school')
  await sign(
    GATED.filter((section) => section !== 'health'),
    'probation',
  )
  const subject = await memberIdOf(dana)
  const words = (): [string, string] => [newWord(), newWord()]
  for (const section of GATED) {
    const readers = section === 'health' ? ['Dana', 'Adeyemi'] : ['Dana']
    secrets.push({ part: { section, subject }, writer: dana, words: words(), readers })
  }
  const ours = { section: 'family', subject: null } as const
  secrets.push({ part: ours, writer: dana, words: words(), readers: ['Dana', 'Rosa', 'Ines'] })
  const theirs = { section: 'prep', subject: null } as const
  secrets.push({ part: theirs, writer: wren, words: words(), readers: ['Wren', 'Adeyemi', 'Park'] })
}, 60_000)
afterAll(async () => {
  for (const { ears } of people.values()) ears.close()
  await app.close()
})

it('[GS20] over a whole meeting and the next, no byte of a part reaches who has no right to it, by any wire', async () => {
  const meetingId = who('Wren').meetingId
  const pages = await Promise.all(
    [...people.values()].map(async ({ someone, ears }) => {
      const as = someone.name === 'the wall' ? 'projector' : 'participant'
      const page = await someone.enter(as, meetingId).catch(() => null)
      if (page) ears.follow(page)
      return page
    }),
  )
  await everybodyListens(meetingId, 1)
  for (const secret of secrets) await write(secret)
  await seal(meetingId, 'checkpoint')
  await who('Wren').setPhase('private')
  await who('Wren').setPhase('open')
  await seal(meetingId)
  await who('Wren').call('amend', { params: { meetingId }, body: { reason: 'One thing more' } })
  await everybodyListens(meetingId, 2)
  await seal(meetingId)
  await who('Wren').createMeeting({ familyId })
  const next = who('Wren').meetingId
  for (const name of ['Dana', 'Rosa']) {
    await who(name).join((await who('Wren').read()).joining!.code!)
    await who('Wren').admit(who(name))
  }
  await everybodyListens(next, 1)
  await everybodyTriesEverything([meetingId, next])
  for (const page of pages) page?.close()

  const words = secrets.flatMap((secret) => secret.words)
  for (const [name, { ears }] of people) {
    const mine = secrets.filter(({ readers }) => readers.includes(name)).flatMap((secret) => secret.words)
    expect(ears.heard(words).sort(), name).toEqual(mine.sort())
  }
  const logged = log.join('\n')
  expect(logged.length).toBeGreaterThan(1_000)
  expect(words.filter((word) => logged.includes(word))).toEqual([])
}, 300_000)

it('[GS20] the search finds a word however it is packed', async () => {
  const word = newWord()
  const packed = [word, Buffer.from(`x${word}`).toString('base64'), Buffer.from(`xy${word}z`).toString('base64url')]
  for (const text of packed) {
    for (const bytes of [Buffer.from(text), gzipSync(text)]) {
      const ears = new Ears(who('Dana'))
      ears.keep(bytes)
      expect(ears.heard([newWord(), word]), text).toEqual([word])
    }
  }
})
