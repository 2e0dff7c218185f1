import { EJSON } from 'bson'
import type { Types } from 'mongoose'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addItem, choose, findText, KINDS } from '../../../shared/plan'
import { writeText } from '../../../shared/writePlan'
import { ALDER } from '../../../server/demo/alder'
import { DEMO_PASSWORD, DEMO_PEOPLE } from '../../../server/demo/demoPeople'
import { LUNA_MORALES } from '../../../server/demo/lunaMorales'
import { OKAFOR_HARPER } from '../../../server/demo/okaforHarper'
import { showDemo } from '../../../server/demo/showDemo'
import { readDemo, signInDemo } from '../../support/readDemo'
import { seedDemoIn, tellCutOff } from '../../support/seedDemoIn'
import { SeededRandom } from '../../support/seededRandom'
import { startTestApp, type TestApp } from '../../support/startTestApp'

const PUBLIC_URL = 'http://192.0.2.7:3000'

/** The app that people look at. */
let app: TestApp
/** The one whose first start nothing disturbed, and what that led to. */
let told: TestApp
let whole: Record<string, unknown>

const signIn = (email: string) => signInDemo(app, email)

/** Everything in the database. */
async function readDatabase(): Promise<Record<string, string[]>> {
  const { db } = app.app.parts
  const collections = db.modelNames().map((name) => db.model(name).collection)
  const rows = await Promise.all(
    collections.map(async (collection) => {
      const documents = await collection.find().toArray()
      return [collection.name, documents.map((document) => EJSON.stringify(document)).sort()] as const
    }),
  )
  return Object.fromEntries(rows)
}

/** How far one start gets before it is cut off, at most; in the long tests less far, many times. */
const MOST_STEPS = 60

/** A busy machine tells the whole demo slowly, ms. */
const timeout = 180_000

beforeAll(async () => {
  app = told = await startTestApp()
  await seedDemoIn(told)
  whole = await readDemo(told)
}, timeout)
afterAll(() => told.close())

describe('the demo', { timeout }, () => {
  it('[ME40] is there after the first start: the people, three families, and a meeting to come to', async () => {
    const demo = await showDemo(app.app.parts, PUBLIC_URL)
    expect(demo.password).toBe(DEMO_PASSWORD)
    expect(demo.people.map(({ name }) => name)).toEqual([
      'Wren',
      'Ames',
      'Sol',
      'Nye',
      'Quill',
      'Marsh',
      'Adeyemi',
      'Park',
      'Stone',
      'Admin',
    ])
    for (const { email, name } of demo.people) {
      const { person } = await (await signIn(email)).call('whoAmI')
      expect(person?.name).toBe(name)
    }
    expect(demo.meetings).toMatchObject([{ title: 'Miles’s family · Moving into the new home' }])
    expect(demo.meetings[0]!.joinUrl).toMatch(/^http:\/\/192\.0\.2\.7:3000\/j\/[2-9A-Z]{8}$/)

    const titles = async (email: string) => {
      const { meetings } = await (await signIn(email)).call('listMeetings')
      return meetings.map(({ familyName, title, phase }) => `${familyName}: ${title} (${phase})`)
    }
    expect(await titles('wren@demo.ourplan')).toEqual([
      'Miles’s family: Moving into the new home (open)',
      'Miles’s family: What was done, and what has to change? (ended)',
      'Miles’s family: Where will Miles live? (ended)',
    ])
    expect(await titles('quill@demo.ourplan')).toEqual(await titles('wren@demo.ourplan'))
    expect(await titles('stone@demo.ourplan')).toEqual([
      'La familia de Mateo: Weekends at home (ended)',
      'La familia de Mateo: How is school going? (ended)',
      'La familia de Mateo: Where will Mateo live? (ended)',
    ])
    expect(await titles('nye@demo.ourplan')).toEqual(['Jules’s family: Where will Jules live? (ended)'])
  })

  it('[ME49] has an id for each thing that no other thing has, and keeps it from meeting to meeting', () => {
    const owners = new Map<string, string>()
    for (const { name, meetings } of [ALDER, LUNA_MORALES, OKAFOR_HARPER]) {
      for (const words of meetings.flatMap((meeting) => meeting.words)) {
        for (const kind of KINDS) {
          for (const id of Object.keys(words[kind] ?? {})) {
            expect(id).toMatch(/^[a-z][0-9a-z]{15}$/)
            const owner = `${kind} of ${name}`
            expect(owners.get(id) ?? owner, id).toBe(owner)
            owners.set(id, owner)
          }
        }
      }
    }
    expect(owners.size).toBeGreaterThan(60)
  })

  it('[ME49] has no two people in a meeting who are the same, and the same people of a family in all its meetings', async () => {
    const { db } = app.app.parts
    const rows = await db
      .model('Participant')
      .find()
      .lean<{ meetingId: Types.ObjectId; holder: string; name: string; memberId: Types.ObjectId | null }[]>()
    expect(rows.length).toBeGreaterThan(100)
    // Nor is somebody of a family somebody else the next time.
    const known = rows.filter(({ memberId }) => memberId)
    const members = new Set(known.map(({ name, memberId }) => `${name} ${memberId!.toHexString()}`))
    expect(members.size).toBe(new Set(known.map(({ name }) => name)).size)
    for (const who of ['holder', 'name'] as const) {
      const seen = rows.map((row) => `${row.meetingId.toHexString()} ${row[who]}`)
      expect(new Set(seen).size).toBe(seen.length)
    }
  })

  it('[ME46] is left alone by every start after the first, also what people changed in the open meeting', async () => {
    const wren = await signIn('wren@demo.ourplan')
    const { meetings } = await wren.call('listMeetings')
    const params = { meetingId: meetings[0]!.id }
    const { people } = await wren.call('listPeople', { params })
    const idOf = (name: string) => people.find((person) => person.name === name)!.id
    await app.app.parts.livePlans.edit(params.meetingId, idOf('Quill'), (doc) => {
      choose(doc, 'actions', 'alderhome0000002', { removed: true, who: 'Dana' })
      writeText(findText(doc, 'goals/alderhome0000000/words')!, 'A safe home, with curtains')
    })
    await wren.call('remove', { params: { ...params, participantId: idOf('Marsh') } })
    await app.app.parts.record.settled()
    const before = await readDatabase()
    await seedDemoIn(app)
    await seedDemoIn(app)
    expect(await readDatabase()).toEqual(before)
  })
})

