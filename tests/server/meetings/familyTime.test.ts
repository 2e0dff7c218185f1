import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ERRORS } from '../../../shared/errors'
import { addItem } from '../../../shared/plan'
import { LivePage } from '../../support/livePage'
import { openPage } from '../../support/openPage'
import { admitted, guest, refusal, Someone, staff } from '../../support/people'
import { openTestStore, startTestApp, type TestApp } from '../../support/startTestApp'

const PRIVATE = ERRORS['meeting/private'].close
const SECRET = 'We are afraid of the uncle'
const WORRY = { order: 'a0', removed: false, state: 'open', closedOn: null } as const

const closed = (page: LivePage) => page.until(({ closeCode }) => closeCode === PRIVATE, 1_000)

const FAMILY_PART = { section: 'family', subject: null } as const

async function tellWorry(someone: Someone, words: string): Promise<void> {
  const page = await openPage(someone, FAMILY_PART)
  addItem(page.doc, 'worries', 'worry00000000001', WORRY, { words })
  await page.untilSaved()
  page.close()
}

describe('private family time', () => {
  let app: TestApp
  let wren: Someone
  let quill: Someone
  let familyId: string
  let code: string
  let now = Date.parse('2027-03-02T18:40:00Z')
  beforeAll(async () => {
    app = await startTestApp({ clock: () => new Date(now) })
    wren = await staff(app, 'Wren')
    quill = await staff(app, 'Quill', { duty: 'agency', agency: 'child-welfare' })
    familyId = (await wren.createFamily()).id
  })
  beforeEach(async () => {
    code = (await wren.createMeeting({ familyId })).joinCode
    await quill.join(code, { role: 'agency' })
    await wren.admit(quill, 'agency')
  })
  afterAll(() => app.close())

  const params = () => ({ meetingId: wren.meetingId })

  async function pairScreen(): Promise<Someone> {
    const screen = guest(app, 'screen')
    const { url } = await wren.call('pairProjector', { params: params() })
    await screen.call('startProjector', { body: { token: url.split('#')[1]! } })
    return screen
  }

  it('[FT1] closes the open pages of professionals and of the wall within a second, and the family’s go on', async () => {
    const [dana, screen] = [await admitted(wren, 'Dana'), await pairScreen()]
    const observer = await admitted(wren, 'Student', 'observer')
    const [{ documents }, danas] = [await screen.call('openProjectorLive'), await openPage(dana)]
    const wall = new LivePage({ base: app.url, cookie: screen.cookie, path: documents[0]!.path })
    await wall.until(({ provider }) => provider.synced)
    const pages = [await openPage(wren), await openPage(quill), await openPage(observer), wall]
    await wren.setPhase('private')
    await Promise.all(pages.map(closed))
    await danas.until(({ hello }) => hello !== undefined)
    const again = await openPage(dana)
    again.write('question', 'Only we read this now. ')
    await again.untilSaved()
    for (const page of pages) expect(page.plan.question).not.toContain('Only we')
    for (const page of [...pages, danas, again]) page.close()
  })

  it('[FT2] lets professionals and the wall read nothing by any way, and tells them why', async () => {
    const [dana, screen] = [await admitted(wren, 'Dana'), await pairScreen()]
    const version = await wren.call('makeVersion', {
      params: params(),
      body: { kind: 'checkpoint', label: 'Before', basedOn: 0 },
    })
    const page = await openPage(quill)
    const { url } = page.provider
    page.close()
    await wren.setPhase('private')
    for (const someone of [wren, quill]) {
      for (const route of ['openLive', 'readPlan', 'readHistory', 'listVersions'] as const) {
        expect(await refusal(someone.call(route, { params: params() })), route).toBe('meeting/private')
      }
      const read = someone.call('readVersion', { params: { versionId: version.id } })
      expect(await refusal(read)).toBe('meeting/private')
    }
    const seal = { kind: 'sealed', label: '', basedOn: 1 } as const
    expect(await refusal(wren.call('makeVersion', { params: params(), body: { ...seal, label: 'Now' } }))).toBe(
      'meeting/private',
    )
    expect(await refusal(screen.call('openProjectorLive'))).toBe('meeting/private')
    expect((await screen.call('readProjector')).meeting.phase).toBe('private')
    // Who kept the address of the plan, or runs no scripts, finds it closed too.
    const path = new URL(url).pathname
    const late = new LivePage({ base: app.url, cookie: quill.cookie, path })
    await closed(late)
    late.close()
    const withoutScripts = await quill.request('get', `/j/${code.replace('-', '')}/plan`)
    expect(withoutScripts.status).toBe(ERRORS['meeting/private'].http)
    expect((await dana.call('listVersions', { params: params() })).versions).toHaveLength(1)
  })

  it('[FT3] says since when, in everybody’s meeting, and when it was over', async () => {
    const page = await quill.enter()
    expect((await quill.read()).meeting.familyTime).toBeNull()
    now = Date.parse('2027-03-02T18:40:00Z')
    await wren.setPhase('private')
    const told = await page.until('meeting:changed', ({ meeting }) => meeting.phase === 'private')
    expect(told.meeting.familyTime).toEqual({ startedAt: '2027-03-02T18:40:00.000Z', endedAt: null })
    now += 12 * 60_000
    expect((await wren.setPhase('private')).familyTime!.startedAt).toBe('2027-03-02T18:40:00.000Z')
    await wren.setPhase('open')
    const over = await page.until('meeting:changed', ({ meeting }) => meeting.phase === 'open')
    expect(over.meeting.familyTime!.endedAt).toBe('2027-03-02T18:52:00.000Z')
    page.close()
  })

  it('[FT4] is started by the facilitator alone, and ended by them or by the family, twice as well as once', async () => {
    const people = await Promise.all(
      (['family', 'youth', 'support', 'interpreter', 'observer'] as const).map((role) => admitted(wren, role, role)),
    )
    const [mother, youth, supporter, interpreter, observer] = people as [Someone, Someone, Someone, Someone, Someone]
    for (const someone of [...people, quill]) expect(await refusal(someone.setPhase('private'))).toBe('access/denied')
    for (const someone of [mother, youth, supporter, wren]) {
      await wren.setPhase('private')
      for (const other of [quill, observer, interpreter])
        expect(await refusal(other.setPhase('open'))).toBe('access/denied')
      expect((await someone.setPhase('open')).phase).toBe('open')
      expect((await someone.setPhase('open')).phase).toBe('open')
    }
    await wren.setPhase('private')
    const ends = await Promise.all([mother.setPhase('open'), youth.setPhase('open'), wren.setPhase('open')])
    expect(ends.map(({ phase }) => phase)).toEqual(['open', 'open', 'open'])
  })

  it('[FT5] does not start over a plan that is being sealed, nor over a sealed one', async () => {
    const seal = wren.call('makeVersion', { params: params(), body: { kind: 'sealed', label: 'Agreed', basedOn: 0 } })
    const start = wren.setPhase('private')
    const [sealed, started] = await Promise.allSettled([seal, start])
    expect([sealed.status, started.status].filter((status) => status === 'fulfilled')).toHaveLength(1)
    const { phase } = (await wren.read()).meeting
    expect(phase).toBe(started.status === 'fulfilled' ? 'private' : 'sealed')
    if (phase === 'sealed') expect(await refusal(wren.setPhase('private'))).toBe('plan/sealed')
  })

  it('[FT6] belongs to the family: what they write there no professional ever reads, while it goes on or later', async () => {
    const dana = await admitted(wren, 'Dana')
    await wren.setPhase('private')
    await tellWorry(dana, SECRET)
    const rosa = await admitted(wren, 'Rosa', 'support')
    const luis = await admitted(wren, 'Luis', 'interpreter')
    for (const someone of [rosa, luis]) {
      const page = await openPage(someone, FAMILY_PART)
      expect(page.plan.worries[0]!.words).toBe(SECRET)
      page.close()
    }
    await dana.setPhase('open')
    for (const someone of [wren, quill]) {
      const { documents } = await someone.call('openLive', { params: params() })
      expect(documents.map(({ section }) => section)).not.toContain('family')
      const path = documents[0]!.path.replace('/plan/', '/family/')
      const page = new LivePage({ base: app.url, cookie: someone.cookie, path })
      await page.until(({ closeCode }) => closeCode === ERRORS['access/denied'].close)
      page.close()
    }
    await wren.setPhase('ended')
    const { versions } = await wren.call('listVersions', { params: params() })
    for (const { id } of versions) {
      expect(JSON.stringify(await wren.call('readVersion', { params: { versionId: id } }))).not.toContain(SECRET)
    }
    expect(JSON.stringify(await wren.call('readPlan', { params: params() }))).not.toContain(SECRET)
  })

  it('[FT7] has nobody on the family’s side who came with an agency’s account', async () => {
    for (const role of ['family', 'youth', 'support', 'interpreter'] as const) {
      expect(await refusal(wren.admit(quill, role)), role).toBe('request/invalid')
    }
    expect((await wren.people()).find(({ name }) => name === 'Quill')).toMatchObject({ role: 'agency' })
  })

  it('[FT8] keeps the door and the people to the facilitator, and whoever is let in meanwhile stands before the curtain', async () => {
    await wren.setPhase('private')
    const marsh = await staff(app, `Marsh ${wren.meetingId}`, { duty: 'agency', agency: 'calworks' })
    await marsh.join(code, { role: 'agency' })
    await wren.admit(marsh, 'agency')
    expect(await refusal(marsh.call('openLive', { params: params() }))).toBe('meeting/private')
    const rosa = await admitted(wren, 'Rosa')
    const { documents } = await rosa.call('openLive', { params: params() })
    expect(documents.map(({ section, canEdit }) => [section, canEdit])).toEqual([
      ['plan', true],
      ['family', true],
    ])
    await wren.remove(marsh)
    expect((await wren.people()).map(({ name }) => name)).not.toContain(marsh.name)
  })

  it('[FT9] ends with the meeting: then the plan is read again, and kept as it is', async () => {
    const dana = await admitted(wren, 'Dana')
    await wren.setPhase('private')
    const page = await openPage(dana)
    page.write('question', 'What helps Noa sleep?')
    await page.untilSaved()
    page.close()
    const ended = await wren.setPhase('ended')
    expect(ended.familyTime!.endedAt).not.toBeNull()
    expect((await quill.call('readPlan', { params: params() })).question).toBe('What helps Noa sleep?')
    expect((await wren.call('listVersions', { params: params() })).versions).toMatchObject([
      { reason: 'meeting-ended' },
    ])
    expect(await refusal(wren.setPhase('private'))).toBe('meeting/ended')
    await wren.setPhase('open')
    expect((await wren.read()).meeting.phase).toBe('open')
  })
})

