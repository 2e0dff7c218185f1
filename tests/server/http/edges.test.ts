import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { get, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { Types } from 'mongoose'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import type { ErrorBody } from '../../../shared/errors'
import { isNestedDeeper } from '../../../server/http/isNestedDeeper'
import { admitted, guest, MeetingPage, PASSWORD, refusal, staff, type Someone } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

const EVIL = 'https://evil.example'
const family = { name: 'Miles’s family', language: 'en' }
const codeOf = async (answer: Response) => ((await answer.json()) as ErrorBody).error.code

let app: TestApp
let wren: Someone
let dana: Someone
let joinCode: string

beforeAll(async () => {
  app = await startTestApp()
  wren = await staff(app, 'Wren')
  joinCode = (await wren.createMeeting()).joinCode
  dana = await admitted(wren, 'Dana')
})
afterAll(() => app.close())

describe('what another website may do', () => {
  const asked = (site: string, mode = 'no-cors', dest = 'image') => ({
    'sec-fetch-site': site,
    'sec-fetch-mode': mode,
    'sec-fetch-dest': dest,
  })
  const visit = (site: string) => asked(site, 'navigate', 'document')

  /** Reads as a browser would: `fetch` of Node writes its own `Sec-Fetch-Mode`. */
  async function browse(someone: Someone, path: string, headers: Record<string, string>) {
    const request = get(app.url + path, { headers: { cookie: someone.cookie, ...headers } })
    const [answer] = (await once(request, 'response')) as [IncomingMessage]
    return { status: answer.statusCode, body: await text(answer) }
  }

  it('[WH1] it makes no browser read the API, however it asks', async () => {
    for (const path of ['/api/families', `/api/meetings/${wren.meetingId}`, '/API/families']) {
      for (const headers of [asked('cross-site'), asked('same-site', 'cors', 'empty'), visit('cross-site')]) {
        const { status, body } = await browse(wren, path, headers)
        expect([status, (JSON.parse(body) as ErrorBody).error.code]).toEqual([403, 'request/foreign'])
      }
      expect((await browse(wren, path, asked('same-origin', 'cors', 'empty'))).status).toBe(200)
      expect((await browse(wren, path, visit('none'))).status).toBe(200)
    }
  })

  it('[WH2] it may lead people to a page, and cannot make their browsers guess at a door', async () => {
    const phone = guest(app, 'Rosa')
    for (const path of [`/j/${joinCode}`, '/leave', '/f', '/j']) {
      expect((await browse(phone, path, visit('cross-site'))).status).toBe(200)
    }
    for (let i = 0; i < 15; i += 1) {
      for (const headers of [asked('cross-site'), asked('cross-site', 'navigate', 'iframe')])
        expect((await browse(phone, '/j/22222222', headers)).status).toBe(403)
    }
    // Not one of them was counted: ten would make this address wait.
    expect((await browse(phone, '/j/22222222', visit('same-origin'))).status).toBe(404)
  })

  it('[WH3] no page or form of it writes here, in the API or at the plain pages', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    for (const headers of [{ origin: EVIL }, { origin: 'null' }, asked('cross-site', 'navigate', 'document')]) {
      for (const path of [`/j/${joinCode}`, '/lock', '/f', '/f/open', '/f/plans']) {
        const answer = await dana.request('post', path, 'name=Dana&role=family', { ...form, ...headers })
        expect([path, answer.status]).toEqual([path, 403])
      }
      const answer = await wren.request('post', '/api/families', family, headers)
      expect([answer.status, await codeOf(answer)]).toEqual([403, 'request/foreign'])
    }
    // Locking the phone would have ended it.
    expect((await dana.read()).me.state).toBe('admitted')
    expect((await wren.call('listFamilies')).families).toHaveLength(1)
  })

  it.each([EVIL, 'null', 'http://127.0.0.1:1'])('[WH4] a page of %s is heard on neither socket', async (origin) => {
    const live = new WebSocket(`${app.url.replace('http', 'ws')}/live/${wren.meetingId}/plan/1`, {
      headers: { cookie: dana.cookie, origin },
    })
    const frames: unknown[] = []
    live.on('message', (frame) => frames.push(frame))
    expect(((await once(live, 'close')) as [number])[0]).toBe(4403)
    expect(frames).toEqual([])

    const page = new MeetingPage(dana, { origin })
    await expect(page.enter({ meetingId: wren.meetingId, as: 'participant' })).rejects.toThrow('websocket error')
    page.close()

    const polling = io(app.url, {
      transports: ['polling'],
      forceNew: true,
      reconnection: false,
      extraHeaders: { cookie: dana.cookie, origin },
    })
    const refused = await new Promise((resolve) => {
      polling.on('connect', () => resolve('connected'))
      polling.on('connect_error', () => resolve('refused'))
    })
    polling.close()
    expect(refused).toBe('refused')
  })
})

