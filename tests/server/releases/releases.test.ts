import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { releaseModel } from '../../../server/releases/releaseModel'
import { localMinute } from '../../../shared/localMinute'
import { WORDS_VERSION, type ReleaseForm, type SignedForm } from '../../../shared/release'
import { admitted, refusal, staff, type Someone } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

const ZONE = 'America/Los_Angeles'
const DAY_MS = 24 * 60 * 60_000

/** The app's clock runs with ours, so many milliseconds ahead. */
let ahead = 0
const now = () => new Date(Date.now() + ahead)
const inDays = (days: number) => localMinute(new Date(now().getTime() + days * DAY_MS), ZONE)

const ABOUT_SCHOOL: ReleaseForm = {
  about: { name: 'Mateo', as: 'parent' },
  sections: [{ section: 'health', told: 'Only whether he was there', discloser: 'mental-health' }],
  recipients: ['school'],
  members: [],
  purpose: 'schooling',
  ownPurpose: '',
  until: null,
}

const signed = (words: Partial<SignedForm> = {}): SignedForm => ({
  ...ABOUT_SCHOOL,
  until: inDays(90),
  sitting: randomBytes(12).toString('hex'),
  language: 'es',
  words: WORDS_VERSION,
  agree: true,
  signature: 'Elena Luna',
  ...words,
})

let app: TestApp
let ames: Someone
let elena: Someone
let pilar: Someone
let adeyemi: Someone
let park: Someone
let stone: Someone

beforeAll(async () => {
  app = await startTestApp({ clock: now })
  ames = await staff(app, 'Ames')
  adeyemi = await staff(app, 'Adeyemi', { duty: 'agency', agency: 'school' })
  park = await staff(app, 'Park', { duty: 'agency', agency: 'mental-health' })
  stone = await staff(app, 'Stone', { duty: 'agency', agency: 'probation' })
})
beforeEach(async () => {
  if (ahead !== 0) {
    // Sessions end by themselves, too.
    ahead = 0
    for (const someone of [ames, adeyemi, park, stone]) await someone.signIn()
  }
  await ames.createMeeting({ timeZone: ZONE })
  elena = await admitted(ames, 'Elena')
  pilar = await admitted(ames, 'Pilar')
  for (const someone of [adeyemi, park, stone]) {
    await someone.join((await ames.read()).joining!.code!, { role: 'agency', agency: 'other' })
    await ames.admit(someone, 'agency', someone.person!.agency)
  }
})
afterAll(() => app.close())

const here = () => ({ meetingId: ames.meetingId })
const sign = (someone: Someone, words?: Partial<SignedForm>) =>
  someone.call('signRelease', { params: here(), body: signed(words) })
const revoke = (someone: Someone, releaseId: string) =>
  someone.call('revokeRelease', { params: { ...here(), releaseId } })
const listed = (someone: Someone) => someone.call('listReleases', { params: here() })
const ask = (someone: Someone, of: Someone, form: Partial<ReleaseForm> = {}) =>
  someone.call('askRelease', {
    params: here(),
    body: { participantId: of.participantId, form: { ...ABOUT_SCHOOL, ...form } },
  })

/** The gated sections whose live document this person is shown the way to. */
async function opened(someone: Someone): Promise<string[]> {
  const { documents } = await someone.call('openLive', { params: here() })
  return documents.filter(({ subject }) => subject).map(({ section }) => section)
}

const memberIdOf = async (someone: Someone) => (await someone.read()).me.memberId!

