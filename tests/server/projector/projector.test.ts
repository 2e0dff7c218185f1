import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { COOKIES } from '../../../server/access/cookies'
import { guest, refusal, Someone, staff } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

const MINUTE_MS = 60_000

describe('pairing a projector', () => {
  let app: TestApp
  let wren: Someone
  let familyId: string
  let late = 0
  beforeAll(async () => {
    app = await startTestApp({ clock: () => new Date(Date.now() + late) })
    wren = await staff(app, 'Wren')
    familyId = (await wren.createFamily()).id
  })
  beforeEach(async () => {
    late = 0
    await wren.createMeeting({ familyId })
  })
  afterAll(() => app.close())

  async function pair(): Promise<string> {
    const { url } = await wren.call('pairProjector', { params: { meetingId: wren.meetingId } })
    const [address, token] = url.split('#')
    expect(address).toBe(`${app.url}/projector`)
    return token!
  }
  const start = (screen: Someone, token: string) => screen.call('startProjector', { body: { token } })

  it('[ME16] a link makes one browser the screen of the meeting, once', async () => {
    const token = await pair()
    const [screen, second] = [guest(app, 'screen'), guest(app, 'second')]
    const view = await start(screen, token)
    expect(view).toMatchObject({ meeting: { id: wren.meetingId }, joining: { open: true } })
    expect([...screen.cookies.keys()]).toEqual([COOKIES.projector])
    expect(await refusal(start(second, token))).toBe('projector/link-used')
    const { meeting, joining } = view
    expect(await screen.call('readProjector')).toMatchObject({ meeting, joining })
    const stored = JSON.stringify(await app.app.parts.db.collection('pairings').find().toArray())
    expect(stored).not.toContain(token)
  })

  it('[ME16] of two that use a link at once one gets it', async () => {
    const token = await pair()
    const screens = await Promise.allSettled(Array.from({ length: 5 }, () => start(guest(app, 'screen'), token)))
    expect(screens.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it('[ME16] a link is good for a quarter of an hour', async () => {
    const [early, tooLate] = [await pair(), await pair()]
    late = 14 * MINUTE_MS
    await start(guest(app, 'screen'), early)
    late = 16 * MINUTE_MS
    expect(await refusal(start(guest(app, 'screen'), tooLate))).toBe('projector/link-used')
    expect(await refusal(start(guest(app, 'screen'), 'A'.repeat(43)))).toBe('projector/link-used')
  })

  it('[ME17] a screen reads the plan and the meeting, and can do nothing else', async () => {
    const screen = guest(app, 'screen')
    await start(screen, await pair())
    const { documents } = await screen.call('openProjectorLive')
    expect(documents).toEqual([
      {
        section: 'plan',
        subject: null,
        path: `/live/projector/${wren.meetingId}/plan/1`,
        canEdit: false,
        generation: 1,
        clientIds: [],
      },
    ])
    const params = { meetingId: wren.meetingId }
    for (const name of [
      'readMeeting',
      'listPeople',
      'readPlan',
      'openLive',
      'listVersions',
      'pairProjector',
    ] as const) {
      expect(await refusal(screen.call(name, { params })), name).toBe('session/missing')
    }
    screen.cookies.set(COOKIES.person, screen.cookies.get(COOKIES.projector)!)
    expect(await refusal(screen.call('readMeeting', { params }))).toBe('session/missing')
  })

  it('[ME17] a screen hears of the meeting and its door, not of its people or versions', async () => {
    const screen = guest(app, 'screen')
    await start(screen, await pair())
    const page = await screen.enter('projector', wren.meetingId)
    const other = (await wren.createMeeting({ familyId })).id
    expect(await refusal(screen.enter('projector', other))).toBe('meeting/not-found')
    wren.meetingId = (await screen.call('readProjector')).meeting.id
    const params = { meetingId: wren.meetingId }
    await wren.call('setJoining', { params, body: { open: false } })
    expect((await page.until('joining:changed')).joining).toEqual({
      open: false,
      code: null,
      url: null,
      shut: 'closed',
    })
    expect((await screen.call('readProjector')).joining).toEqual({ open: false, code: null, url: null, shut: 'closed' })
    await guest(app, 'Dana').join((await wren.call('setJoining', { params, body: { open: true } })).code!)
    await wren.setPhase('ended')
    await page.until('meeting:changed', ({ meeting }) => meeting.phase === 'ended')
    expect(new Set(page.heard.map(({ event }) => event))).toEqual(new Set(['joining:changed', 'meeting:changed']))
    page.close()
  })

  it('[ME18] a screen goes on when who paired it signs out, for a day after it was last looked at', async () => {
    const again = new Someone(app, 'Wren', wren.person)
    await again.signIn()
    again.meetingId = wren.meetingId
    const { url } = await again.call('pairProjector', { params: { meetingId: wren.meetingId } })
    const screen = guest(app, 'screen')
    await start(screen, url.split('#')[1]!)
    const page = await screen.enter('projector', wren.meetingId)
    await again.call('signOut')
    expect(await refusal(again.read())).toBe('session/missing')
    await wren
      .call('setJoining', { params: { meetingId: wren.meetingId }, body: { open: false } })
      .catch(() => undefined)
    await page.until('joining:changed')
    page.close()
    late = 23 * 60 * MINUTE_MS
    await screen.call('readProjector')
    late = 46 * 60 * MINUTE_MS
    await screen.call('readProjector')
    late = 71 * 60 * MINUTE_MS
    expect(await refusal(screen.call('readProjector'))).toBe('session/missing')
  })
})