describe('answers', () => {
  /** Every kind of page, and what is said where there is none. */
  const pages = () => [
    '/',
    '/signin',
    `/m/${wren.meetingId}`,
    `/m/${wren.meetingId}/versions`,
    '/account',
    '/projector',
    '/nothing/here',
    '/j',
    `/j/${joinCode}`,
    `/j/${joinCode}/waiting?plain=1`,
    `/j/${joinCode}/plan`,
    '/j/XXXX-XXXX',
    '/locked',
    '/leave',
    '/f',
    '/f/plans',
    '/signin/back',
  ]
  const ask = (path: string, accept = 'text/html') => dana.request('get', path, undefined, { accept })

  it('[WH5] whatever is answered, page, words or refusal, is kept by nobody on the way', async () => {
    const asked = [
      ...pages().flatMap((path) => [ask(path), ask(path, 'application/json')]),
      ask(`/api/meetings/${wren.meetingId}`),
      ask('/api/nothing'),
      dana.request('post', `/j/${joinCode}`, 'name=', { 'content-type': 'application/x-www-form-urlencoded' }),
      dana.request('post', '/f', 'link=x', { 'content-type': 'application/x-www-form-urlencoded' }),
      dana.request('post', '/nothing', {}),
      dana.request('post', '/api/families', family, { origin: EVIL }),
    ]
    for (const answer of await Promise.all(asked)) {
      expect([answer.url, answer.headers.get('cache-control')]).toEqual([answer.url, 'no-store'])
    }
  })

  it('[WH6] no kind of page may run inline script or make script of words', async () => {
    for (const path of pages()) {
      const answer = await ask(path)
      const policy = new Map(
        answer.headers
          .get('content-security-policy')!
          .split(';')
          .map((directive) => directive.trim().split(/\s+(.*)/s) as [string, string]),
      )
      expect([path, policy.get('script-src')]).toEqual([path, "'self'"])
      expect(policy.get('default-src')).toBe("'self'")
      expect(policy.get('object-src')).toBe("'none'")
      expect(policy.get('base-uri')).toBe("'none'")
      expect(policy.get('form-action')).toBe("'self'")
      expect(policy.get('frame-ancestors')).toBe("'none'")
      expect([...policy.values()].join(' ')).not.toMatch(/unsafe|blob:|https?:|\*/)
      expectNoInlineScript(await answer.text(), path)
    }
    // As it was built: what the browser gets is not what stands in the sources. `npm test` builds first.
    const built = await readFile(new URL('../../../dist/client/index.html', import.meta.url), 'utf8')
    expect(await (await ask('/')).text()).toBe(built)
    expect(built).toMatch(/<script\b[^>]* src="\/assets\//)
    expectNoInlineScript(built, 'index.html')
  })

  function expectNoInlineScript(page: string, path: string): void {
    for (const [script] of page.matchAll(/<script\b[^>]*>[^<]*/gi)) {
      expect(script, path).toMatch(/^<script\b[^>]* src="\/[^/"][^"]*"[^>]*>\s*$/)
    }
    expect(page, path).not.toMatch(/<[^>]+\son\w+\s*=|javascript:|srcdoc/i)
  }
})

describe('bodies', () => {
  const nested = (depth: number) => `{"name":"Miles","language":"en","more":${'['.repeat(depth)}${']'.repeat(depth)}}`

  it('[WH7] a body nested deeper than any of ours is refused before it is read', async () => {
    expect((await wren.request('post', '/api/families', nested(7))).status).toBe(201)
    for (const body of [nested(8), nested(20_000), `${'{"a":'.repeat(9)}1${'}'.repeat(9)}`, '['.repeat(60_000)]) {
      const answer = await wren.request('post', '/api/families', body)
      expect([answer.status, await codeOf(answer)]).toEqual([400, 'request/invalid'])
    }
    const disguised = await wren.request('post', '/api/families', nested(8), {
      'content-type': 'application/json; charset=utf-16le',
    })
    expect(disguised.status).toBe(400)
  })

  it.each([
    ['{"a":[1,{"b":2}]}', 3, false],
    ['{"a":[1,{"b":2}]}', 2, true],
    ['[[],[],[],[]]', 2, false],
    ['{"a":"[[[[[[[["}', 1, false],
    ['{"a":"\\"[[[[","b":"\\\\"}', 1, false],
    ['{"a":"\\\\","b":[[1]]}', 2, true],
    ['{"é[":"ñ{{{"}', 1, false],
  ])('[WH7] %s is deeper than %i: %s', (json, max, deeper) => {
    expect(isNestedDeeper(Buffer.from(json), max)).toBe(deeper)
  })

  it('[WH8] what is too long is not read: as JSON, as a form, packed or in pieces', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const asked = [
      wren.request('post', '/api/families', { ...family, more: 'x'.repeat(70_000) }),
      dana.request('post', `/j/${joinCode}`, `name=${'x'.repeat(9_000)}`, form),
      dana.request('post', '/f', `link=${'x'.repeat(9_000)}`, form),
      dana.request('post', '/f/open', `link=x&code=${'x'.repeat(9_000)}`, form),
    ]
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([413, 413, 413, 413])
    const bytes = new Blob([JSON.stringify({ ...family, more: 'x'.repeat(5_000_000) })])
    const packed = await fetch(`${app.url}/api/families`, {
      method: 'POST',
      headers: { cookie: wren.cookie, 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: await new Response(bytes.stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer(),
    })
    expect(packed.status).toBe(413)
    const pieces = await fetch(`${app.url}/api/families`, {
      method: 'POST',
      headers: { cookie: wren.cookie, 'content-type': 'application/json' },
      body: bytes.slice(0, 80_000).stream(),
      duplex: 'half',
    } as RequestInit)
    expect(pieces.status).toBe(413)
  })

  it('[WH9] keys that reach for the prototype, or say what to look for, change nothing', async () => {
    const keys =
      '"__proto__":{"duty":"admin","createdBy":"x"},"constructor":{"prototype":{"admin":1}},"$set":{"name":"x"}'
    const made = await wren.request('post', '/api/families', `{"name":"Alder","language":"es",${keys}}`)
    expect(made.status).toBe(201)
    const { createdAt, id, ...rest } = (await made.json()) as Record<string, unknown>
    expect(rest).toEqual({ name: 'Alder', language: 'es' })
    expect([typeof createdAt, typeof id]).toEqual(['string', 'string'])
    expect(({} as Record<string, unknown>)['duty']).toBeUndefined()
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined()
    const operators: unknown[] = [{ $ne: null }, { $gt: '' }, { $regex: '.' }, ['x'], { toString: 'x' }]
    for (const value of operators) {
      const { email } = wren.person!
      for (const body of [
        { email: value, password: PASSWORD },
        { email, password: value },
        { email, password: PASSWORD, code: value },
      ]) {
        const answer = await guest(app, 'Mallory').request('post', '/api/sessions', body)
        expect([JSON.stringify(body), answer.status]).toEqual([JSON.stringify(body), 400])
      }
    }
    for (const query of ['code[$ne]=x', 'code[]=x&code[]=y', '__proto__[code]=x', 'code=x&code=y']) {
      const answer = await guest(app, 'Mallory').request('get', `/j?${query}`)
      expect([query, answer.status, answer.headers.get('location')]).toEqual([query, 200, null])
    }
    expect((await wren.call('whoAmI')).person?.duty).toBe('facilitator')
  })
})

describe('a door that is full', () => {
  it('[WH12] keeps nothing of who is turned away there', async () => {
    const lead = await staff(app, 'Ames')
    const { id, joinCode: code } = await lead.createMeeting()
    const { db } = app.app.parts
    const waiting = Array.from({ length: 100 }, (_, i) => ({
      meetingId: new Types.ObjectId(id),
      holder: `guest:${i}`,
      name: `Guest ${i}`,
      role: 'family',
      agency: null,
      language: 'en',
      askedAt: new Date(),
      admittedAt: null,
      removedAt: null,
    }))
    await db.collection('participants').insertMany(waiting)
    const before = await db.collection('sessions').countDocuments()
    const late = guest(app, 'One too many')
    expect(await refusal(late.join(code))).toBe('request/too-many')
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    expect((await late.request('post', `/j/${code}`, 'name=Late&role=family', form)).status).toBe(429)
    expect(await db.collection('sessions').countDocuments()).toBe(before)
    expect(late.cookies.size).toBe(0)
  })
})