describe('signing', () => {
  it('[RE1] one signature for several sections opens each to exactly those named', async () => {
    const { releases } = await sign(elena, {
      sections: [
        { section: 'health', told: 'Attendance', discloser: 'mental-health' },
        { section: 'education', told: 'Grades', discloser: null },
      ],
      members: [await memberIdOf(pilar)],
    })
    expect(releases.map(({ section, mine, endedAt }) => [section, mine, endedAt])).toEqual([
      ['health', true, null],
      ['education', true, null],
    ])
    expect(await opened(elena)).toEqual(['health', 'education'])
    expect(await opened(adeyemi)).toEqual(['health', 'education'])
    expect(await opened(pilar)).toEqual(['health', 'education'])
    expect(await opened(park), 'who tells writes it').toEqual(['health'])
    for (const other of [stone, ames]) expect(await opened(other), other.name).toEqual([])
  })

  it('[RE2] what somebody allows about a child is a part of its own: nobody reads there what is about themselves', async () => {
    const [about] = (await sign(elena)).releases
    const [own] = (await sign(elena, { about: null, recipients: ['mental-health'] })).releases
    const [again] = (await sign(elena, { about: { name: 'mateo ', as: 'parent' }, recipients: ['housing'] })).releases
    const [others] = (await sign(pilar, { about: { name: 'Mateo', as: 'guardian' } })).releases
    expect(own!.subject).toBe(await memberIdOf(elena))
    expect(again!.subject, 'the same child, the same part').toBe(about!.subject)
    expect(new Set([own, about, others].map((release) => release!.subject)).size).toBe(3)
    const { documents } = await elena.call('openLive', { params: here() })
    expect(documents.map(({ subject }) => subject)).not.toContain(others!.subject)
  })

  it('[RE90] the child’s name stands over the part about it, for those who may read it, and in the record', async () => {
    await sign(elena)
    const keep = (basedOn: number) =>
      ames.call('makeVersion', { params: here(), body: { kind: 'checkpoint', label: 'A copy', basedOn } })
    const [first, second] = [await keep(0), await keep(1)]
    const named = { section: 'health', name: 'Mateo' }
    const params = { versionId: second.id }
    for (const someone of [elena, adeyemi]) {
      const version = await someone.call('readVersion', { params })
      const comparison = await someone.call('compareVersions', { params, query: { from: first.id } })
      for (const { parts } of [version, comparison]) expect(parts).toContainEqual(expect.objectContaining(named))
    }
    for (const someone of [pilar, stone]) {
      expect(JSON.stringify(await someone.call('readVersion', { params }))).not.toContain('Mateo')
    }
    await app.app.parts.record.settled()
    const told = async (someone: Someone) => (await someone.call('readRecord', { params: here() })).lines
    const read = (await told(elena)).filter(({ what }) => what === 'part-opened')
    expect(read.map(({ who, whom }) => [who, whom])).toContainEqual(['Adeyemi', 'Mateo'])
    expect(JSON.stringify(await told(pilar))).not.toContain('Mateo')
  })

  it('[RE3] only people of the family sign, for a child only as family, and only for people who are here', async () => {
    for (const other of [ames, adeyemi]) expect(await refusal(sign(other))).toBe('access/denied')
    const support = await admitted(ames, 'Dee', 'support')
    expect(await refusal(sign(support))).toBe('access/denied')
    const mateo = await admitted(ames, 'Mateo', 'youth')
    expect(await refusal(sign(mateo))).toBe('request/invalid')
    expect((await sign(mateo, { about: null })).releases).toHaveLength(1)
    expect(await refusal(sign(elena, { members: ['f'.repeat(24)] }))).toBe('request/invalid')
  })

  it('[RE4] what the law asks for and is not there is refused, and nothing is opened', async () => {
    const section = { section: 'substance-use', told: 'Attendance', discloser: 'mental-health' } as const
    const lacking: Partial<SignedForm>[] = [
      { sections: [{ ...section, told: '  ' }] },
      { sections: [{ section: 'substance-use', told: 'Attendance' }] },
      { recipients: [] },
      { purpose: null },
      { purpose: 'own-words' },
      { until: null },
      { signature: ' ' },
    ]
    for (const words of lacking) {
      expect(await refusal(sign(elena, { sections: [section], ...words })), JSON.stringify(words)).toBe(
        'request/invalid',
      )
    }
    expect(await opened(elena)).toEqual([])
    expect((await listed(elena)).releases).toEqual([])
    await sign(elena, { sections: [section] })
  })

  it('[RE27] somebody who has one name signs with it', async () => {
    const [release] = (await sign(elena, { signature: 'Elena' })).releases
    expect(release!.copy!.lines).toContain('Firma: Elena')
  })

  it('[RE5] it holds until a minute to come, a year at most, on the meeting’s clock', async () => {
    for (const until of [inDays(0), inDays(-1), inDays(367), '2027-02-30T10:00', '2027-03-14T02:30']) {
      expect(await refusal(sign(elena, { until })), until).toBe('request/invalid')
    }
    const until = inDays(364)
    const [release] = (await sign(elena, { until })).releases
    expect(localMinute(new Date(release!.expiresAt), ZONE)).toBe(until)
    expect(new Date(release!.expiresAt).getSeconds()).toBe(0)
  })

  it('[RE6] what is sent twice is signed once, also at once, and another’s sitting is not touched', async () => {
    const body = signed()
    const twice = await Promise.all([1, 2].map(() => elena.call('signRelease', { params: here(), body })))
    expect(twice[0]!.releases[0]!.id).toBe(twice[1]!.releases[0]!.id)
    expect((await listed(elena)).releases).toHaveLength(1)
    expect(await refusal(pilar.call('signRelease', { params: here(), body }))).toBe('request/invalid')
    expect((await listed(pilar)).releases).toEqual([])
  })

  it('[RE7] the signed sentences are kept as they were read, with name and date, and lie encrypted', async () => {
    const [release] = (await sign(elena)).releases
    const { language, lines } = release!.copy!
    expect(language).toBe('es')
    expect(lines).toContain('Yo, Elena, firmo como madre o padre de Mateo.')
    expect(lines).toContain('Sobre la salud y el tratamiento, quien informa es: el terapeuta (salud mental).')
    expect(lines).toContain('Solo lo pueden ver: la escuela.')
    expect(lines.at(-2)).toBe('Firma: Elena Luna')
    const stored = JSON.stringify(await releaseModel(app.app.parts.db).find().lean())
    for (const word of ['Elena', 'Mateo', 'Only whether', 'firmo']) {
      expect(stored).not.toContain(word)
      expect(stored).not.toContain(Buffer.from(word).toString('base64'))
    }
  })

  it('[RE8] words that are no longer those of today, or no consent, are not signed', async () => {
    const wrong = [{ words: 0 }, { agree: false }, { language: 'fr' }, { sitting: 'x' }]
    for (const words of wrong) {
      const body = { ...signed(), ...words } as SignedForm
      expect(await refusal(elena.call('signRelease', { params: here(), body }))).toBe('request/invalid')
    }
  })
})

