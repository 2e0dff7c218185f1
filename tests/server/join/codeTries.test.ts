import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Connection } from 'mongoose'
import { createCodeTries } from '../../../server/meetings/codeTries'
import { connect } from '../../../server/connect'
import { admitted, guest, refusal, staff, type Someone } from '../../support/people'
import { openTestStore, startTestApp, type TestApp } from '../../support/startTestApp'

const HOUR_MS = 60 * 60_000

let app: TestApp
let wren: Someone
let now: Date
let addresses = 0

beforeAll(async () => {
  // Behind a proxy every try can come from an address of its own.
  now = new Date('2027-03-02T17:00:00Z')
  app = await startTestApp({ config: { trustProxy: 1 }, clock: () => now })
  wren = await staff(app, 'Wren')
})
afterAll(() => app.close())

/** Somebody nobody has seen before, from an address nobody has seen before. */
function tryCode(code: string): Promise<Response> {
  addresses += 1
  const from = `2001:db8:${(addresses >> 16).toString(16)}:${(addresses & 0xffff).toString(16)}::1`
  return guest(app, 'Mallory').request('GET', `/j/${code}`, undefined, { 'x-forwarded-for': from })
}

const bare = (code: string) => code.replace('-', '')
/** Another secret behind the same half. */
const wrongFor = (code: string, i = 0) => `${code.slice(0, 4)}${code.endsWith('2') ? '3' : '2'}22${'23456789'[i % 8]}`

async function openDoor() {
  const code = bare((await wren.createMeeting({ startsAt: '2027-03-02T18:00:00Z' })).joinCode)
  return { code, meetingId: wren.meetingId, facilitator: wren.participantId }
}

const setJoining = (meetingId: string, body: { open: boolean; newCode?: boolean }) =>
  wren.call('setJoining', { params: { meetingId }, body })

describe('guesses at one meeting', () => {
  it('[ME60] shut its code after ten, from any number of addresses, also all at once; nine do not', async () => {
    const { code } = await openDoor()
    for (let i = 0; i < 9; i += 1) expect((await tryCode(wrongFor(code, i))).status).toBe(404)
    expect((await tryCode(code)).status).toBe(200)
    await Promise.all(Array.from({ length: 30 }, (_, i) => tryCode(wrongFor(code, i))))
    expect((await tryCode(code)).status).toBe(404)
    expect(await refusal(guest(app, 'Late').join(code))).toBe('join/unknown-code')
  })

  it('[ME60] of a hundred that come at once only ten are looked at, and a new server counts on from there', async () => {
    const store = await openTestStore()
    const db: Connection = await connect(store.uri)
    let looked = 0
    const tries = createCodeTries({ db, clock: () => now })
    const guess = (i: number) =>
      tries.look(`ABCD${i}`, async () => {
        looked += 1
        return looked > 10 ? 'in' : null
      })
    const found = await Promise.all(Array.from({ length: 100 }, (_, i) => guess(i)))
    expect(found.every((one) => one === null)).toBe(true)
    db.deleteModel('CodeTries')
    const again = createCodeTries({ db, clock: () => now })
    expect(await again.look('ABCDEFGH', async () => 'in')).toBeNull()
    expect(await again.look('WXYZEFGH', async () => 'in')).toBe('in')
    await db.close()
    await store.close()
  })

  it('[ME61] are told to who leads, who makes a new code in one tap; those inside notice nothing', async () => {
    const { code, meetingId } = await openDoor()
    const dana = await admitted(wren, 'Dana')
    const waiting = guest(app, 'Rosa')
    await waiting.join(code)
    const lead = await wren.enter()
    const page = await dana.enter()
    for (let i = 0; i < 10; i += 1) await tryCode(wrongFor(code, i))
    const shut = { open: false, code: null, url: null, shut: 'guessed' }
    expect((await lead.until('joining:changed')).joining).toEqual(shut)
    expect((await wren.read()).joining).toEqual(shut)
    expect((await dana.read()).me.state).toBe('admitted')
    expect((await dana.request('GET', `/j/${code}`)).headers.get('location')).toBe(`/j/${code}/waiting`)
    expect((await waiting.request('GET', `/j/${code}/waiting`)).status).toBe(200)
    expect((await waiting.join(code, { name: 'Rosa Alder' })).state).toBe('waiting')
    const { joining } = { joining: await setJoining(meetingId, { open: true }) }
    expect(joining).toMatchObject({ open: true, shut: null })
    expect(joining.code!.slice(0, 4)).not.toBe(code.slice(0, 4))
    expect((await tryCode(bare(joining.code!))).status).toBe(200)
    expect((await tryCode(code)).status).toBe(404)
    expect(page.heard.filter(({ event }) => event !== 'people:changed')).toEqual([])
    lead.close()
    page.close()
  })

  it('[ME61] at a half that no meeting has shut nothing, and a code made later is none of those', async () => {
    await Promise.all(Array.from({ length: 12 }, () => tryCode('22223333')))
    const { code } = await openDoor()
    expect(code.startsWith('2222')).toBe(false)
    expect((await tryCode(code)).status).toBe(200)
  })
})

