import express from 'express'
import { once } from 'node:events'
import { connect, type AddressInfo } from 'node:net'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorHandler } from '../../../server/http/errorHandler'
import { refusal, Someone, staff } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

describe('requests', () => {
  let app: TestApp
  let wren: Someone
  const lines: string[] = []
  beforeAll(async () => {
    app = await startTestApp({ onLog: (line) => lines.push(line) })
    wren = await staff(app, 'Wren')
  })
  afterAll(() => app.close())

  const codeOf = async (answer: Response) => ((await answer.json()) as { error: { code: string } }).error.code
  const family = { name: 'Miles’s family', language: 'en' }

  it('[AC18] another website cannot make a browser write here', async () => {
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: app.url.replace('http:', 'ftp:') + '.evil.example' },
      { 'sec-fetch-site': 'cross-site' },
    ]
    for (const headers of foreign) {
      const answer = await wren.request('post', '/api/families', family, headers)
      expect([answer.status, await codeOf(answer)]).toEqual([403, 'request/foreign'])
    }
    const own = await wren.request('post', '/api/families', family, {
      origin: app.url,
      'sec-fetch-site': 'same-origin',
    })
    expect(own.status).toBe(201)
  })

  it('[AC19] what is not as the table says is refused and changes nothing', async () => {
    const before = (await wren.call('listFamilies')).families.length
    const wrong = [
      '{"name": "Miles"',
      '"Miles"',
      '[]',
      {},
      { ...family, name: '   ' },
      { ...family, name: 'x'.repeat(81) },
      { ...family, name: { $gt: '' } },
      { ...family, language: ['en'] },
      { ...family, language: 'tlh' },
      { ...family, name: 'a\u0000b' },
    ]
    for (const body of wrong) {
      const answer = await wren.request('post', '/api/families', body)
      expect([body, answer.status, await codeOf(answer)]).toEqual([body, 400, 'request/invalid'])
    }
    const form = await wren.request('post', '/api/families', 'name=Miles&language=en', {
      'content-type': 'application/x-www-form-urlencoded',
    })
    expect(await codeOf(form)).toBe('request/invalid')
    const large = await wren.request('post', '/api/families', { ...family, more: 'x'.repeat(70_000) })
    expect([large.status, await codeOf(large)]).toEqual([413, 'request/too-large'])
    expect((await wren.call('listFamilies')).families).toHaveLength(before)
  })

  it('[AC19] an id that is none is refused, whatever it is made of', async () => {
    for (const id of ['x', '%7B%22$ne%22:null%7D', 'F'.repeat(24), '%E0%A4%A']) {
      const answer = await wren.request('get', `/api/families/${id}`)
      expect([id, answer.status, await codeOf(answer)]).toEqual([id, 400, 'request/invalid'])
    }
  })

  it('[AC19] an address that is not there says so', async () => {
    for (const path of ['/api', '/api/nothing', '/api/families/x/y', '/nothing.js']) {
      const answer = await wren.request('get', path)
      expect([path, answer.status, await codeOf(answer)]).toEqual([path, 404, 'route/not-found'])
    }
    expect((await wren.request('put', '/api/families', family)).status).toBe(404)
  })

  it('[AC20] answers are kept by nobody on the way, and pages load nothing from elsewhere', async () => {
    const answer = await wren.request('get', '/api/families')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const policy = answer.headers.get('content-security-policy')!
    expect(policy).toContain("default-src 'self'")
    expect(policy).toContain(`connect-src 'self' ws://${new URL(app.url).host}`)
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/unsafe|upgrade-insecure-requests|https?:/)
    expect(answer.headers.get('strict-transport-security')).toBeNull()
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('x-powered-by')).toBeNull()
  })

  it('[AC21] the log knows routes, not people, codes or words', async () => {
    const meeting = await wren.createMeeting({ title: 'Canary title', question: 'Canary question' })
    await new Someone(app, 'Canary').join(meeting.joinCode)
    expect(await refusal(new Someone(app, 'Canary').join('2222-2222'))).toBe('join/unknown-code')
    await wren.request('get', `/j/${meeting.joinCode}`)
    await wren.request('post', '/api/families', '{"name": "Canary broken')
    const log = lines.join('\n')
    expect(log).toContain('"route":"/api/meetings/:meetingId"')
    for (const secret of ['Canary', 'Wren', wren.person!.email, meeting.joinCode, meeting.joinCode.replace('-', '')]) {
      expect(log).not.toContain(secret)
    }
    for (const cookie of wren.cookies.values()) expect(log).not.toContain(cookie)
  })

  it('[AC21] what nobody expected is logged by where it happened, and told without a detail', async () => {
    const trouble: string[] = []
    const broken = express()
    broken.get('/broken', () => {
      throw new TypeError('Canary words')
    })
    broken.use(errorHandler(pino({}, { write: (line: string) => trouble.push(line) })))
    const server = broken.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/broken`)
    server.close()
    expect([answer.status, await codeOf(answer.clone())]).toEqual([500, 'server/trouble'])
    expect(await answer.text()).not.toContain('Canary')
    expect(trouble.join()).toContain('"error":"TypeError"')
    expect(trouble.join()).toContain('requests.test.ts')
    expect(trouble.join()).not.toContain('Canary')
  })

  it('[AC22] a connection that wants to become something else is ended, and the others go on', async () => {
    const { port } = new URL(app.url)
    const socket = connect(Number(port), '127.0.0.1')
    socket.write('GET /elsewhere HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
    const answered = await new Promise<string>((resolve) => {
      let text = ''
      socket.on('data', (data) => (text += data))
      socket.on('close', () => resolve(text))
    })
    expect(answered).toMatch(/^HTTP\/1\.1 404/)
    expect((await wren.request('get', '/healthz')).status).toBe(200)
  })
})
