import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { PlanError } from '../../../shared/errors'
import { addressGroup } from '../../../server/http/addressGroup'
import { createGuesses, type Guesses } from '../../../server/join/guesses'
import { admitted, guest, staff, type Someone } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

const RIGHT = 'ABCDEFGH'
/** Meetings that count no guesses: here addresses do. */
const UNCOUNTED = { look: <T>(_code: string, find: () => Promise<T | null>) => find() }

/** A code tried from an address; answers what became of it. */
async function attempt(guesses: Guesses, address: string, code: string): Promise<string> {
  try {
    return await guesses.look(address, code, () => Promise.resolve(code === RIGHT ? 'in' : null))
  } catch (error) {
    return (error as PlanError).code
  }
}

async function attempts(guesses: Guesses, address: string, codes: string[]): Promise<string[]> {
  return Promise.all(codes.map((code) => attempt(guesses, address, code)))
}

const WRONG = Array.from({ length: 30 }, (_, i) => `WRONG${i}`)

describe('counting wrong codes', () => {
  afterEach(() => void vi.useRealTimers())

  it('[ME25] makes an address wait after ten, also when they come all at once', async () => {
    const answers = await attempts(createGuesses(UNCOUNTED), '192.0.2.1', WRONG)
    expect(answers.filter((answer) => answer === 'join/unknown-code')).toHaveLength(10)
    expect(answers.filter((answer) => answer === 'join/locked')).toHaveLength(20)
  })

  it('[ME25] hears an address again after ten minutes', async () => {
    vi.useFakeTimers()
    const guesses = createGuesses(UNCOUNTED)
    await attempts(guesses, '192.0.2.1', WRONG)
    vi.advanceTimersByTime(9 * 60_000)
    expect(await attempt(guesses, '192.0.2.1', RIGHT)).toBe('join/locked')
    vi.advanceTimersByTime(61_000)
    expect(await attempt(guesses, '192.0.2.1', RIGHT)).toBe('in')
  })

  it('[ME25] takes a whole /64 of IPv6 for one address, and other addresses for others', async () => {
    const guesses = createGuesses(UNCOUNTED)
    await Promise.all(WRONG.map((code, i) => attempt(guesses, `2001:db8:1:2::${i}`, code)))
    expect(await attempt(guesses, '2001:db8:1:2:ffff::1', RIGHT)).toBe('join/locked')
    expect(await attempt(guesses, '2001:db8:1:3::1', RIGHT)).toBe('in')
  })

  it('[ME26] never counts a right code', async () => {
    const guesses = createGuesses(UNCOUNTED)
    const answers = await attempts(
      guesses,
      '192.0.2.1',
      Array.from({ length: 200 }, () => RIGHT),
    )
    expect(answers.every((answer) => answer === 'in')).toBe(true)
  })

  it('[ME26] keeps a code usable where it was right before somebody there began to guess', async () => {
    const guesses = createGuesses(UNCOUNTED)
    await attempt(guesses, '192.0.2.1', RIGHT)
    await attempts(guesses, '192.0.2.1', WRONG)
    expect(await attempt(guesses, '192.0.2.1', RIGHT)).toBe('in')
    expect(await attempt(guesses, '192.0.2.1', 'ANOTHER1')).toBe('join/locked')
  })

  it('[ME25] leaves an address one wrong code in a storm from everywhere, and lets right codes through', async () => {
    const guesses = createGuesses(UNCOUNTED)
    for (let i = 0; i < 60; i += 1) await attempts(guesses, `198.51.100.${i}`, WRONG.slice(0, 9))
    expect(await attempt(guesses, '203.0.113.1', 'WRONG')).toBe('join/unknown-code')
    expect(await attempt(guesses, '203.0.113.1', 'WRONG')).toBe('join/locked')
    expect(await attempt(guesses, '203.0.113.2', RIGHT)).toBe('in')
  })

  it('[ME25] does not count what failed for another reason', async () => {
    const guesses = createGuesses(UNCOUNTED)
    const broken = () => guesses.look('192.0.2.1', RIGHT, () => Promise.reject(new PlanError('server/trouble')))
    for (let i = 0; i < 30; i += 1) await expect(broken()).rejects.toMatchObject({ code: 'server/trouble' })
    expect(await attempt(guesses, '192.0.2.1', RIGHT)).toBe('in')
  })

  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['0:0:0:0:0:ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:0DB8:0000:0000:1::', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
    [undefined, 'unknown'],
  ])('[ME25] counts %s as %s', (address, group) => {
    expect(addressGroup(address)).toBe(group)
  })
})

describe('wrong codes at the server', () => {
  let app: TestApp
  let wren: Someone
  let code: string

  beforeAll(async () => {
    app = await startTestApp()
    wren = await staff(app, 'Wren')
    code = (await wren.createMeeting()).joinCode
  })
  afterAll(() => app.close())

  it('[ME25] are counted over pages and API together, whatever a header claims; those inside notice nothing', async () => {
    const dana = await admitted(wren, 'Dana')
    const mallory = guest(app, 'Mallory')
    const lies = (i: number) => ({ 'x-forwarded-for': `203.0.113.${i}`, forwarded: `for=203.0.113.${i}` })
    const statuses: number[] = []
    for (let i = 0; i < 8; i += 1) {
      statuses.push((await mallory.request('GET', '/j/22222222', undefined, lies(i))).status)
      const body = { code: '2222-2222', name: 'Mallory', role: 'family', language: 'en' }
      statuses.push((await mallory.request('POST', '/api/join', body, lies(100 + i))).status)
    }
    expect(statuses).toEqual([...Array<number>(10).fill(404), ...Array<number>(6).fill(429)])
    // Nothing is learned about codes from here any more, not even of one that opens another meeting.
    const other = (await (await staff(app, 'Ames')).createMeeting()).joinCode
    await expect(mallory.join(other)).rejects.toMatchObject({ code: 'join/locked' })
    expect((await mallory.request('GET', '/j/22222222')).headers.get('content-type')).toMatch(/html/)
    // Dana came with this code from this address: she, and whoever sits beside her, still can.
    expect((await dana.request('GET', `/j/${code}/waiting`)).headers.get('location')).toBe(`/m/${wren.meetingId}`)
    expect((await guest(app, 'Rosa').join(code)).state).toBe('waiting')
  })
})

describe('twelve phones in one room', () => {
  it('[ME26] come in together through one address', async () => {
    const app = await startTestApp()
    const wren = await staff(app, 'Wren')
    const { joinCode } = await wren.createMeeting()
    const phones = Array.from({ length: 12 }, (_, i) => guest(app, `Phone ${i}`))
    await Promise.all(phones.map((phone) => phone.join(joinCode)))
    expect((await wren.people()).filter(({ state }) => state === 'waiting')).toHaveLength(12)
    await app.close()
  })
})