describe('ending', () => {
  it('[RE10] who signed ends it at once: it opens nothing any more, and stays listed with its copy', async () => {
    const [release] = (await sign(elena)).releases
    const ended = await revoke(elena, release!.id)
    expect(ended.endedAt).not.toBeNull()
    expect(await opened(adeyemi)).toEqual([])
    expect(await opened(elena), 'their own part stays theirs').toEqual(['health'])
    expect((await listed(elena)).releases).toEqual([ended])
    expect(ended.copy!.lines.length).toBeGreaterThan(8)
  })

  it('[RE11] ending twice ends once; what ended by itself says so; nobody else ends it', async () => {
    const [release] = (await sign(elena)).releases
    for (const other of [pilar, await admitted(ames, 'Mateo', 'youth')]) {
      expect(await refusal(revoke(other, release!.id))).toBe('release/not-found')
    }
    for (const other of [ames, adeyemi]) expect(await refusal(revoke(other, release!.id))).toBe('access/denied')
    expect(await opened(adeyemi)).toEqual(['health'])
    const first = await revoke(elena, release!.id)
    ahead += 60_000
    expect(await revoke(elena, release!.id)).toEqual(first)
    const [short] = (await sign(elena, { until: inDays(1) })).releases
    ahead += 2 * DAY_MS
    expect(await refusal(revoke(elena, short!.id))).toBe('release/over')
  })

  it('[RE12] it ends by itself at its minute', async () => {
    // Within the hour that a session of an agency lasts unused.
    const [release] = (await sign(elena, { until: inDays(0.03) })).releases
    const end = new Date(release!.expiresAt).getTime()
    ahead += end - now().getTime() - 2_000
    expect(await opened(adeyemi)).toEqual(['health'])
    ahead += 2_000
    expect(await opened(adeyemi)).toEqual([])
    expect((await listed(elena)).releases[0]!.endedAt).toBe(release!.expiresAt)
  })

  it('[RE13] open connections are told within a second that it ended, however far it was, also by a clock that is set', async () => {
    const changes: unknown[] = []
    let heard: (() => void) | undefined
    const next = () => new Promise<void>((resolve) => (heard = resolve))
    const listen = (change: unknown) => {
      changes.push(change)
      heard?.()
    }
    const [release] = (await sign(elena, { until: inDays(300) })).releases
    const { familyId } = (await ames.read()).meeting
    app.app.parts.access.changes.on('changed', listen)
    const ended = next()
    const started = Date.now()
    ahead += new Date(release!.expiresAt).getTime() - now().getTime()
    await ended
    expect(Date.now() - started).toBeLessThan(1_500)
    expect(changes).toContainEqual({ familyId })
    changes.length = 0
    const again = next()
    ahead = 0
    await again
    expect(changes).toContainEqual({ familyId })
    app.app.parts.access.changes.off('changed', listen)
    expect(await opened(adeyemi), 'the clock was set back').toEqual(['health'])
  })
})

