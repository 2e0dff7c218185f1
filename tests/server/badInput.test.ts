import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { API, type Body, type RouteName } from '../../shared/api'
import { ERRORS, isErrorCode, type ErrorBody } from '../../shared/errors'
import { admitted, guest, staff, type Someone } from '../support/people'
import { startTestApp, type TestApp } from '../support/startTestApp'

type WithBody = { [R in RouteName]: (typeof API)[R] extends { body: unknown } ? R : never }[RouteName]

const ID = '507f1f77bcf86cd799439011'

const RELEASE = {
  about: null,
  sections: [{ section: 'education' as const, told: 'Attendance only', discloser: 'school' as const }],
  recipients: ['school' as const],
  members: [],
  purpose: 'plan' as const,
  ownPurpose: '',
  until: '2027-06-10T17:00',
}

const INVITE = {
  name: 'Rosa',
  role: 'family',
  agency: null,
  language: 'es',
  channel: 'text',
  address: '555-0142',
} as const
const ON_CALL: Body<'addOnCall'> = {
  agency: 'calworks',
  name: 'Marsh',
  phone: '555-0100',
  email: 'marsh@example.org',
  days: ['mo', 'tu'],
  starts: '08:00',
  ends: '17:00',
  timeZone: 'America/Los_Angeles',
}

/** A body of each route that is right in shape; a route without one here does not compile. */
const BODIES: { [R in WithBody]: Body<R> } = {
  signIn: { email: 'nobody@example.org', password: 'x' },
  changePassword: { password: 'x', newPassword: 'y' },
  startSecondFactor: { password: 'x' },
  confirmSecondFactor: { code: '123456' },
  removeSecondFactor: { code: '123456' },
  invite: { name: 'Quill', email: 'quill@example.org', duty: 'agency', agency: 'school' },
  changeAccount: { duty: 'agency', agency: 'school', disabled: false },
  readInvitation: { token: 'x'.repeat(43) },
  acceptInvitation: { token: 'x'.repeat(43), name: 'Quill', email: 'quill@example.org', password: 'x' },
  addToTeam: { email: 'quill@example.org' },
  createFamily: { name: 'A family', language: 'en' },
  createMeeting: { familyId: ID, kind: 'cft', title: 'A meeting', startsAt: '2027-03-02T18:00:00Z' },
  setPhase: { phase: 'open' },
  setStage: { from: null, to: 'introduction' },
  addTime: { minutes: 5 },
  setPause: { paused: 'break' },
  raiseHand: { up: true },
  leadSpeaking: { act: 'give', whom: ID },
  lookHere: { at: { kind: 'goals', id: '0123456789abcdef' } },
  setJoining: { open: true },
  setClock: { why: 'removal', event: '2027-03-05T14:00', hearing: null, icwa: false },
  setTime: { from: '2027-03-02T18:00:00Z', to: '2027-03-03T10:00' },
  askPoll: { times: ['2099-03-03T10:00', '2099-03-04T10:00'] },
  answerPoll: { pollId: ID, answers: [{ time: 0, answer: 'works' }], for: ID },
  leadPoll: { step: 'pick', pollId: ID, time: 0, from: '2027-03-02T18:00:00Z' },
  addInvite: INVITE,
  giveInvite: { way: 'hand', startsAt: '2027-03-02T18:00:00Z', tries: 0 },
  setNext: { at: '2027-04-13T10:00' },
  join: { code: '2222-2222', name: 'Dana', role: 'family', language: 'en' },
  admit: { role: 'family', memberId: null },
  keepApart: { from: ID, apart: true },
  hide: { hidden: false },
  addPerson: { name: 'Pilar', role: 'family', language: 'es' },
  attend: { attendance: 'room' },
  signVersion: { versionId: ID, did: 'signed', name: 'Dana Alder', drawing: 'M1 2L3 4', participantId: ID },
  callMe: { name: 'Dana' },
  shareContact: { phone: '555-0142', email: 'dana@example.org', to: 'family' },
  handOverLead: { from: ID, to: ID },
  makeLink: { email: 'dana@example.org' },
  leadDecision: { step: 'ask' },
  takePosition: { askId: ID, stance: 'cannot', reason: 'Too long', for: { name: 'Rosa', role: 'family' } },
  answerPromise: { actionId: '0123456789abcdef', answer: 'yes', words: 'Gladly', saw: '[]', typed: true },
  keepConfidence: { language: 'es', words: 1 },
  askScale: { question: 'How safe is Miles at home today?', zero: 'Not safe', ten: 'Safe', item: null },
  closeScale: { askId: ID, step: 'show' },
  giveScore: { askId: ID, score: 6, higher: 'Light', named: true, for: { name: 'Rosa', role: 'family' } },
  settleDecision: { words: 'Miles stays with Rosa' },
  startProjector: { token: 'x'.repeat(43) },
  amend: { reason: 'A date was wrong' },
  restore: { versionId: ID, item: { kind: 'goals', id: '0123456789abcdef' } },
  sayNeed: { kind: 'interpreter', words: 'Spanish (Mexico)', for: { name: 'Pilar' } },
  changeNeed: { act: 'take', whom: ID },
  wishSupporter: { name: 'Dee', relation: 'My coach', reach: '555-0100' },
  markSupporter: { asked: true },
  addOnCall: ON_CALL,
  changeOnCall: ON_CALL,
  setKeeping: { years: 7, hold: true, reason: 'A court asked' },
  expunge: { confirmation: 'x'.repeat(43) },
  setRelative: { name: 'Rosa' },
  answerScreening: { question: 'cash-aid', answer: 'yes' },
  makeVersion: { kind: 'checkpoint', label: 'A copy', basedOn: 0 },
  signRelease: { ...RELEASE, sitting: ID, askId: ID, language: 'en', words: 1, agree: true, signature: 'Dana Alder' },
  askRelease: { participantId: ID, form: RELEASE },
}

