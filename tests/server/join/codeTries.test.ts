import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Connection } from 'mongoose'
import { createCodeTries } from '../../../server/meetings/codeTries'
import { connect } from '../../../server/connect'
import { bare, Guessing, wrongFor } from '../../support/guessing'
import { admitted, guest, refusal, staff, type Someone } from '../../support/people'
import { openTestStore, startTestApp, type TestApp } from '../../support/startTestApp'

const HOUR_MS = 60 * 60_000

let app: TestApp
let wren: Someone
let now: Date
let guessing: Guessing

beforeAll(async () => {
  // Behind a proxy every try can come from an address of its own.
  now = new Date('2027-03-02T17:00:00Z')
  app = await startTestApp({ config: { trustProxy: 1 }, clock: () => now })
  wren = await staff(app, 'Wren')
  guessing = new Guessing(app, wren)
})
afterAll(() => app.close())

const tryCode = (code: string) => guessing.tryCode(code)
const openDoor = () => guessing.openDoor()
const setJoining: Guessing['setJoining'] = (...words) => guessing.setJoining(...words)

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

/** Five hundred, within 10 %, are in the long tests; here what differs must differ by a whole question to the store. */
const [TRIES, APART] = [60, 1.4]

describe('codes that open nothing', () => {
  it('[ME63] look the same and take about the same time, whatever the reason', async () => {
    const { answers, medians } = await guessing.timeDeadCodes(TRIES)
    expect(answers).toHaveLength(1)
    expect(answers[0]).not.toContain('set-cookie')
    expect(Math.max(...medians) / Math.min(...medians), `${medians.join(' ms, ')} ms`).toBeLessThan(APART)
  })
})