describe('who knows of it', () => {
  it('[RE14] who signed sees all of it; who is named sees what concerns them, while it holds; nobody else anything', async () => {
    const members = [await memberIdOf(pilar)]
    const [release] = (await sign(elena, { recipients: ['school', 'housing'], members })).releases
    expect(release).toMatchObject({ recipients: ['school', 'housing'], members: ['Pilar'], about: 'Mateo' })
    const [schools] = (await listed(adeyemi)).releases
    expect(schools).toMatchObject({ about: 'Mateo', told: 'Only whether he was there', purpose: 'schooling' })
    expect(schools).toMatchObject({ mine: false, recipients: ['school'], members: [], copy: null })
    expect((await listed(park)).releases).toMatchObject([{ discloser: 'mental-health', recipients: [] }])
    expect((await listed(pilar)).releases).toMatchObject([{ mine: false, recipients: [], copy: null }])
    for (const other of [stone, ames]) expect((await listed(other)).releases, other.name).toEqual([])
    await revoke(elena, release!.id)
    for (const other of [adeyemi, park, pilar]) expect((await listed(other)).releases, other.name).toEqual([])
  })

  it('[RE15] an agency is named by its account, not by what somebody at the door is called', async () => {
    await sign(elena)
    const stranger = await admitted(ames, 'Somebody', 'agency')
    expect((await stranger.read()).me.agency).toBe('school')
    expect(await opened(stranger)).toEqual([])
    expect((await listed(stranger)).releases).toEqual([])
  })

  it('[RE16] only who signed hears that something was signed or ended', async () => {
    const pages = await Promise.all([elena, pilar, adeyemi, ames].map((someone) => someone.enter()))
    const [release] = (await sign(elena)).releases
    await revoke(elena, release!.id)
    // Everybody hears this, and after it what came before.
    await ames.setPhase('ended')
    await Promise.all(pages.map((page) => page.until('meeting:changed', ({ meeting }) => meeting.phase === 'ended')))
    const hearing = pages.map((page) => page.heard.filter(({ event }) => event === 'releases:changed').length)
    expect(hearing).toEqual([2, 0, 0, 0])
    for (const page of pages) page.close()
  })

  it('[RE18] the record says that something was signed and ended, once, by whom and about what, and none of its words', async () => {
    const body = signed()
    for (let i = 0; i < 2; i++) await elena.call('signRelease', { params: here(), body })
    const [release] = (await listed(elena)).releases
    for (let i = 0; i < 2; i++) await revoke(elena, release!.id)
    await app.app.parts.record.settled()
    const { lines } = await elena.call('readRecord', { params: here() })
    const told = lines.filter(({ what }) => what.startsWith('release-'))
    const about = { releaseId: release!.id, section: 'health', subject: release!.subject }
    expect(told.map(({ what, who, about }) => ({ what, who, about }))).toEqual([
      { what: 'release-revoked', who: 'Elena', about },
      { what: 'release-signed', who: 'Elena', about },
    ])
  })

  it('[RE17] it is listed at the family’s next meeting, and not in another family', async () => {
    const [release] = (await sign(elena)).releases
    const { familyId } = (await ames.read()).meeting
    const comeAgain = async (words: Parameters<Someone['createMeeting']>[0]) => {
      await ames.createMeeting({ timeZone: ZONE, carryOver: false, ...words })
      await elena.join((await ames.read()).joining!.code!)
      await ames.admit(elena, 'family')
      return (await listed(elena)).releases.map(({ id }) => id)
    }
    expect(await comeAgain({ familyId })).toEqual([release!.id])
    expect(await comeAgain({})).toEqual([])
    expect(await refusal(revoke(elena, release!.id))).toBe('release/not-found')
  })
})

