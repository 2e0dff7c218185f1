import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { COOKIES } from '../../../server/access/cookies'
import { admitted, guest, PASSWORD, refusal, Someone, staff } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

const HOUR_MS = 60 * 60_000

describe('signing in', () => {
  let app: TestApp
  let late = 0
  beforeAll(async () => {
    app = await startTestApp({ clock: () => new Date(Date.now() + late), config: { trustProxy: 1 } })
  })
  afterAll(() => app.close())

  const tokenOf = (someone: Someone) => someone.cookies.get(COOKIES.person)

  it('[AC2] Wren signs in and is known until she signs out', async () => {
    const wren = await staff(app, 'Wren One')
    expect((await wren.call('whoAmI')).person).toMatchObject({ name: 'Wren One', duty: 'facilitator' })
    await wren.call('signOut')
    expect(wren.cookies.size).toBe(0)
    expect((await wren.call('whoAmI')).person).toBeNull()
  })

  it('[AC2] the email is taken however it is written, the answer never carries the password', async () => {
    const wren = await staff(app, 'Wren Two')
    const email = ` ${wren.person!.email.toUpperCase()} `
    const answer = await guest(app, 'Wren').request('post', '/api/sessions', { email, password: PASSWORD })
    expect(answer.status).toBe(201)
    expect(Object.keys(await answer.json()).sort()).toEqual(['agency', 'duty', 'email', 'id', 'name'])
  })

  it('[AC3] a wrong password and an unknown email get the same answer', async () => {
    const wren = await staff(app, 'Wren Three')
    const ask = async (email: string) => {
      const answer = await guest(app, 'Eve').request('post', '/api/sessions', { email, password: 'not this one' })
      return { status: answer.status, body: await answer.json() }
    }
    expect(await ask(wren.person!.email)).toEqual(await ask('nobody@example.org'))
    await expect(ask(wren.person!.email)).resolves.toMatchObject({
      body: { error: { code: 'session/wrong-password' } },
    })
  })

  it('[AC4] after ten wrong passwords even the right one waits, but only from there', async () => {
    const wren = await staff(app, 'Wren Four')
    const from = (address: string, password: string) =>
      guest(app, 'Eve').request(
        'post',
        '/api/sessions',
        { email: wren.person!.email, password },
        { 'x-forwarded-for': address },
      )
    const tries = await Promise.all(Array.from({ length: 12 }, (_, i) => from('203.0.113.9', `wrong ${i}`)))
    expect(tries.filter(({ status }) => status === 401)).toHaveLength(10)
    expect((await from('203.0.113.9', PASSWORD)).status).toBe(429)
    expect((await from('198.51.100.7', PASSWORD)).status).toBe(201)
  })

  it('[AC5] signing in gives a new cookie, and whoever knew the old one stays behind', async () => {
    const wren = await staff(app, 'Wren Five')
    await wren.createMeeting()
    const dana = await admitted(wren, 'Dana')
    const before = new Map(dana.cookies)
    await dana.call('signIn', { body: { email: wren.person!.email, password: PASSWORD } })
    expect(tokenOf(dana)).not.toBe(before.get(COOKIES.person))
    const eve = new Someone(app, 'Eve')
    before.forEach((value, name) => eve.cookies.set(name, value))
    eve.meetingId = dana.meetingId
    expect((await eve.call('whoAmI')).person).toBeNull()
    expect(await refusal(eve.read())).toBe('session/missing')
  })

  it('[AC6] signing out closes the open pages within a second', async () => {
    const wren = await staff(app, 'Wren Six')
    await wren.createMeeting()
    const page = await wren.enter()
    const started = Date.now()
    await wren.call('signOut')
    await page.closed
    expect(Date.now() - started).toBeLessThan(1_000)
  })

  it('[AC7] the cookie is for us alone, and secure exactly where the page came over https', async () => {
    const wren = await staff(app, 'Wren Seven')
    const signIn = async (headers: Record<string, string>) => {
      const body = { email: wren.person!.email, password: PASSWORD }
      const answer = await guest(app, 'Wren').request('post', '/api/sessions', body, headers)
      return answer.headers.getSetCookie()[0]!
    }
    const plain = await signIn({})
    expect(plain).toMatch(/^ourplan=[\w-]{43};/)
    expect(plain).toMatch(/; HttpOnly/)
    expect(plain).toMatch(/; SameSite=Lax/)
    expect(plain).not.toMatch(/Secure/)
    expect(await signIn({ 'x-forwarded-proto': 'https' })).toMatch(/; Secure/)
  })

  it('[AC8] the database holds no cookie and no password', async () => {
    const wren = await staff(app, 'Wren Eight')
    const { db } = app.app.parts
    for (const collection of ['sessions', 'staff']) {
      const stored = JSON.stringify(await db.collection(collection).find().toArray())
      expect(stored).not.toContain(tokenOf(wren))
      expect(stored).not.toContain(PASSWORD)
    }
  })

  it('[AC9] a session nobody uses ends by itself: an agency person’s in an hour, a family’s in a month', async () => {
    const wren = await staff(app, 'Wren Nine')
    await wren.createMeeting()
    const dana = await admitted(wren, 'Dana')
    try {
      late += 0.9 * HOUR_MS
      expect((await wren.read()).me.name).toBe('Wren Nine')
      late += 0.9 * HOUR_MS
      expect((await wren.read()).me.name).toBe('Wren Nine')
      late += 1.1 * HOUR_MS
      expect(await refusal(wren.read())).toBe('session/missing')
      expect((await dana.read()).me.name).toBe('Dana')
      late += 31 * 24 * HOUR_MS
      expect(await refusal(dana.read())).toBe('session/missing')
    } finally {
      late = 0
    }
  })

  it('[AC9] a made-up cookie is nobody', async () => {
    const eve = guest(app, 'Eve')
    for (const value of ['', 'x', 'A'.repeat(43), '%00', '{"$ne":null}']) {
      eve.cookies.set(COOKIES.person, value)
      expect((await eve.call('whoAmI')).person).toBeNull()
    }
  })
})
