import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { API, type RouteName } from '../../../shared/api'
import { can, PHASES, ROLES, type Action, type Phase, type Role } from '../../../shared/roles'
import { admitted, guest, refusal, Someone, staff } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

const NOBODY = 'f'.repeat(24)
/** Routes that somebody without any session may ask. */
const OPEN: readonly string[] = [
  'signInWays',
  'signIn',
  'whoAmI',
  'signOut',
  'readInvitation',
  'acceptInvitation',
  'join',
  'startProjector',
  'signingKey',
]

/** Routes of a meeting, with a harmless request and the action they need. */
const ROUTES: [RouteName, Action | ((phase: Phase) => Action), unknown?][] = [
  ['readMeeting', 'meeting:read'],
  ['listPeople', 'people:read'],
  ['openLive', 'plan:read'],
  ['readPlan', 'plan:read'],
  ['listVersions', 'version:read'],
  ['readResume', 'version:read'],
  ['makeVersion', 'version:checkpoint', { kind: 'checkpoint', label: 'x', basedOn: 999 }],
  ['admit', 'participant:admit', { role: 'observer' }],
  ['remove', 'participant:remove'],
  ['setJoining', 'joining:change', { open: true }],
  ['pairProjector', 'projector:pair'],
  ['makeVersion', 'version:seal', { kind: 'sealed', label: 'x', basedOn: 999 }],
  ['amend', 'plan:amend', { reason: 'x' }],
]

describe('who may do what in a meeting', () => {
  let app: TestApp
  let wren: Someone
  let ames: Someone
  let familyId: string
  beforeAll(async () => {
    app = await startTestApp()
    wren = await staff(app, 'Wren')
    ames = await staff(app, 'Ames')
    familyId = (await wren.createFamily()).id
  })
  beforeEach(() => wren.createMeeting({ familyId, carryOver: false }))
  afterAll(() => app.close())

  /** What a route answers to somebody: `done`, or the code of the refusal. */
  async function ask(someone: Someone, [name, , body]: (typeof ROUTES)[number], meetingId = wren.meetingId) {
    const path = API[name].path.replace(':meetingId', meetingId).replace(':participantId', NOBODY)
    const answer = await someone.request(API[name].method, path, body)
    return answer.status < 300 ? 'done' : ((await answer.json()) as { error: { code: string } }).error.code
  }

  const seal = () =>
    wren.call('makeVersion', {
      params: { meetingId: wren.meetingId },
      body: { kind: 'sealed', label: 'Sealed', basedOn: 0 },
    })

  /** Without a person or a version behind it the request got as far as that: it was allowed. */
  const ALLOWED = ['done', 'participant/not-found', 'version/outdated']

  it.each(ROLES.flatMap((role) => PHASES.map((phase) => [role, phase] as const)))(
    '[AC1] the server lets %s do exactly what the table says while the meeting is %s',
    async (role: Role, phase: Phase) => {
      const someone = role === 'facilitator' ? wren : await admitted(wren, 'Somebody', role)
      if (phase === 'ended' || phase === 'private') await wren.setPhase(phase)
      if (phase === 'sealed') await seal()
      for (const route of ROUTES) {
        const answer = await ask(someone, route)
        expect(ALLOWED.includes(answer), `${route[0]}: ${answer}`).toBe(can(role, route[1] as Action, { phase }))
      }
      const other = phase === 'ended' ? 'open' : 'ended'
      const turned = someone.setPhase(other).then(
        () => true,
        () => false,
      )
      expect(await turned).toBe(can(role, other === 'ended' ? 'meeting:end' : 'meeting:reopen', { phase }))
    },
  )

  it('[AC10] without a session everything but coming in is refused, before anything else is looked at', async () => {
    const eve = guest(app, 'Eve')
    for (const [name, { method, path }] of Object.entries(API)) {
      if (OPEN.includes(name)) continue
      const body = method === 'get' ? undefined : '{"not": json'
      const answer = await eve.request(method, path.replace(/:\w+/g, wren.meetingId), body)
      expect([name, answer.status, await answer.json()]).toMatchObject([
        name,
        401,
        { error: { code: 'session/missing' } },
      ])
    }
  })

  it('[AC11] who is not in a meeting gets the same answer as if there were none', async () => {
    const dana = await admitted(wren, 'Dana')
    await ames.createMeeting()
    const strangers = [ames, await admitted(ames, 'Rosa')]
    for (const stranger of strangers) {
      for (const route of ROUTES) {
        expect(await ask(stranger, route), route[0]).toBe('meeting/not-found')
        expect(await ask(stranger, route, NOBODY), route[0]).toBe('meeting/not-found')
      }
      expect(await refusal(stranger.enter('participant', wren.meetingId))).toBe('meeting/not-found')
    }
    expect(await ask(dana, ROUTES[0]!)).toBe('done')
  })

  it('[AC12] at the door one learns that one waits, and nothing of what is inside', async () => {
    const { joining } = await wren.read()
    const dana = guest(app, 'Dana')
    await dana.join(joining!.code!)
    for (const route of ROUTES.slice(1)) expect(await ask(dana, route), route[0]).toBe('access/waiting')
    const seen = await dana.read()
    expect(seen.me.state).toBe('waiting')
    expect(seen.joining).toBeNull()
  })

  it('[AC13] who was removed is refused at once, and their page is closed within a second', async () => {
    const dana = await admitted(wren, 'Dana')
    const page = await dana.enter()
    const started = Date.now()
    await wren.remove(dana)
    await page.closed
    expect(Date.now() - started).toBeLessThan(1_000)
    for (const route of ROUTES) expect(await ask(dana, route), route[0]).toBe('access/removed')
    expect((await page.until('admission:changed')).me.state).toBe('removed')
  })

  it('[AC14] a new role holds from the next request on', async () => {
    const dana = await admitted(wren, 'Dana', 'family')
    const version = ROUTES.find(([name]) => name === 'setJoining')!
    await ames.join((await wren.read()).joining!.code!, { role: 'facilitator' })
    expect(await ask(ames, version)).toBe('access/waiting')
    await wren.admit(ames, 'facilitator')
    expect(await ask(ames, version)).toBe('done')
    await wren.admit(ames, 'observer')
    expect(await ask(ames, version)).toBe('access/denied')
    await wren.admit(dana, 'observer')
    const { documents } = await dana.call('openLive', { params: { meetingId: wren.meetingId } })
    expect(documents.map(({ canEdit, clientIds }) => [canEdit, clientIds.length])).toEqual([[false, 0]])
  })

  it('[AC15] an agency person is in their meetings on any browser; a family’s person only on their own', async () => {
    const again = new Someone(app, 'Wren', wren.person)
    again.meetingId = wren.meetingId
    await again.signIn()
    expect((await again.read()).me).toMatchObject({ role: 'facilitator', id: wren.participantId })
    const dana = await admitted(wren, 'Dana')
    const elsewhere = guest(app, 'Dana')
    await elsewhere.join((await wren.read()).joining!.code!)
    expect(elsewhere.participantId).not.toBe(dana.participantId)
    expect((await elsewhere.read()).me.state).toBe('waiting')
  })

  it('[AC16] a facilitator cannot reach into another’s meeting through their own', async () => {
    await ames.createMeeting()
    const dana = await admitted(wren, 'Dana')
    expect(await refusal(ames.admit(dana, 'observer'))).toBe('participant/not-found')
    expect(await refusal(ames.remove(dana))).toBe('participant/not-found')
    expect((await dana.read()).me.role).toBe('family')
  })
})