describe('a start with data that is not as the first start leaves it', { timeout }, () => {
  beforeEach(async () => {
    app = await startTestApp()
  })
  afterEach(async () => {
    await app.close()
    app = told
  })

  it('[ME47] goes on where one before it was cut off, wherever that was, and the demo is whole in the end', async () => {
    const starts = await tellCutOff(app, new SeededRandom(47), MOST_STEPS)
    expect(starts).toBeGreaterThan(5)
    expect(await readDemo(app)).toEqual(whole)
  })

  it('[ME48] leaves an older demo meeting as people left it, and tells the demo beside it', async () => {
    for (const person of DEMO_PEOPLE) await app.app.parts.people.add({ ...person, password: DEMO_PASSWORD })
    const wren = await signIn('wren@demo.ourplan')
    const { id: familyId } = await wren.createFamily('Miles’s family')
    await wren.createMeeting({
      familyId,
      kind: 'tdm',
      title: 'Can Miles stay at home?',
      startsAt: '2027-03-02T18:00:00Z',
    })
    const params = { meetingId: wren.meetingId }
    await app.app.parts.livePlans.edit(params.meetingId, wren.participantId, (doc) => {
      addItem(
        doc,
        'goals',
        'alderhome0000000',
        { order: 'a0', removed: false },
        { words: 'Lights, as people wrote it' },
      )
    })
    await wren.call('makeVersion', { params, body: { kind: 'checkpoint', label: 'Before the meeting', basedOn: 0 } })
    const look = async () => {
      const { running, ...view } = await wren.call('readMeeting', { params })
      return {
        ...view,
        running: { ...running, toldAt: '' },
        // The demo beside it has them in more meetings.
        ids: [],
        plan: await wren.call('readPlan', { params }),
        versions: await wren.call('listVersions', { params }),
      }
    }
    const before = await look()

    await seedDemoIn(app)
    expect(await look()).toEqual(before)
    const { families } = await wren.call('listFamilies')
    expect(families.map(({ id }) => id)).toEqual([familyId])
    const { meetings } = await wren.call('listMeetings')
    expect(meetings.map(({ title, phase }) => `${title} (${phase})`).sort()).toEqual([
      'Can Miles stay at home? (open)',
      'Moving into the new home (open)',
      'What was done, and what has to change? (ended)',
      'Where will Miles live? (ended)',
    ])
    const after = await readDatabase()
    await seedDemoIn(app)
    expect(await readDatabase()).toEqual(after)
  })
})
