import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Limiter } from '../../../server/http/Limiter'
import { createGuesses } from '../../../server/join/guesses'
import { createSignInLimits } from '../../../server/people/signInLimits'
import { PlanError } from '../../../shared/errors'
import { guest, PASSWORD, refusal, staff, type Someone } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

const EMAIL = 'wren@example.org'
const wrong = () => Promise.reject(new PlanError('session/wrong-password'))
const ipv4 = (i: number) => `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`

describe('what is remembered of floods', () => {
  it('[WH11] a limiter holds so many keys and no more, however many come, and lets go of the oldest', async () => {
    const limiter = new Limiter({ points: 1, duration: 900, keysMax: 50 })
    const waysToCount = [
      (key: string) => limiter.consume(key),
      (key: string) => limiter.penalty(key),
      (key: string) => limiter.set(key, 1, 900),
      (key: string) => limiter.reward(key),
    ]
    for (let i = 0; i < 400; i += 1) {
      await waysToCount[i % 4]!(`key ${i}`)
      await limiter.penalty('still guessing')
    }
    expect(limiter.dump().storage).toHaveLength(50)
    expect((await limiter.get('still guessing'))?.consumedPoints).toBe(400)
    expect(await limiter.get('key 0')).toBeNull()
    expect(await limiter.get('key 399')).not.toBeNull()
  })

  it('[WH11] signing in forgets the longest silent address rather than fill the memory', async () => {
    const limits = createSignInLimits()
    const attempt = (email: string, ip: string) => refusal(limits.attempt(email, ip, wrong))
    for (let i = 0; i < 10; i += 1) expect(await attempt(EMAIL, '192.0.2.1')).toBe('session/wrong-password')
    for (let i = 0; i < 19_000; i += 1) await attempt(`nobody${i}@example.org`, ipv4(i))
    expect(await attempt(EMAIL, '192.0.2.1')).toBe('request/too-many')
    for (let i = 0; i < 20_001; i += 1) await attempt(`nobody${i}@example.net`, ipv4(i))
    expect(await attempt(EMAIL, '192.0.2.1')).toBe('session/wrong-password')
  })

  it('[WH11] so does the door', async () => {
    const guesses = createGuesses({ look: (_code, find) => find() })
    const guess = (ip: string, code = 'WRONG') => refusal(guesses.look(ip, code, async () => null))
    for (let i = 0; i < 10; i += 1) expect(await guess('192.0.2.1')).toBe('join/unknown-code')
    expect(await guess('192.0.2.1')).toBe('join/locked')
    for (let i = 0; i < 20_001; i += 1) await guess(ipv4(i))
    // No longer as one that guessed; the storm lets every address try once.
    expect(await guess('192.0.2.1')).toBe('join/unknown-code')
    expect(await guess('192.0.2.1')).toBe('join/locked')
  })
})

describe('forged forwarding headers', () => {
  let plain: TestApp
  let proxied: TestApp
  let wren: Someone
  const post = (app: TestApp, headers: Record<string, string>, password = 'not this one') =>
    guest(app, 'Eve').request('post', '/api/sessions', { email: wren.person!.email, password }, headers)
  const guess = (app: TestApp, headers: Record<string, string>) =>
    guest(app, 'Eve').request('get', '/j/22222222', undefined, headers)
  const FORGED = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'client-ip', 'true-client-ip', 'cf-connecting-ip']
  const forge = (i: number) =>
    Object.fromEntries(FORGED.map((name) => [name, name === 'forwarded' ? `for=203.0.113.${i}` : `203.0.113.${i}`]))

  beforeAll(async () => {
    plain = await startTestApp()
    proxied = await startTestApp({ config: { trustProxy: 1 } })
    wren = await staff(plain, 'Wren')
    await staff(proxied, 'Wren')
  })
  afterAll(() => Promise.all([plain.close(), proxied.close()]))

  it('[WH10] dodge no limit of passwords or codes where no proxy is trusted', async () => {
    const passwords: number[] = []
    for (let i = 0; i < 12; i += 1) passwords.push((await post(plain, forge(i))).status)
    expect(passwords).toEqual([...Array<number>(10).fill(401), 429, 429])
    expect((await post(plain, forge(99), PASSWORD)).status).toBe(429)
    const codes: number[] = []
    for (let i = 0; i < 12; i += 1) codes.push((await guess(plain, forge(i))).status)
    expect(codes).toEqual([...Array<number>(10).fill(404), 429, 429])
  })

  it('[WH10] dodge none behind a proxy either: what it added itself counts, what came to it does not', async () => {
    // The proxy writes the address it saw behind whatever the browser claimed.
    const seen = (i: number, address: string) => ({ ...forge(i), 'x-forwarded-for': `203.0.113.${i}, ${address}` })
    const passwords: number[] = []
    for (let i = 0; i < 12; i += 1) passwords.push((await post(proxied, seen(i, '198.51.100.1'))).status)
    expect(passwords).toEqual([...Array<number>(10).fill(401), 429, 429])
    expect((await post(proxied, seen(0, '198.51.100.2'), PASSWORD)).status).toBe(201)
    const codes: number[] = []
    for (let i = 0; i < 12; i += 1) codes.push((await guess(proxied, seen(i, '198.51.100.1'))).status)
    expect(codes).toEqual([...Array<number>(10).fill(404), 429, 429])
    expect((await guess(proxied, seen(0, '198.51.100.2'))).status).toBe(404)
  })

  it('[WH10] nor do the many addresses of one household: a /64 counts as one', async () => {
    const passwords: number[] = []
    for (let i = 0; i < 12; i += 1)
      passwords.push((await post(proxied, { 'x-forwarded-for': `2001:db8:1:2::${i}` })).status)
    expect(passwords).toEqual([...Array<number>(10).fill(401), 429, 429])
  })

  it('[WH11] what is no code makes no row of its own to count it by', async () => {
    const tries = proxied.app.parts.db.collection('codeTries')
    const before = await tries.countDocuments()
    for (let i = 0; i < 30; i += 1) {
      const from = { 'x-forwarded-for': `192.0.2.${i}` }
      const path = `/j/${encodeURIComponent(`no code ${i}`)}`
      expect((await guest(proxied, 'Eve').request('get', path, undefined, from)).status).toBe(404)
      const body = { code: `no-code-${i}`, name: 'Eve', role: 'family', language: 'en' }
      expect((await guest(proxied, 'Eve').request('post', '/api/join', body, from)).status).toBe(404)
    }
    expect(await tries.countDocuments()).toBeLessThanOrEqual(before + 1)
  })
})
