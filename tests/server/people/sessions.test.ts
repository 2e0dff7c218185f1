import { once } from 'node:events'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { COOKIES } from '../../../server/access/cookies'
import { ERRORS } from '../../../shared/errors'
import { openPage } from '../../support/openPage'
import { guest, PASSWORD, refusal, Someone, staff } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

describe('how long somebody stays signed in', () => {
  let app: TestApp
  let wren: Someone
  let late = 0
  let count = 0
  beforeAll(async () => {
    app = await startTestApp({ clock: () => new Date(Date.now() + late) })
  })
  beforeEach(async () => {
    late = 0
    wren = await staff(app, `Wren Stays ${(count += 1)}`)
  })
  afterAll(() => app.close())

  const left = async () => (await wren.call('whoAmI')).staying

  it('[SA17] an hour after they last did something; a page that asks by itself does not count', async () => {
    expect((await left())!.leftS).toBeGreaterThan(3_590)
    late += 50 * MINUTE_MS
    expect((await left())!.leftS).toBeLessThan(10 * 60 + 1)
    expect((await left())!.lastly).toBe(false)
    late += 11 * MINUTE_MS
    expect(await left()).toBeNull()
  })

  it('[SA17] an open page of a meeting alone does not keep anybody signed in, and goes when the hour is over', async () => {
    await wren.createMeeting()
    const page = await wren.enter()
    late += 50 * MINUTE_MS
    app.app.parts.access.changes.emit('changed', {})
    await wren.call('whoAmI')
    expect((await left())!.leftS).toBeLessThan(10 * 60 + 1)
    late += 11 * MINUTE_MS
    app.app.parts.access.changes.emit('changed', {})
    await page.closed
  })

  it('[SA17] saying “I am here” gives another hour, but no more than a day in all', async () => {
    for (let hour = 0; hour < 23; hour += 1) {
      late += 59 * MINUTE_MS
      expect((await wren.call('staySignedIn')).leftS).toBeGreaterThan(60)
    }
    late = 23.5 * HOUR_MS
    const last = await wren.call('staySignedIn')
    expect(last).toMatchObject({ lastly: true })
    expect(last.leftS).toBeLessThan(31 * 60)
    late = 24 * HOUR_MS + 1_000
    expect(await refusal(wren.call('staySignedIn'))).toBe('session/missing')
  })

  it('[SA17] a family’s phone is nobody with an account, and is not asked to stay', async () => {
    expect(await refusal(guest(app, 'Dana').call('staySignedIn'))).toBe('session/missing')
    expect((await guest(app, 'Dana').call('whoAmI')).staying).toBeNull()
  })

  it('[SA23] a cookie that somebody else planted is never the one that is signed in', async () => {
    const planted = wren.cookies.get(COOKIES.person)!
    await wren.call('signOut')
    for (const value of [planted, 'A'.repeat(43)]) {
      const victim = new Someone(app, 'Wren', wren.person)
      victim.cookies.set(COOKIES.person, value)
      await victim.call('signIn', { body: { email: wren.person!.email, password: PASSWORD } })
      expect(victim.cookies.get(COOKIES.person)).not.toBe(value)
      const eve = guest(app, 'Eve')
      eve.cookies.set(COOKIES.person, value)
      expect((await eve.call('whoAmI')).person).toBeNull()
    }
  })
})

describe('a page that only stays open', () => {
  let app: TestApp
  let late = 0
  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    app = await startTestApp({ clock: () => new Date(Date.now() + late) })
  })
  afterAll(async () => {
    vi.useRealTimers()
    await app.close()
  })

  it('[SA81] loses the plan within a minute after the hour is over, without anybody saying so', async () => {
    const wren = await staff(app, 'Wren')
    await wren.createMeeting()
    const plan = await openPage(wren)
    late = 61 * MINUTE_MS
    for (let beat = 0; beat < 4; beat += 1) {
      const news = once(plan.events, 'news')
      vi.advanceTimersByTime(MINUTE_MS / 4)
      await news
      // The answer to the server's ping is on its way before this question.
      await fetch(`${app.url}/healthz`)
    }
    await plan.until(({ closeCode }) => closeCode !== undefined)
    expect(plan.closeCode).toBe(ERRORS['session/missing'].close)
    plan.close()
  })
})
