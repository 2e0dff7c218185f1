import { Types } from 'mongoose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { AGENCIES, LANGUAGES } from '../../../shared/meeting'
import { addItem } from '../../../shared/plan'
import { readingLevel } from '../../../shared/readability'
import { ROLES } from '../../../shared/roles'
import { whatTheyDo } from '../../../shared/whatTheyDo'
import type { ContactWords, TeamPerson, WhoIsWho } from '../../../shared/whoIsWho'
import { admitted, guest, type MeetingPage, refusal, type Someone, staff } from '../../support/people'
import { PlainPhone } from '../../support/plainPhone'
import { startTestApp, type TestApp } from '../../support/startTestApp'

const PHONE: ContactWords = { phone: '555-0142', email: null, to: 'family' }
const [GOAL, KEPT, DONE] = ['a'.repeat(16), 'b'.repeat(16), 'c'.repeat(16)]

describe('who is who', () => {
  let app: TestApp
  let wren: Someone
  let familyId: string
  const params = () => ({ meetingId: wren.meetingId })
  const read = (someone: Someone): Promise<WhoIsWho> => someone.call('readWhoIsWho', { params: params() })
  const share = (someone: Someone, body: ContactWords) => someone.call('shareContact', { params: params(), body })
  const withdraw = (someone: Someone) => someone.call('withdrawContact', { params: params() })
  const handOver = (someone: Someone, from: Someone, to: Someone) =>
    someone.call('handOverLead', { params: params(), body: { from: from.participantId, to: to.participantId } })
  const hide = ({ participantId }: Someone) =>
    wren.call('hide', { params: { ...params(), participantId }, body: { hidden: true } })
  const find = ({ people }: WhoIsWho, name: string): TeamPerson | undefined => people.find((one) => one.name === name)
  const contactOf = async (viewer: Someone, name: string) => find(await read(viewer), name)?.contact ?? null
  const contactNews = (page: MeetingPage) =>
    page.heard.filter(
      ({ event, payload }) => event === 'answers:changed' && (payload as { of: string }).of === 'contacts',
    )

  /** Somebody with an account, let in for their agency. */
  async function colleague(name: string, agency: 'school' | 'probation' = 'school'): Promise<Someone> {
    const someone = await staff(app, `${name} ${wren.meetingId}`, { duty: 'agency', agency })
    await someone.join((await wren.read()).joining!.code!, { role: 'agency', agency, name })
    await wren.admit(someone, 'agency', agency)
    return someone
  }

  beforeAll(async () => {
    app = await startTestApp()
    wren = await staff(app, 'Wren Ito', { agency: 'child-welfare' })
  })
  afterAll(() => app.close())
  beforeEach(async () => {
    familyId = (await wren.createFamily()).id
    await wren.createMeeting({ familyId })
  })

  test('[WW1] is made by itself of who is in the meeting: chosen name, part, agency and how they are there, the family first', async () => {
    await colleague('Adeyemi')
    const dana = await admitted(wren, 'Dana')
    const ben = await admitted(wren, 'Ben', 'support')
    await guest(app, 'Walter').join((await wren.read()).joining!.code!)
    await dana.call('attend', {
      params: { ...params(), participantId: dana.participantId },
      body: { attendance: 'phone' },
    })
    const { people } = await read(dana)
    expect(people.map(({ name, role, agency, attendance, me }) => [name, role, agency, attendance, me])).toEqual([
      ['Dana', 'family', null, 'phone', true],
      ['Ben', 'support', null, null, false],
      ['Wren Ito', 'facilitator', 'child-welfare', null, false],
      ['Adeyemi', 'agency', 'school', null, false],
    ])
    await dana.call('callMe', { params: params(), body: { name: 'Dana Mae' } })
    await wren.remove(ben)
    expect((await read(dana)).people.map(({ name }) => name)).toEqual(['Dana Mae', 'Wren Ito', 'Adeyemi'])
  })

  test('[WW2] says of every role and every agency what they can and cannot do, in sentences a child reads, in both languages', () => {
    const parts = [
      ...ROLES.filter((role) => role !== 'agency').map((role) => ({ role, agency: null })),
      ...AGENCIES.map((agency) => ({ role: 'agency' as const, agency })),
    ]
    for (const part of parts) {
      const { can, cannot } = whatTheyDo(part)
      expect(can.length * cannot.length, JSON.stringify(part)).toBeGreaterThan(0)
      for (const sentence of [...can, ...cannot]) {
        for (const language of LANGUAGES) {
          expect(sentence[language]).toMatch(/^\p{Lu}.*\.$/u)
          expect(readingLevel(sentence[language], language)!.level, sentence[language]).toBe('easy')
        }
      }
    }
  })

  test('[WW3] how to reach somebody is said by their own hand, and shown to the family and whom it brought, or to everybody', async () => {
    const [dana, ben, youth] = [
      await admitted(wren, 'Dana'),
      await admitted(wren, 'Ben', 'support'),
      await admitted(wren, 'Mateo', 'youth'),
    ]
    const others = [
      wren,
      await colleague('Adeyemi'),
      await admitted(wren, 'Vega', 'interpreter'),
      await admitted(wren, 'Otto', 'observer'),
    ]
    for (const someone of [dana, ben, ...others]) expect(await contactOf(someone, 'Dana')).toBeNull()
    const told = await share(dana, PHONE)
    expect(find(told, 'Dana')!.contact).toEqual(PHONE)
    for (const family of [dana, ben, youth]) expect(await contactOf(family, 'Dana'), family.name).toEqual(PHONE)
    for (const other of others) expect(JSON.stringify(await read(other)), other.name).not.toContain('0142')
    const open: ContactWords = { phone: '+1 (555) 0142', email: 'dana@example.org', to: 'everybody' }
    await share(dana, open)
    for (const someone of [dana, ben, ...others]) expect(await contactOf(someone, 'Dana'), someone.name).toEqual(open)
    const wrong: unknown[] = [
      { ...PHONE, phone: null },
      { ...PHONE, phone: 'call me' },
      { ...PHONE, phone: '   ', email: null },
      { ...PHONE, email: 'dana at home' },
      { ...PHONE, to: 'facilitator' },
      { ...PHONE, phone: { $gt: '' } },
    ]
    for (const body of wrong) expect(await refusal(share(dana, body as ContactWords))).toBe('request/invalid')
    // There is no way to say it for somebody else: what is sent beside it counts for nothing.
    await share(ben, { ...PHONE, participantId: dana.participantId } as ContactWords)
    expect(await contactOf(dana, 'Dana')).toEqual(open)
    expect(await contactOf(dana, 'Ben')).toEqual(PHONE)
  })

  test('[WW4] taken back, it is gone from every page within a second, and nothing of it is kept', async () => {
    const dana = await admitted(wren, 'Dana')
    const quill = await colleague('Quill')
    const rows = () => app.app.parts.db.collection('contacts').countDocuments({ meetingId: wren.meetingId })
    await share(dana, { ...PHONE, to: 'everybody' })
    await share(dana, { phone: '555-0199', email: null, to: 'everybody' })
    expect(await rows()).toBe(1)
    const pages = [await quill.enter(), await wren.enter()]
    const before = performance.now()
    await withdraw(dana)
    for (const page of pages) await page.until('answers:changed', ({ of }) => of === 'contacts')
    for (const someone of [dana, quill, wren]) expect(await contactOf(someone, 'Dana')).toBeNull()
    expect(performance.now() - before).toBeLessThan(1_000)
    expect(await rows()).toBe(0)
    await withdraw(dana)
    // Two at once from two pages: one of both is what stands, whole.
    await Promise.all([share(dana, PHONE), share(dana, { phone: null, email: 'd@example.org', to: 'everybody' })])
    expect(await rows()).toBe(1)
    await wren.remove(dana)
    expect(await rows()).toBe(0)
    expect(await refusal(share(dana, PHONE))).toBe('access/removed')
    for (const page of pages) page.close()
  })

  test('[WW5] numbers and addresses lie in the database unreadable, and go with their family', async () => {
    const dana = await admitted(wren, 'Dana')
    await share(dana, { phone: '555-0142', email: 'canary@example.org', to: 'family' })
    const rows = () => app.app.parts.db.collection('contacts').find({ familyId }).toArray()
    const stored = JSON.stringify(await rows())
    expect(stored).not.toMatch(/0142|canary|example/)
    expect(stored).toContain(wren.meetingId)
    const ada = await staff(app, 'Ada', { duty: 'admin' })
    const { confirmation } = await ada.call('askExpunging', { params: { familyId } })
    await ada.call('expunge', { params: { familyId }, body: { confirmation } })
    expect(await rows()).toEqual([])
  })

  test('[WW6] of somebody hidden nobody else is told, nor stirred when they say how to reach them', async () => {
    const [dana, rosa] = [await admitted(wren, 'Dana'), await admitted(wren, 'Rosa')]
    await share(rosa, { ...PHONE, to: 'everybody' })
    expect(await contactOf(dana, 'Rosa')).not.toBeNull()
    await hide(rosa)
    const danas = await dana.enter()
    await share(rosa, { phone: '555-0177', email: null, to: 'everybody' })
    expect(find(await read(rosa), 'Rosa')).toMatchObject({ hidden: true, me: true, contact: { phone: '555-0177' } })
    expect(find(await read(wren), 'Rosa')).toMatchObject({ hidden: true, contact: { phone: '555-0177' } })
    expect(JSON.stringify(await read(dana))).not.toMatch(/Rosa|0177|0142/)
    await wren.call('setNext', { params: params(), body: { at: '2027-05-01T10:00' } })
    await danas.until('meeting:changed')
    expect(contactNews(danas)).toEqual([])
    danas.close()
  })

  test('[WW7] who leads hands it over to somebody inside with an account; everybody sees it at once, and the record says it', async () => {
    const [dana, quill] = [await admitted(wren, 'Dana'), await colleague('Quill')]
    const danas = await dana.enter()
    const first = await read(dana)
    expect(first.leads).toMatchObject([{ name: 'Wren Ito', participantId: wren.participantId }])
    expect(first.people.filter(({ leads }) => leads).map(({ name }) => name)).toEqual(['Wren Ito'])
    expect(first.people.some(({ mayLead }) => mayLead)).toBe(false)
    expect((await read(wren)).people.filter(({ mayLead }) => mayLead).map(({ name }) => name)).toEqual(['Quill'])
    for (const someone of [dana, quill]) expect(await refusal(handOver(someone, wren, quill))).toBe('access/denied')
    expect(await refusal(handOver(wren, wren, dana))).toBe('request/invalid')
    const walter = guest(app, 'Walter')
    await walter.join((await wren.read()).joining!.code!)
    expect(await refusal(handOver(wren, wren, walter))).toBe('participant/not-found')

    const { people, leads } = await handOver(wren, wren, quill)
    expect(leads.map(({ name }) => name)).toEqual(['Wren Ito', 'Quill'])
    expect(people.filter(({ role }) => role === 'facilitator').map(({ name }) => name)).toEqual(['Wren Ito', 'Quill'])
    await danas.until('meeting:changed', ({ meeting }) => meeting.leadName === 'Quill')
    expect((await read(dana)).people.filter(({ leads }) => leads).map(({ name }) => name)).toEqual(['Quill'])
    await app.app.parts.record.settled()
    const { lines } = await dana.call('readRecord', { params: params() })
    expect(lines.find(({ what }) => what === 'lead-changed')).toMatchObject({ who: 'Wren Ito', whom: 'Quill' })
    // Asked by a page that shows somebody else as who leads.
    expect(await refusal(handOver(wren, wren, quill))).toBe('lead/changed')
    danas.close()
  })

  test('[WW7] of two who hand it over at once one is heard; somebody hidden leads nothing', async () => {
    const [quill, stone] = [await colleague('Quill'), await colleague('Stone', 'probation')]
    const both = await Promise.allSettled([handOver(wren, wren, quill), handOver(wren, wren, stone)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await read(wren)).leads).toHaveLength(2)
    const park = await colleague('Park')
    await hide(park)
    const lead = (await read(wren)).leads.at(-1)!.participantId
    expect(await refusal(handOver(wren, { participantId: lead } as Someone, park))).toBe('request/invalid')
  })

  test('[WW8] a meeting is never without who leads: taken out or made something else, who has been a facilitator longest follows', async () => {
    const dana = await admitted(wren, 'Dana')
    const [quill, stone] = [await colleague('Quill'), await colleague('Stone', 'probation')]
    await wren.admit(stone, 'facilitator')
    await handOver(wren, wren, quill)
    await wren.remove(quill)
    const names = async () => (await read(dana)).leads.map(({ name }) => name)
    expect(await names()).toEqual(['Wren Ito', 'Quill', 'Wren Ito'])
    expect((await dana.read()).meeting.leadName).toBe('Wren')
    await stone.call('admit', {
      params: { ...params(), participantId: wren.participantId },
      body: { role: 'agency', agency: 'child-welfare' },
    })
    expect(await names()).toEqual(['Wren Ito', 'Quill', 'Wren Ito', 'Stone'])
    const since = (await read(dana)).leads.map(({ since }) => Date.parse(since))
    expect([...since].sort((a, b) => a - b)).toEqual(since)
    const only = { ...params(), participantId: stone.participantId }
    expect(await refusal(stone.call('admit', { params: only, body: { role: 'observer' } }))).toBe('access/denied')
    expect((await read(dana)).people.filter(({ leads }) => leads).map(({ name }) => name)).toEqual(['Stone'])
  })

  test('[WW8] who is taken off the family’s team leads nothing more, also where they led alone', async () => {
    const sol = await staff(app, `Sol ${familyId}`)
    await wren.call('addToTeam', { params: { familyId }, body: { email: sol.person!.email } })
    await sol.createMeeting({ familyId })
    const dana = await admitted(sol, 'Dana')
    await wren.call('removeFromTeam', { params: { familyId, staffId: sol.person!.id } })
    const { leads, people } = await dana.call('readWhoIsWho', { params: { meetingId: sol.meetingId } })
    expect(leads.map(({ name }) => name)).toEqual([sol.name, 'Wren Ito'])
    expect(people.map(({ name, leads }) => [name, leads])).toEqual([
      ['Dana', false],
      ['Wren Ito', true],
    ])
  })

  test('[WW8] of a meeting from before it was written down, who opened it leads', async () => {
    const dana = await admitted(wren, 'Dana')
    const quill = await colleague('Quill')
    const { db } = app.app.parts
    const { _id } = (await db.collection('meetings').findOne({ familyId: new Types.ObjectId(familyId) }))!
    await db.collection('meetings').updateOne({ _id }, { $unset: { leads: 1 } })
    expect((await read(dana)).leads.map(({ name }) => name)).toEqual(['Wren Ito'])
    await handOver(wren, wren, quill)
    expect((await read(dana)).leads.map(({ name }) => name)).toEqual(['Wren Ito', 'Quill'])
  })

  test('[WW9] shows what each promised and has not done, to who may read the plan now', async () => {
    const [dana, quill] = [await admitted(wren, 'Dana'), await colleague('Quill')]
    await app.app.parts.livePlans.edit(wren.meetingId, wren.participantId, (doc) => {
      addItem(doc, 'goals', GOAL, { order: 'a0', removed: false }, { words: 'A lit home' })
      const promise = { order: 'a0', removed: false, goal: GOAL, column: 'family', due: null } as const
      const mine = { ...promise, who: 'Dana', whoId: dana.participantId }
      addItem(doc, 'actions', KEPT, { ...mine, due: '2027-03-05' }, { words: 'Utility plan' })
      addItem(doc, 'actions', DONE, { ...mine, state: 'done' }, { words: 'Candles' })
      addItem(doc, 'actions', 'd'.repeat(16), { ...mine, removed: true }, { words: 'Removed' })
      addItem(doc, 'actions', 'e'.repeat(16), { ...promise, who: ' quill', whoId: null }, { words: 'Bus passes' })
    })
    const promised = async (viewer: Someone) =>
      (await read(viewer)).people.flatMap(({ name, promises }) => promises.map(({ id, words }) => [name, id, words]))
    const all = [
      ['Dana', KEPT, 'Utility plan'],
      ['Quill', 'e'.repeat(16), 'Bus passes'],
    ]
    expect(await promised(dana)).toEqual(all)
    expect(await promised(quill)).toEqual(all)
    await wren.setPhase('private')
    expect(await promised(dana)).toEqual(all)
    for (const behind of [wren, quill]) expect(await promised(behind)).toEqual([])
    expect((await read(quill)).people.map(({ name }) => name)).toEqual(['Dana', 'Wren Ito', 'Quill'])
  })

  test('[WW10] a phone without scripts reads it too: names, parts, what they can and cannot do, and who leads', async () => {
    const pilar = new PlainPhone(app, 'Pilar', 'es')
    const { code } = (await wren.read()).joining!
    await pilar.join(code!, { language: 'es' })
    await pilar.open(`/j/${code}/team`)
    expect(pilar.path).toMatch(/waiting/)
    await wren.admit(pilar)
    const [dana, rosa] = [await admitted(wren, 'Dana'), await admitted(wren, 'Rosa')]
    await share(dana, PHONE)
    await hide(rosa)
    await pilar.open(`/j/${code}/plan`)
    await pilar.click('Quién es quién')
    expect(pilar.status).toBe(200)
    expect(pilar.words).toContain('Wren Ito')
    expect(pilar.words).toContain('Dirige esta reunión')
    expect(pilar.words).toContain(whatTheyDo({ role: 'facilitator', agency: null }).cannot[0]!.es)
    expect(pilar.words).toContain('555-0142')
    expect(pilar.words).not.toContain('Rosa')
    expect(pilar.bytes).toBeLessThan(14 * 1024)
  })

  test('[WW11] stands in every phase of a meeting, and neither at the door nor on the wall nor elsewhere', async () => {
    const dana = await admitted(wren, 'Dana')
    const walter = guest(app, 'Walter')
    await walter.join((await wren.read()).joining!.code!)
    const screen = guest(app, 'The wall')
    const { url } = await wren.call('pairProjector', { params: params() })
    await screen.call('startProjector', { body: { token: url.split('#')[1]! } })
    const stranger = await staff(app, `Nye ${familyId}`)
    for (const phase of ['open', 'private', 'open', 'ended'] as const) {
      await wren.setPhase(phase)
      await share(dana, PHONE)
      expect(await contactOf(dana, 'Dana')).toEqual(PHONE)
      await withdraw(dana)
      expect(await contactOf(dana, 'Dana')).toBeNull()
      for (const [who, code] of [
        [walter, 'access/waiting'],
        [screen, 'session/missing'],
        [stranger, 'meeting/not-found'],
      ] as const) {
        expect(await refusal(read(who))).toBe(code)
        expect(await refusal(share(who, PHONE))).toBe(code)
        expect(await refusal(withdraw(who))).toBe(code)
        expect(await refusal(handOver(who, wren, dana))).toBe(code)
      }
    }
  })
})
