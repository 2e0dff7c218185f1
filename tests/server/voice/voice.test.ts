import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Kind } from '../../../shared/plan'
import { addItem, choose, findText } from '../../../shared/plan'
import { PHASES, ROLES, type Standing } from '../../../shared/roles'
import type { FamilyVoice } from '../../../shared/voice'
import type { LivePage } from '../../support/livePage'
import { openPage } from '../../support/openPage'
import { admitted, guest, refusal, type Someone, staff } from '../../support/people'
import { SeededRandom } from '../../support/seededRandom'
import { signedRelease } from '../../support/signedRelease'
import { startTestApp, type TestApp } from '../../support/startTestApp'

const chance = new SeededRandom(9)
const NOTHING: FamilyVoice = { all: null, told: null, ideas: null, agreed: null }

describe('the family’s voice', () => {
  let app: TestApp
  const logged: string[] = []
  let wren: Someone
  const params = () => ({ meetingId: wren.meetingId })
  const voice = (someone: Someone = wren): Promise<FamilyVoice> => someone.call('readVoice', { params: params() })

  /** Somebody says something on their own page. */
  function say(page: LivePage, kind: Kind, words: string, more: Record<string, unknown> = {}): string {
    const id = chance.id()
    const whose = kind === 'strengths' ? { who: '', day: null } : {}
    addItem(page.doc, kind, id, { order: 'a0', removed: false, ...whose, ...more } as never, { words })
    return id
  }
  const sayTimes = (page: LivePage, times: number, kind: Kind, words: string) =>
    Array.from({ length: times }, () => say(page, kind, words))

  /** Opens a page for each, lets them write, and waits until all of it is kept. */
  async function write(someone: Someone, does: (page: LivePage) => void | Promise<void>): Promise<void> {
    const page = await openPage(someone)
    await does(page)
    await page.untilSaved()
    page.close()
  }

  beforeAll(async () => {
    app = await startTestApp({ onLog: (line) => logged.push(line) })
    wren = await staff(app, 'Wren')
  })
  afterAll(() => app.close())
  beforeEach(async () => {
    await wren.createMeeting()
  })

  test('[FV1] is how much of the lines and of the words the family, its young person and whom it brought said, next to professionals', async () => {
    const people = {
      family: await admitted(wren, 'Dana'),
      youth: await admitted(wren, 'Mateo', 'youth'),
      support: await admitted(wren, 'Ben', 'support'),
      agency: await admitted(wren, 'Quill', 'agency'),
      interpreter: await admitted(wren, 'Vega', 'interpreter'),
    }
    await write(people.family, (page) => void sayTimes(page, 2, 'strengths', 'Bedtime stays'))
    await write(people.youth, (page) => void sayTimes(page, 1, 'ideas', 'A bicycle shop of mine'))
    await write(people.support, (page) => void say(page, 'ideas', 'Walks'))
    await write(people.agency, (page) => void sayTimes(page, 4, 'worries', 'The flat has no light now'))
    await write(wren, (page) => void sayTimes(page, 2, 'goals', 'A lit home'))
    // Ten words of the family in four lines; thirty of professionals in six.
    expect((await voice()).all).toEqual({ lines: 4, words: 3 })
    // Who interprets says what others said.
    await write(people.interpreter, (page) => void sayTimes(page, 9, 'ideas', 'Nine times five words more'))
    expect((await voice()).all).toEqual({ lines: 4, words: 3 })
    // Said once, also where it stands in two languages.
    await write(people.agency, (page) => {
      const { id } = page.plan.worries[0]!
      findText(page.doc, `worries/${id}/other`)!.insert(0, 'Doce palabras más que no cuentan '.repeat(9))
    })
    expect((await voice()).all).toEqual({ lines: 4, words: 3 })
  })

  test('[FV2] goes by who typed each word, whoever began the line, and not by who leads says so', async () => {
    const dana = await admitted(wren, 'Dana')
    await write(wren, (page) => void sayTimes(page, 8, 'worries', 'Worry:'))
    expect((await voice()).all).toEqual({ lines: 0, words: 0 })
    await write(dana, (page) => {
      for (const { id } of page.plan.worries) page.write(`worries/${id}/words`, ' no light at night', Infinity)
    })
    expect((await voice()).all).toEqual({ lines: 10, words: 8 })
    // What was taken away, and words that were struck, say nothing any more.
    await write(wren, (page) => {
      for (const { id } of page.plan.worries.slice(2)) choose(page.doc, 'worries', id, { removed: true })
    })
    expect(await voice()).toEqual(NOTHING)
  })

  test('[FV3] a disagreement counts for who could not agree, and a promise of who has no phone here for them, whoever types it', async () => {
    const dana = await admitted(wren, 'Dana')
    const pilar = await wren.call('addPerson', {
      params: params(),
      body: { name: 'Pilar', role: 'family', language: 'es' },
    })
    await write(wren, (page) => {
      const [agreement] = sayTimes(page, 4, 'agreements', 'Miles stays')
      const goal = say(page, 'goals', 'A lit home')
      const dissent = { agreement, who: 'Dana', whoId: dana.participantId }
      say(page, 'disagreements', 'I do not want anybody to sleep over', dissent)
      const promise = { goal, column: 'family', due: null }
      say(page, 'actions', 'Breakfast at seven', { ...promise, who: 'Pilar', whoId: pilar.id })
      // Dana has a phone: what is promised for her she did not say.
      say(page, 'actions', 'Utility plan', { ...promise, who: 'Dana', whoId: dana.participantId })
    })
    expect((await voice()).all).toEqual({ lines: 3, words: 5 })
  })

  test('[FV4] says nothing where little stands yet, part by part; and the parts go by the stages of a meeting', async () => {
    const dana = await admitted(wren, 'Dana')
    await write(dana, (page) => void sayTimes(page, 5, 'strengths', 'Bedtime stays'))
    expect(await voice()).toEqual(NOTHING)
    await write(wren, (page) => void sayTimes(page, 5, 'ideas', 'Two words'))
    expect(await voice()).toEqual({ ...NOTHING, all: { lines: 5, words: 5 } })
    await write(dana, (page) => void sayTimes(page, 1, 'worries', 'No light'))
    await write(dana, (page) => void sayTimes(page, 2, 'ideas', 'My own'))
    expect(await voice()).toEqual({
      all: { lines: 6, words: 6 },
      told: { lines: 10, words: 10 },
      ideas: { lines: 3, words: 3 },
      agreed: null,
    })
  })

  test('[FV5] is for who leads while people write: to everybody else it is refused, whatever they send, and no wire announces it', async () => {
    const others: [Standing, Someone][] = []
    for (const role of ROLES.filter((role) => role !== 'facilitator'))
      others.push([role, await admitted(wren, role, role)])
    const screen = guest(app, 'The wall')
    const { url } = await wren.call('pairProjector', { params: params() })
    await screen.call('startProjector', { body: { token: url.split('#')[1]! } })
    const walter = guest(app, 'Walter')
    await walter.join((await wren.read()).joining!.code!)
    const quill = others.find(([role]) => role === 'agency')![1]
    const [dana, page] = [others[0]![1], await quill.enter()]
    await write(dana, (mine) => void sayTimes(mine, 8, 'strengths', 'Bedtime stays'))
    expect((await voice()).all).toEqual({ lines: 10, words: 10 })
    for (const [role, someone] of others) {
      const path = `/api/meetings/${wren.meetingId}/voice`
      expect(await refusal(voice(someone)), role).toBe('access/denied')
      for (const forged of [`${path}?role=facilitator`, `${path}?participantId=${wren.participantId}`, `${path}/`]) {
        const answer = await someone.request('GET', forged, undefined, { 'x-http-method-override': 'GET' })
        expect([role, forged, answer.status]).toEqual([role, forged, 403])
      }
    }
    expect(await refusal(voice(screen))).toBe('session/missing')
    expect(await refusal(voice(walter))).toBe('access/waiting')
    expect(await refusal(voice(await staff(app, `Nye ${wren.meetingId}`)))).toBe('meeting/not-found')
    expect(page.heard.map(({ event }) => event).filter((event) => /voice/.test(event))).toEqual([])
    page.close()
    // Not behind the curtain, and not as a mark afterwards.
    const phases = { private: 'meeting/private', ended: 'meeting/ended' } as const
    for (const phase of PHASES.filter((one) => one in phases) as (keyof typeof phases)[]) {
      await wren.setPhase(phase)
      expect(await refusal(voice())).toBe(phases[phase])
      await wren.setPhase('open')
    }
    const basedOn = (await wren.call('listVersions', { params: params() })).versions[0]!.number
    await wren.call('makeVersion', { params: params(), body: { kind: 'sealed', label: 'Sealed', basedOn } })
    expect(await refusal(voice())).toBe('plan/sealed')
  })

  test('[FV6] is two groups and tenths: nobody’s name or id is in it, and none and all are said only where it is so', async () => {
    const dana = await admitted(wren, 'Dana')
    await write(dana, (page) => void say(page, 'ideas', 'Walks'))
    await write(wren, (page) => void sayTimes(page, 30, 'ideas', 'Ten words that who leads wrote down here for all'))
    expect(await voice()).toEqual({
      ...NOTHING,
      all: { lines: 1, words: 1 },
      ideas: { lines: 1, words: 1 },
    })
  })

  test('[FV7] nothing of it is kept: not in the database, a version, an export, the record or the log', async () => {
    const dana = await admitted(wren, 'Dana')
    await write(dana, (page) => void sayTimes(page, 8, 'strengths', 'Bedtime stays'))
    const { db, record } = app.app.parts
    await record.settled()
    async function rows() {
      const names = (await db.listCollections()).map(({ name }) => name).sort()
      // A session notes when it was used last.
      const kept = names.filter((name) => name !== 'sessions')
      return Promise.all(kept.map(async (name) => [name, await db.collection(name).find().toArray()]))
    }
    const before = JSON.stringify(await rows())
    logged.length = 0
    const answer = await voice()
    await record.settled()
    expect(JSON.stringify(await rows())).toBe(before)
    expect(logged.join('')).not.toMatch(/tenths|lines|"words"|told|agreed/)
    const version = await wren.call('makeVersion', {
      params: params(),
      body: { kind: 'sealed', label: 'Sealed', basedOn: 0 },
    })
    const { familyId } = (await wren.read()).meeting
    const told = [
      await wren.call('readVersion', { params: { versionId: version.id } }),
      await wren.call('exportVersions', { params: { familyId } }),
    ]
    expect(JSON.stringify(told)).not.toContain(JSON.stringify(answer.all).slice(1, -1))
  })

  test('[FV8] counts the plan that all share, as it was said in this meeting: no other part, and nothing brought along', async () => {
    const dana = await admitted(wren, 'Dana')
    const { familyId } = (await wren.read()).meeting
    await write(dana, (page) => void sayTimes(page, 8, 'strengths', 'Bedtime stays'))
    await wren.call('makeVersion', { params: params(), body: { kind: 'sealed', label: 'Sealed', basedOn: 0 } })
    await wren.createMeeting({ familyId })
    const { code } = (await wren.read()).joining!
    await dana.join(code!)
    await wren.admit(dana)
    expect((await wren.call('readPlan', { params: params() })).strengths).toHaveLength(8)
    expect(await voice()).toEqual(NOTHING)
    const adeyemi = await staff(app, `Adeyemi ${wren.meetingId}`, { duty: 'agency', agency: 'school' })
    await adeyemi.join(code!, { role: 'agency', agency: 'school' })
    await wren.admit(adeyemi, 'agency', 'school')
    const { part: gated } = await signedRelease(dana, { section: 'education', recipients: ['school'] })
    for (const part of [{ section: 'family', subject: null } as const, gated]) {
      const page = await openPage(dana, part)
      sayTimes(page, 8, 'strengths', 'Not for this count')
      await page.untilSaved()
      page.close()
    }
    const prepared = await openPage(wren, { section: 'prep', subject: null })
    sayTimes(prepared, 8, 'worries', 'Nor this')
    await prepared.untilSaved()
    prepared.close()
    expect(await voice()).toEqual(NOTHING)
    await write(dana, (page) => void sayTimes(page, 6, 'ideas', 'New today'))
    expect((await voice()).all).toEqual({ lines: 10, words: 10 })
  })
})
