import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { LivePage } from '../../support/livePage'
import { openPage } from '../../support/openPage'
import { admitted, guest, type Someone, staff } from '../../support/people'
import { SeededRandom } from '../../support/seededRandom'
import { startTestApp, type TestApp } from '../../support/startTestApp'
import { addGoal } from '../../support/writing'

describe('versions', () => {
  let app: TestApp
  let wren: Someone
  let dana: Someone
  let page: LivePage
  const chance = new SeededRandom(4)
  const params = () => ({ meetingId: wren.meetingId })
  const make = (label: string, basedOn: number) =>
    wren.call('makeVersion', { params: params(), body: { kind: 'checkpoint', label, basedOn } })
  const list = async (someone: Someone) => (await someone.call('listVersions', { params: params() })).versions
  const write = async (words: string) => {
    addGoal(page.doc, chance, words)
    await page.untilSaved()
  }

  beforeAll(async () => {
    app = await startTestApp()
    wren = await staff(app, 'Wren')
  })
  afterAll(() => app.close())
  beforeEach(async () => {
    page?.close()
    await wren.createMeeting()
    dana = await admitted(wren, 'Dana')
    page = await openPage(dana)
  })

  test('[VE1] Wren keeps a copy by name, and Dana lists it and reads it whole, with who was there', async () => {
    await write('A safe home')
    const made = await make('After the ideas', 0)
    expect(made).toMatchObject({
      number: 1,
      kind: 'checkpoint',
      reason: 'asked',
      label: 'After the ideas',
      madeBy: 'Wren',
    })
    expect(await list(dana)).toEqual([made])
    const version = await dana.call('readVersion', { params: { versionId: made.id } })
    expect(version.plan.goals.map(({ words }) => words)).toEqual(['A safe home'])
    expect(version.people.map(({ name, role }) => [name, role])).toEqual([
      ['Wren', 'facilitator'],
      ['Dana', 'family'],
    ])
  })

  test('[VE2] the plan goes on and the copy stays what it was', async () => {
    await write('first')
    const { id } = await make('one', 0)
    const before = await dana.call('readVersion', { params: { versionId: id } })
    await write('second')
    await make('two', 1)
    expect(await dana.call('readVersion', { params: { versionId: id } })).toEqual(before)
    expect((await list(dana)).map(({ number, label }) => [number, label])).toEqual([
      [2, 'two'],
      [1, 'one'],
    ])
  })

  test('[VE3] five taps at once make one copy, and the others are told', async () => {
    const taps = await Promise.allSettled(Array.from({ length: 5 }, () => make('tap', 0)))
    expect(taps.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const tap of taps)
      if (tap.status === 'rejected') expect(tap.reason).toMatchObject({ code: 'version/outdated' })
    expect(await list(wren)).toHaveLength(1)
    await expect(make('behind', 0)).rejects.toMatchObject({ code: 'version/outdated' })
  })

  test('[VE4] the plan is copied when the meeting ends, once, and not again when nothing was written', async () => {
    await write('to keep')
    await wren.setPhase('ended')
    expect((await list(dana)).map(({ reason }) => reason)).toEqual(['meeting-ended'])
    await wren.setPhase('open')
    await wren.setPhase('ended')
    expect(await list(dana)).toHaveLength(1)
  })

  test('[VE4] Wren ends the meeting twice at once while a copy is kept: it ends, and the last copy says all', async () => {
    await write('the last word')
    const all = await Promise.allSettled([
      wren.setPhase('ended'),
      wren.setPhase('ended'),
      make('in the same moment', 0),
    ])
    expect(all.slice(0, 2).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
    const [latest] = await list(dana)
    const { plan } = await dana.call('readVersion', { params: { versionId: latest!.id } })
    expect(plan.goals.map(({ words }) => words)).toEqual(['the last word'])
  })

  test('[VE4] what was written since is copied before the server stops', async () => {
    await write('before the stop')
    await app.app.parts.versions.beforeStop()
    const [latest] = await list(dana)
    expect(latest).toMatchObject({ reason: 'server-stopped', madeBy: '', label: '' })
    await app.app.parts.versions.beforeStop()
    expect(await list(dana)).toHaveLength(1)
  })

  test('[VE5] a stranger, somebody at the door and the lead of another meeting do not find it', async () => {
    const { id } = await make('ours', 0)
    const lund = guest(app, 'Lund')
    await lund.join((await wren.read()).joining!.code!)
    const ames = await staff(app, `Ames ${chance.id()}`)
    await ames.createMeeting()
    const read = (someone: Someone, versionId: string) => someone.call('readVersion', { params: { versionId } })
    await expect(read(guest(app, 'Nobody'), id)).rejects.toMatchObject({ code: 'session/missing' })
    await expect(read(lund, id)).rejects.toMatchObject({ code: 'access/waiting' })
    await expect(read(ames, id)).rejects.toMatchObject({ code: 'version/not-found' })
    await expect(read(ames, 'f'.repeat(24))).rejects.toMatchObject({ code: 'version/not-found' })
    await wren.remove(dana)
    await expect(read(dana, id)).rejects.toMatchObject({ code: 'access/removed' })
  })

  test('[VE1] Dana cannot make one, and a label must say something', async () => {
    const body = { kind: 'checkpoint', label: 'mine', basedOn: 0 } as const
    await expect(dana.call('makeVersion', { params: params(), body })).rejects.toMatchObject({ code: 'access/denied' })
    await expect(make('   ', 0)).rejects.toMatchObject({ code: 'request/invalid' })
  })
})
