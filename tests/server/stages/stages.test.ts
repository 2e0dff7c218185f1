import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { MEETING_KINDS } from '../../../shared/meetingKinds'
import { admitted, guest, refusal, staff, type Someone } from '../../support/people'
import { openPage } from '../../support/openPage'
import { startTestApp, type TestApp } from '../../support/startTestApp'

const STARTED = Date.parse('2027-03-02T18:00:00Z')
const MINUTE = 60_000

let app: TestApp
let wren: Someone
let dana: Someone
let now = STARTED

beforeAll(async () => {
  app = await startTestApp({ clock: () => new Date(now) })
  wren = await staff(app, 'Wren')
})
beforeEach(async () => {
  now = STARTED
  await wren.createMeeting({ kind: 'tdm' })
  dana = await admitted(wren, 'Dana')
})
afterAll(() => app.close())

const here = () => ({ meetingId: wren.meetingId })
const setStage = (from: string | null, to: string) => wren.call('setStage', { params: here(), body: { from, to } })
const addTime = (minutes = 5) => wren.call('addTime', { params: here(), body: { minutes } })
const setPause = (paused: 'break' | 'interpreter' | null, who = wren) =>
  who.call('setPause', { params: here(), body: { paused } })

describe('the stages of a meeting', () => {
  it('[MT1] has the six stages of a decision meeting, with their minutes and what the family is asked first', async () => {
    const { stages, rules } = await wren.call('readAgenda', { params: here() })
    expect(stages.map(({ name, minutes }) => [name.en, minutes])).toEqual([
      ['Introduction', 10],
      ['Situation', 10],
      ['Assessment', 30],
      ['Ideas', 25],
      ['Decision', 15],
      ['Recap', 10],
    ])
    expect(stages.every(({ asks }) => asks.length > 0)).toBe(true)
    expect(stages[3]!.asks[0]!.en).toBe('Six months on, and things are fine. What happened?')
    expect(rules[0]!.es).toBe('La familia habla primero.')
  })

  it('[MT1] says everything of every kind in both languages, strengths before worries', () => {
    for (const { id, stages, rules } of MEETING_KINDS) {
      const said = [...rules, ...stages.flatMap(({ name, now, asks }) => [name, now, ...asks])]
      expect(
        said.every(({ en, es }) => en.trim() && es.trim()),
        id,
      ).toBe(true)
      const chapters: string[] = stages.flatMap(({ about }) => about)
      const first = chapters.indexOf('worries')
      const strengths = chapters.indexOf('strengths')
      expect(first < 0 || (strengths >= 0 && strengths < first) || id === 'coordinated-case-planning', id).toBe(true)
    }
  })

  it('[MT3] tells every screen, the wall too, when who leads goes on, with the time of the server', async () => {
    const { url } = await wren.call('pairProjector', { params: here() })
    const wall = guest(app, 'The wall')
    await wall.call('startProjector', { body: { token: url.split('#')[1]! } })
    const pages = [await dana.enter(), await wall.enter('projector', wren.meetingId)]
    await setStage(null, 'introduction')
    for (const page of pages) {
      const { running } = await page.until('running:changed')
      expect(running).toMatchObject({
        stage: { place: 1, of: 6, now: { en: 'getting to know each other' } },
        endsAt: new Date(STARTED + 10 * MINUTE).toISOString(),
        toldAt: new Date(STARTED).toISOString(),
      })
      expect(running.rules.length).toBeGreaterThan(3)
      page.close()
    }
    now += 3 * MINUTE
    const { running } = await dana.read()
    expect(running).toMatchObject({ stage: { id: 'introduction' }, toldAt: new Date(now).toISOString() })
    expect((await wall.call('readProjector')).running.stage!.id).toBe('introduction')
  })

  it('[MT3] says nothing of it at the door', async () => {
    await setStage(null, 'introduction')
    const { joining } = await wren.read()
    const walter = guest(app, 'Walter')
    await walter.join(joining!.code!)
    expect((await walter.read()).running).toBeNull()
  })

  it('[MT4] goes on, back and to any stage; two who press at once go on by one', async () => {
    await setStage(null, 'introduction')
    const [one, other] = await Promise.all([
      setStage('introduction', 'situation'),
      setStage('introduction', 'situation'),
    ])
    expect([one.stage!.id, other.stage!.id]).toEqual(['situation', 'situation'])
    expect((await setStage('introduction', 'ideas')).stage!.id).toBe('situation')
    expect((await setStage('situation', 'decision')).stage!.place).toBe(5)
    expect((await setStage('decision', 'introduction')).stage!.place).toBe(1)
    expect(await refusal(setStage('introduction', 'lunch'))).toBe('request/invalid')
  })

  it('[MT5] gives five more minutes, from now on where the time was over, and nobody’s phone says what time it is', async () => {
    await setStage(null, 'introduction')
    expect((await addTime()).endsAt).toBe(new Date(STARTED + 15 * MINUTE).toISOString())
    now += 20 * MINUTE
    expect((await addTime()).endsAt).toBe(new Date(now + 5 * MINUTE).toISOString())
  })

  it('[MT5] has no time to give before the first stage', async () => {
    expect(await refusal(addTime())).toBe('request/invalid')
  })

  it('[MT6] the clock stands still in a break and goes on with what was left', async () => {
    await setStage(null, 'introduction')
    now += 4 * MINUTE
    expect(await setPause('break')).toMatchObject({ paused: 'break', endsAt: null, leftMs: 6 * MINUTE })
    now += 30 * MINUTE
    expect((await addTime()).leftMs).toBe(11 * MINUTE)
    expect(await setPause(null)).toMatchObject({
      paused: null,
      leftMs: null,
      endsAt: new Date(now + 11 * MINUTE).toISOString(),
    })
  })

  it('[MT6] an interpreter stops the clock too, also while the family is by itself, and everybody is told; others cannot', async () => {
    const vega = await admitted(wren, 'Vega', 'interpreter')
    const page = await dana.enter()
    await setStage(null, 'introduction')
    await setPause('interpreter', vega)
    await page.until('running:changed', ({ running }) => running.paused === 'interpreter')
    page.close()
    expect(await refusal(setPause(null, dana))).toBe('access/denied')
    await wren.setPhase('private')
    expect((await setPause(null, vega)).paused).toBeNull()
    expect(await refusal(setPause('break'))).toBe('meeting/private')
  })

  it('[MT7] keeps a copy of the plan by itself as a stage ends, named for it in both languages, and none where nothing was written', async () => {
    await setStage(null, 'introduction')
    const page = await openPage(dana)
    page.doc.getText('purpose').insert(0, 'That Miles can stay.')
    await page.until(({ sent, saved }) => sent > 0 && saved === sent)
    await setStage('introduction', 'situation')
    await setStage('situation', 'assessment')
    const { versions } = await wren.call('listVersions', { params: here() })
    expect(versions.map(({ reason, label, madeBy }) => [reason, label, madeBy])).toEqual([
      ['stage-ended', 'Introduction · Presentación', 'Wren'],
    ])
    page.provider.destroy()
  })

  it('[MT8] shows everybody what who leads points at, until the next stage or until it is enough', async () => {
    const page = await dana.enter()
    const at = { kind: 'goals' as const, id: '0123456789abcdef' }
    await wren.call('lookHere', { params: here(), body: { at } })
    const { running } = await page.until('running:changed')
    expect(running.look).toMatchObject({ at: 'goals/0123456789abcdef', by: wren.participantId })
    page.close()
    expect((await setStage(null, 'introduction')).look).toBeNull()
    await wren.call('lookHere', { params: here(), body: { at } })
    expect((await wren.call('lookHere', { params: here(), body: { at: null } })).look).toBeNull()
    expect(await refusal(dana.call('lookHere', { params: here(), body: { at } }))).toBe('access/denied')
  })
})