describe('asking', () => {
  it('[RE20] who leads or is there for an agency asks one person of the family; nobody else finds it', async () => {
    const page = await elena.enter()
    const asked = await ask(ames, elena)
    await page.until('releases:changed')
    page.close()
    expect((await listed(elena)).asks).toEqual([asked])
    expect(asked).toMatchObject({ askedBy: 'Ames', form: ABOUT_SCHOOL })
    for (const other of [pilar, adeyemi, ames, park]) expect((await listed(other)).asks, other.name).toEqual([])
    expect(await refusal(ask(elena, pilar))).toBe('access/denied')
    for (const nobody of [ames, adeyemi]) expect(await refusal(ask(ames, nobody))).toBe('participant/not-found')
    expect(await opened(adeyemi), 'to ask opens nothing').toEqual([])
  })

  it('[RE21] whoever is asked may change it and sign it; then it is not asked any more', async () => {
    const { id } = await ask(adeyemi, elena)
    await sign(elena, { askId: id, recipients: ['housing'] })
    expect((await listed(elena)).asks).toEqual([])
    expect(await opened(adeyemi)).toEqual([])
  })

  it('[RE22] whoever is asked may set it aside: it is gone, and nobody hears or sees that', async () => {
    const pages = await Promise.all([adeyemi, ames].map((someone) => someone.enter()))
    const { id } = await ask(adeyemi, elena)
    const before = await listed(adeyemi)
    const setAside = (someone: Someone) => someone.call('setAsideAsk', { params: { ...here(), askId: id } })
    expect(await refusal(setAside(pilar))).toBe('release/not-found')
    expect(await refusal(setAside(adeyemi))).toBe('access/denied')
    await setAside(elena)
    expect(await refusal(setAside(elena))).toBe('release/not-found')
    expect((await listed(elena)).asks).toEqual([])
    expect(await listed(adeyemi)).toEqual(before)
    await ames.setPhase('ended')
    await Promise.all(pages.map((page) => page.until('meeting:changed', ({ meeting }) => meeting.phase === 'ended')))
    for (const page of pages) {
      expect(page.heard.map(({ event }) => event)).not.toContain('releases:changed')
      page.close()
    }
  })

  it('[RE23] the same person asks one thing at a time', async () => {
    await ask(ames, elena)
    const { id } = await ask(ames, elena, { purpose: 'plan' })
    await ask(adeyemi, elena)
    const { asks } = await listed(elena)
    expect(asks.map(({ askedBy }) => askedBy).sort()).toEqual(['Adeyemi', 'Ames'])
    expect(asks.find(({ askedBy }) => askedBy === 'Ames')!.id).toBe(id)
  })
})
