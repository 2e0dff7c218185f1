import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { choose } from '../../../shared/plan'
import type { LivePage } from '../../support/livePage'
import { openPage } from '../../support/openPage'
import { admitted, guest, refusal, type Someone, staff } from '../../support/people'
import { SeededRandom } from '../../support/seededRandom'
import { startTestApp, type TestApp } from '../../support/startTestApp'
import { addGoal, addPromise } from '../../support/writing'

const UNKNOWN = 'f'.repeat(24)

describe('versions of a family, side by side', () => {
  let app: TestApp
  /** How far the server's clock was set back, ms. */
  let setBack = 0
  let wren: Someone
  let dana: Someone
  let page: LivePage
  let familyId: string
  const chance = new SeededRandom(20)

  /** Keeps a copy of Wren's meeting as it is now. @returns its id */
  async function copy(label: string): Promise<string> {
    if (page.sent > 0) await page.untilSaved()
    const params = { meetingId: wren.meetingId }
    const { versions } = await wren.call('listVersions', { params })
    const body = { kind: 'checkpoint', label, basedOn: versions[0]?.number ?? 0 } as const
    return (await wren.call('makeVersion', { params, body })).id
  }
  const compare = (someone: Someone, from: string, versionId: string) =>
    someone.call('compareVersions', { params: { versionId }, query: { from } })
  const listOf = async (someone: Someone) =>
    (await someone.call('listFamilyVersions', { params: { familyId } })).versions.map(({ label }) => label)

  beforeAll(async () => {
    app = await startTestApp({ clock: () => new Date(Date.now() - setBack) })
    wren = await staff(app, 'Wren')
  })
  afterAll(() => app.close())
  beforeEach(async () => {
    page?.close()
    familyId = (await wren.createFamily()).id
    await wren.createMeeting({ familyId })
    dana = await admitted(wren, 'Dana')
    page = await openPage(dana)
  })

  test('[VE23] Dana reads what changed between two copies, whichever comes first', async () => {
    const home = addGoal(page.doc, chance, 'A safe home')
    const call = addPromise(page.doc, chance, home, 'Call the power company')
    const before = await copy('before')
    choose(page.doc, 'actions', call, { state: 'done', closedOn: '2027-03-04' })
    const bed = addPromise(page.doc, chance, home, 'Bring a bed')
    page.write('question', 'Can Miles stay?')
    const after = await copy('after')

    const forth = await compare(dana, before, after)
    expect([forth.from.label, forth.to.label]).toEqual(['before', 'after'])
    expect(forth.diff.texts).toEqual([{ root: 'question', before: '', after: 'Can Miles stay?' }])
    const told = (diff: typeof forth.diff) => Object.fromEntries(diff.items.map(({ id, what }) => [id, what]))
    expect(told(forth.diff)).toEqual({ [call]: ['done'], [bed]: ['added'] })
    expect(forth.headings).toEqual([{ kind: 'goals', id: home, words: 'A safe home' }])
    expect(told((await compare(dana, after, before)).diff)).toEqual({ [call]: ['reopened'], [bed]: ['withdrawn'] })
    expect((await compare(dana, after, after)).diff).toEqual({ texts: [], items: [] })
  })

  test('[VE23] across two meetings, each with its name and time', async () => {
    page.write('question', 'Can Miles stay?')
    const first = await copy('first meeting')
    const later = await wren.createMeeting({ familyId, kind: 'tdm', title: 'Six weeks on', question: 'And now?' })
    const danaLater = await admitted(wren, 'Dana')
    page.close()
    page = await openPage(danaLater)
    const second = await copy('second meeting')
    const compared = await compare(wren, first, second)
    expect(compared.diff.texts).toEqual([{ root: 'question', before: 'Can Miles stay?', after: 'And now?' }])
    const { kind, kindName, title, startsAt, timeZone } = later
    expect(compared.to.meeting).toEqual({ kind, kindName, title, startsAt, timeZone })
    expect(compared.from.meeting.title).not.toBe(title)
  })

  test('[VE27] each change is told with who made it last and when, of both meetings, also of people who left', async () => {
    const home = addGoal(page.doc, chance, 'A safe home')
    const untouched = addGoal(page.doc, chance, 'School')
    await page.untilSaved()
    const before = await copy('before')
    choose(page.doc, 'goals', home, { state: 'done', closedOn: '2027-03-04' })
    const bed = addPromise(page.doc, chance, home, 'Bring a bed')
    await page.untilSaved()
    const rosa = await admitted(wren, 'Rosa')
    const hers = await openPage(rosa)
    hers.write(`actions/${bed}/words`, ' today')
    hers.write('question', 'Where?')
    await hers.untilSaved()
    await page.until(({ plan }) => plan.question === 'Where?')
    hers.close()
    await wren.remove(rosa)
    const after = await copy('after')
    const { changedBy, from, to } = await compare(dana, before, after)
    const names = Object.fromEntries(Object.entries(changedBy).map(([place, { who }]) => [place, who]))
    expect(names).toEqual({ [`goals/${home}`]: 'Dana', [`actions/${bed}`]: 'Rosa', question: 'Rosa' })
    for (const { at } of Object.values(changedBy)) expect(at > from.madeAt && at <= to.madeAt).toBe(true)
    expect((await compare(dana, after, before)).changedBy).toEqual({})

    choose(page.doc, 'goals', untouched, { removed: true })
    await page.untilSaved()
    page.close()
    await wren.createMeeting({ familyId, question: 'And now?' })
    page = await openPage(await admitted(wren, 'Pilar'))
    addGoal(page.doc, chance, 'A bus card')
    const later = await copy('later')
    const across = await compare(wren, after, later)
    const [card] = across.diff.items.filter(({ after }) => after)
    expect(across.changedBy).toMatchObject({
      [`goals/${untouched}`]: { who: 'Dana' },
      [`goals/${card!.id}`]: { who: 'Pilar' },
    })
    expect(across.changedBy).not.toHaveProperty('question')
  })

  test('[VE25] [VE27] a clock set back between two meetings confuses neither the list nor who changed it', async () => {
    page.write('question', 'Can Miles stay?')
    const first = await copy('first')
    setBack = 60 * 60_000
    try {
      await wren.createMeeting({ familyId, question: 'And now?' })
      page.close()
      page = await openPage(await admitted(wren, 'Pilar'))
      page.write('purpose', 'A bus card.')
      const second = await copy('second')
      expect(await listOf(wren)).toEqual(['second', 'first'])
      expect((await compare(wren, first, second)).changedBy).toMatchObject({ purpose: { who: 'Pilar' } })
      expect((await compare(wren, second, first)).changedBy).toEqual({})
    } finally {
      setBack = 0
    }
  })

  test('[VE24] who may not read one of the two does not find it; an id that is none is refused', async () => {
    const [mine, newer] = [await copy('one'), await copy('two')]
    await wren.createMeeting({ familyId, title: 'Without Dana' })
    page.close()
    page = await openPage(wren)
    const hidden = await copy('not for Dana')
    expect((await compare(dana, mine, newer)).to.label).toBe('two')
    expect(await refusal(compare(dana, mine, hidden))).toBe('version/not-found')
    expect(await refusal(compare(dana, hidden, mine))).toBe('version/not-found')
    expect(await refusal(compare(dana, UNKNOWN, mine))).toBe('version/not-found')
    expect(await refusal(compare(dana, mine, UNKNOWN))).toBe('version/not-found')
    expect(await refusal(compare(guest(app, 'Nobody'), mine, newer))).toBe('session/missing')
    for (const query of ['', '?from=', '?from=x', `?from=${mine}&from=${mine}`, `?from[$ne]=${mine}`]) {
      expect((await dana.request('GET', `/api/versions/${newer}/diff${query}`)).status, query).toBe(400)
    }
  })

  test('[VE24] somebody who was taken out reads neither of them any more, from either side', async () => {
    const [one, two] = [await copy('one'), await copy('two')]
    await wren.remove(dana)
    expect(await refusal(compare(dana, one, two))).toBe('access/removed')
    expect(await refusal(compare(dana, two, one))).toBe('access/removed')
  })

  test('[VE24] two families are not compared, though Wren works with both', async () => {
    const ours = await copy('ours')
    await wren.createMeeting()
    page.close()
    page = await openPage(wren)
    const theirs = await copy('theirs')
    expect(await refusal(compare(wren, ours, theirs))).toBe('version/not-found')
    expect(await refusal(compare(wren, theirs, ours))).toBe('version/not-found')
  })

  test('[VE25] the list spans the meetings one is in, and no other, the latest first', async () => {
    await copy('first')
    await wren.createMeeting({ familyId })
    page.close()
    page = await openPage(wren)
    await copy('second')
    await copy('third')
    expect(await listOf(wren)).toEqual(['third', 'second', 'first'])
    expect(await listOf(dana)).toEqual(['first'])
    const { versions } = await wren.call('listFamilyVersions', { params: { familyId } })
    expect(new Set(versions.map(({ meetingId }) => meetingId)).size).toBe(2)
    expect(versions[2]!.meeting.title).toBe('Where will the children sleep?')
  })

  test('[VE26] who is in none of its meetings does not find the family, at the door, after being taken out, or ever', async () => {
    await copy('ours')
    const lund = guest(app, 'Lund')
    await lund.join((await wren.read()).joining!.code!)
    const ames = await staff(app, `Ames ${chance.id()}`)
    for (const someone of [lund, ames]) expect(await refusal(listOf(someone))).toBe('family/not-found')
    await wren.remove(dana)
    expect(await refusal(listOf(dana))).toBe('family/not-found')
    expect(await refusal(listOf(guest(app, 'Nobody')))).toBe('session/missing')
    const unknown = wren.call('listFamilyVersions', { params: { familyId: UNKNOWN } })
    expect(await refusal(unknown)).toBe('family/not-found')
  })
})