describe('a server that stops during private family time', () => {
  it('[FT10] comes back with the curtain as it was, and the copy it makes holds nothing of the family’s own words', async () => {
    const store = await openTestStore()
    const masterKey = Buffer.alloc(32, 7)
    const first = await startTestApp({ uri: store.uri, config: { masterKey } })
    const wren = await staff(first, 'Wren')
    await wren.createMeeting()
    const dana = await admitted(wren, 'Dana')
    await wren.setPhase('private')
    await tellWorry(dana, SECRET)
    const page = await openPage(dana)
    page.write('question', 'What helps Noa sleep?')
    await page.untilSaved()
    page.close()
    await first.close()

    const second = await startTestApp({ uri: store.uri, config: { masterKey } })
    const again = (someone: Someone) => {
      const back = new Someone(second, someone.name, someone.person)
      for (const [name, value] of someone.cookies) back.cookies.set(name, value)
      return Object.assign(back, { meetingId: someone.meetingId, participantId: someone.participantId })
    }
    const [wrenAgain, danaAgain] = [again(wren), again(dana)]
    const params = { meetingId: wren.meetingId }
    expect((await wrenAgain.read()).meeting).toMatchObject({ phase: 'private', familyTime: { endedAt: null } })
    expect(await refusal(wrenAgain.call('openLive', { params }))).toBe('meeting/private')
    await danaAgain.setPhase('open')
    const { versions } = await wrenAgain.call('listVersions', { params })
    expect(versions).toMatchObject([{ reason: 'server-stopped' }])
    const kept = await wrenAgain.call('readVersion', { params: { versionId: versions[0]!.id } })
    expect(kept.plan.question).toBe('What helps Noa sleep?')
    expect(JSON.stringify(kept)).not.toContain(SECRET)
    const familys = await openPage(danaAgain, FAMILY_PART)
    expect(familys.plan.worries[0]!.words).toBe(SECRET)
    familys.close()
    await second.close()
    await store.close()
  })
})