const OPERATORS: unknown[] = [{ $gt: '' }, { $ne: null }, { $where: 'sleep(1000)' }, [{ $regex: '.*' }]]
const WRONG_VALUES: unknown[] = [
  ...OPERATORS,
  null,
  1e308,
  true,
  [],
  {},
  '',
  '\u0000',
  'x'.repeat(30_000),
  { toString: 'x' },
]

const deep = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth)
const JSON_TYPE = { 'content-type': 'application/json' }

interface Rubbish {
  what: string
  body: string
  headers?: Record<string, string>
}

/** Bodies that are wrong for every route. */
const RUBBISH: Rubbish[] = [
  ...['', '{', '[]', 'null', '0', '"words"', '{"a":}', '\u0000', '<xml/>', '{"$gt":""}'].map((body) => ({
    what: `the body ${JSON.stringify(body)}`,
    body,
  })),
  { what: 'a body that reaches for the prototype', body: '{"__proto__":{"admin":true},"constructor":{"prototype":1}}' },
  { what: 'lists nested 20,000 deep', body: deep(20_000, '[', ']') },
  { what: 'objects nested 10,000 deep', body: `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}` },
  { what: 'a body of 300 KB', body: JSON.stringify({ name: 'x'.repeat(300_000) }) },
  { what: 'a form', body: 'name=Dana', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
  { what: 'plain text', body: '{}', headers: { 'content-type': 'text/plain' } },
  { what: 'no type at all', body: '{}', headers: { 'content-type': '' } },
  { what: 'an unknown charset', body: '{}', headers: { 'content-type': 'application/json; charset=utf-99' } },
  { what: 'an unknown encoding', body: '{}', headers: { ...JSON_TYPE, 'content-encoding': 'nonsense' } },
  { what: 'gzip that is none', body: '{}', headers: { ...JSON_TYPE, 'content-encoding': 'gzip' } },
]

const BAD_IDS = [
  '0',
  'x'.repeat(24),
  ID.toUpperCase(),
  `${ID}0`,
  ID,
  '%00',
  '%E0%A4%A',
  '..%2F..%2Fetc%2Fpasswd',
  '%7B%22$gt%22:%22%22%7D',
  '__proto__',
  'a'.repeat(4_000),
]

const ROUTES = Object.keys(API) as RouteName[]
const hasBody = (name: RouteName): name is WithBody => Object.hasOwn(BODIES, name)
const logged: string[] = []

let app: TestApp
let wren: Someone
let dana: Someone
let stranger: Someone

beforeAll(async () => {
  app = await startTestApp({ onLog: (line) => logged.push(line) })
  wren = await staff(app, 'Wren')
  await wren.createMeeting()
  dana = await admitted(wren, 'Dana')
  dana.meetingId = wren.meetingId
  stranger = guest(app, 'Nobody')
})

afterAll(async () => {
  await app.close()
})

/** Everybody who may try: nobody we know, a parent, and the facilitator, whose requests get furthest. */
const everybody = () => [stranger, dana, wren]

function pathOf(name: RouteName, params: Record<string, string> = {}): string {
  const ids: Record<string, string> = { meetingId: wren.meetingId, participantId: dana.participantId, ...params }
  return API[name].path.replace(/:(\w+)/g, (_, id: string) => ids[id] ?? ID)
}

/** Refused with a code and its sentence, and nothing of the inside shows. */
async function expectRefusal(answer: Response, what: string): Promise<void> {
  const text = await answer.text()
  expect(answer.status, `${what}: ${text}`).toBeGreaterThanOrEqual(400)
  expect(answer.status, `${what}: ${text}`).toBeLessThan(500)
  const { error } = JSON.parse(text) as ErrorBody
  expect(isErrorCode(error.code), what).toBe(true)
  expect(error.message, what).toBe(ERRORS[error.code].message)
  expect(answer.status, what).toBe(ERRORS[error.code].http)
  expect(Object.keys(error), what).toEqual(['code', 'message'])
  expect(text, what).not.toMatch(/\bat .*:\d+|node_modules|Error:|mongo|zod/i)
}

describe.each(ROUTES.filter(hasBody))('[AC50] rubbish sent to %s', (name) => {
  it('is refused whatever it is, whoever sends it', async () => {
    for (const someone of everybody()) {
      await Promise.all(
        RUBBISH.map(async ({ what, body, headers }) => {
          const answer = await someone.request(API[name].method, pathOf(name), body, headers)
          await expectRefusal(answer, `${someone.name} sends ${what}`)
        }),
      )
    }
  })

  it('is refused in every single field', async () => {
    const { body: schema } = API[name]
    const bodies = Object.keys(BODIES[name]).flatMap((field) => [
      ...WRONG_VALUES.map((value) => ({ ...BODIES[name], [field]: value })),
      Object.fromEntries(Object.entries(BODIES[name]).filter(([key]) => key !== field)),
    ])
    const wrong = bodies.filter((body) => !schema.safeParse(body).success)
    expect(wrong.length).toBeGreaterThan(WRONG_VALUES.length / 2)
    for (const someone of [dana, wren]) {
      await Promise.all(
        wrong.map(async (body) => {
          const answer = await someone.request(API[name].method, pathOf(name), body)
          await expectRefusal(answer, `${someone.name} sends ${JSON.stringify(body).slice(0, 200)}`)
        }),
      )
    }
  })
})

describe('[AC50] addresses', () => {
  const withIds = ROUTES.filter((name) => API[name].path.includes(':'))

  it.each(withIds)('with bad ids are refused by %s', async (name) => {
    const ids = [...API[name].path.matchAll(/:(\w+)/g)].map(([, id]) => id!)
    for (const someone of everybody()) {
      for (const id of ids) {
        await Promise.all(
          BAD_IDS.map(async (bad) => {
            const path = pathOf(name, { [id]: bad })
            const answer = await someone.request(API[name].method, path, hasBody(name) ? BODIES[name] : undefined)
            await expectRefusal(answer, `${someone.name} asks for ${path.slice(0, 200)}`)
          }),
        )
      }
    }
  })

  it('that exist only for other methods are refused', async () => {
    const paths = [...new Set(ROUTES.map((name) => API[name].path))]
    for (const path of paths) {
      const known = ROUTES.filter((name) => API[name].path === path)
      const filled = pathOf(known[0]!)
      for (const method of ['get', 'post', 'put', 'delete', 'patch']) {
        if (known.some((name) => API[name].method === method)) continue
        const answer = await wren.request(method, filled, method === 'get' ? undefined : {})
        await expectRefusal(answer, `${method} ${filled}`)
      }
    }
  })

  it('that nobody made are refused', async () => {
    for (const path of ['/api', '/api/', '/api/nothing', '/api/meetings/x/y/z', '/api/__proto__', '/api/%E0%A4%A']) {
      await expectRefusal(await wren.request('GET', path), path)
    }
  })

  it('are not looked up by what stands behind the question mark', async () => {
    const answer = await stranger.request('GET', `/api/meetings/${wren.meetingId}?meetingId[$ne]=&__proto__[admin]=1`)
    await expectRefusal(answer, 'a query')
  })
})

describe('[AC50] cookies', () => {
  it.each(['ourplan=', 'ourplan=[object Object]', `ourplan=${'x'.repeat(6_000)}`, 'ourplan=%00; ourplan=a', '=;;='])(
    'such as %.40s are nobody’s',
    async (cookie) => {
      await expectRefusal(await stranger.request('GET', '/api/families', undefined, { cookie }), cookie)
    },
  )
})

describe('[AC50] after all that', () => {
  it('the server goes on, nothing surprised it, and nothing was changed', async () => {
    expect((await stranger.request('GET', '/healthz')).status).toBe(200)
    expect((await wren.read()).me.state).toBe('admitted')
    expect((await wren.people()).map(({ name }) => name)).toEqual(['Wren', 'Dana'])
    expect((await wren.call('listFamilies')).families).toHaveLength(1)
    expect(({} as { admin?: unknown }).admin).toBeUndefined()
    const surprises = logged.map((line) => JSON.parse(line) as { level: number }).filter(({ level }) => level >= 50)
    expect(surprises).toEqual([])
  })
})