describe('a code', () => {
  it('[ME62] ends twelve hours after the meeting began, or after it was made; then the next is one tap away', async () => {
    const before = now
    const { code, meetingId } = await openDoor()
    now = new Date(Date.parse('2027-03-02T18:00:00Z') + 12 * HOUR_MS - 1)
    expect((await tryCode(code)).status).toBe(200)
    now = new Date(now.getTime() + 1)
    expect((await tryCode(code)).status).toBe(404)
    await wren.signIn()
    wren.meetingId = meetingId
    expect((await wren.read()).joining).toMatchObject({ open: false, shut: 'old' })
    const renewed = bare((await setJoining(meetingId, { open: true })).code!)
    expect(renewed).not.toBe(code)
    now = new Date(now.getTime() + 12 * HOUR_MS - 1)
    expect((await tryCode(renewed)).status).toBe(200)
    now = new Date(now.getTime() + 1)
    expect((await tryCode(renewed)).status).toBe(404)
    now = before
    await wren.signIn()
  })

  it('[ME62] of a meeting made before codes had an end opens as before', async () => {
    const { meetingId, code } = await openDoor()
    await app.app.parts.db.collection('meetings').updateOne({ joinCode: code }, { $unset: { codeUntil: '' } })
    expect((await tryCode(code)).status).toBe(200)
    expect(meetingId).toBeTruthy()
  })
})

/** The middle of many. */
function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2
}

describe('codes that open nothing', () => {
  const TRIES = 500

  it('[ME63] look the same and take the same time, whatever the reason: medians of 500 within 10 %', async () => {
    const [ended, closed, guessed, old] = [await openDoor(), await openDoor(), await openDoor(), await openDoor()]
    await wren.call('setPhase', { params: { meetingId: ended.meetingId }, body: { phase: 'ended' } })
    await setJoining(closed.meetingId, { open: false })
    const renewed = (await setJoining(old.meetingId, { open: true, newCode: true })).code
    expect(renewed).toBeTruthy()
    const kinds = {
      unknown: '33334444',
      ended: ended.code,
      closed: closed.code,
      guessed: guessed.code,
      wrong: wrongFor(guessed.code),
      replaced: old.code,
    }
    for (let i = 0; i < 10; i += 1) for (const code of Object.values(kinds)) await tryCode(wrongFor(code, i))
    const seen = new Set<string>()
    async function time(code: string): Promise<number> {
      const started = performance.now()
      const answer = await tryCode(code)
      const body = await answer.text()
      const took = performance.now() - started
      const headers = [...answer.headers].filter(([key]) => key !== 'date')
      seen.add(JSON.stringify([answer.status, headers, body]))
      return took
    }
    for (const code of Object.values(kinds)) await time(code)
    const times: Record<'unknown' | 'ended', number[]> = { unknown: [], ended: [] }
    for (let i = 0; i < TRIES; i += 1) {
      // Another order each round: who comes after whom is no kind's lot.
      const order = i % 2 ? (['unknown', 'ended'] as const) : (['ended', 'unknown'] as const)
      for (const kind of order) times[kind].push(await time(kinds[kind]))
    }
    expect([...seen]).toHaveLength(1)
    expect([...seen][0]).not.toContain('set-cookie')
    const [unknown, gone] = [median(times.unknown), median(times.ended)]
    expect(Math.max(unknown, gone) / Math.min(unknown, gone), `${unknown} ms, ${gone} ms`).toBeLessThan(1.1)
  }, 120_000)
})
