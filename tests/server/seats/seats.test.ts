import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addItem, choose } from '../../../shared/plan'
import { admitted, refusal, type Someone, staff } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

const LA = 'America/Los_Angeles'
/** A Tuesday. */
const STARTS = '2027-03-02T10:00:00-08:00'
const GOAL = 'g'.repeat(16)
const STEP = 'a'.repeat(16)

describe('seats', () => {
  let app: TestApp
  let now = new Date('2027-02-26T12:00:00-08:00')
  let wren: Someone
  let marsh: Someone
  let familyId: string
  const params = () => ({ meetingId: wren.meetingId })
  const view = (someone: Someone) => someone.call('readSeats', { params: params() })
  const missing = async () => (await view(wren)).missing.map(({ agency }) => agency)
  const line = (more: object = {}) =>
    wren.call('addOnCall', {
      body: {
        agency: 'calworks',
        name: 'Marsh',
        phone: '555-0107',
        email: 'marsh@example.org',
        days: ['tu'],
        starts: '08:00',
        ends: '17:00',
        timeZone: LA,
        ...more,
      },
    })
  const fill = (someone: Someone, onCallId: string) => someone.call('fillSeat', { params: { ...params(), onCallId } })

  beforeAll(async () => {
    app = await startTestApp({ clock: () => now })
    wren = await staff(app, 'Wren')
    marsh = await staff(app, 'Marsh', { duty: 'agency', agency: 'calworks' })
  })
  afterAll(() => app.close())
  beforeEach(async () => {
    now = new Date('2027-02-26T12:00:00-08:00')
    await wren.signIn()
    await marsh.signIn()
    for (const { id } of (await wren.call('listOnCall')).onCall)
      await wren.call('removeOnCall', { params: { onCallId: id } })
    familyId = (await wren.createFamily()).id
    await wren.createMeeting({ familyId, kind: 'tdm', startsAt: STARTS, timeZone: LA })
  })

  test('[BE47] who leads sees for which agencies nobody comes: those of the kind of meeting, of the family’s team and of the plan', async () => {
    expect(await missing()).toEqual(['child-welfare', 'calworks'])
    await staff(app, `Lund ${familyId}`, { duty: 'agency', agency: 'school', email: `lund.${familyId}@example.org` })
    await wren.call('addToTeam', { params: { familyId }, body: { email: `lund.${familyId}@example.org` } })
    await app.app.parts.livePlans.edit(wren.meetingId, wren.participantId, (doc) => {
      const placed = { order: 'a0', removed: false }
      addItem(doc, 'goals', GOAL, placed, { words: 'A safe home' })
      const promise = { ...placed, goal: GOAL, column: 'housing' as const, who: '', whoId: null, due: null }
      addItem(doc, 'actions', STEP, promise, { words: 'Voucher' })
    })
    expect((await view(wren)).missing.map(({ agency, why }) => [agency, why])).toEqual([
      ['child-welfare', ['kind']],
      ['calworks', ['kind']],
      ['school', ['team']],
      ['housing', ['plan']],
    ])
    await admitted(wren, 'Quill', 'agency')
    expect(await missing()).not.toContain('school')
    await app.app.parts.livePlans.edit(wren.meetingId, wren.participantId, (doc) =>
      choose(doc, 'actions', STEP, { state: 'done', closedOn: '2027-03-02' }),
    )
    expect(await missing()).not.toContain('housing')
    const dana = await admitted(wren, 'Dana')
    expect(await refusal(view(dana))).toBe('access/denied')
    await wren.setPhase('private')
    expect(await refusal(view(wren))).toBe('meeting/private')
  })

  test('[BE48] with it stands who is on call then: at the beginning of the meeting, and once it goes on, now', async () => {
    await line()
    await line({ name: 'Reyes', email: null, days: ['mo', 'fr'] })
    const [, calworks] = (await view(wren)).missing
    expect(calworks!.onCall.map(({ name, now: on, account }) => [name, on, account])).toEqual([
      ['Marsh', true, true],
      ['Reyes', false, false],
    ])
    expect((await view(wren)).at).toBe(new Date(STARTS).toISOString())
    now = new Date('2027-03-02T17:30:00-08:00')
    await wren.signIn()
    const later = await view(wren)
    expect(later.at).toBe(now.toISOString())
    expect(later.missing[1]!.onCall.map((one) => one.now)).toEqual([false, false])
  })

  test('[BE49] one press lets in who is on call, with their account, as their agency; the seat is empty until they come, and it is recorded', async () => {
    const { id } = await line()
    const first = await fill(wren, id)
    expect(first.missing[1]).toMatchObject({ agency: 'calworks', asked: [{ name: 'Marsh' }] })
    await fill(wren, id)
    expect((await wren.people()).filter(({ name }) => name === 'Marsh')).toMatchObject([
      { role: 'agency', agency: 'calworks', state: 'admitted' },
    ])
    const { meetings } = await marsh.call('listMeetings')
    expect(meetings.find((one) => one.id === wren.meetingId)).toMatchObject({ role: 'agency', state: 'admitted' })
    const page = await marsh.enter('participant', wren.meetingId)
    expect(await missing()).toEqual(['child-welfare'])
    page.close()
    const dana = await admitted(wren, 'Dana')
    await app.app.parts.record.settled()
    const { lines } = await dana.call('readRecord', { params: params() })
    expect(lines.filter(({ what }) => what === 'seat-asked')).toMatchObject([
      { who: 'Wren', whom: 'Marsh' },
      { who: 'Wren', whom: 'Marsh' },
    ])
  })

  test('[BE50] nobody is let in by a line of the list who has no open account of that agency, or is something else inside', async () => {
    await staff(app, 'Nye')
    const wrong = [
      { email: null },
      { email: 'nobody@example.org' },
      { agency: 'school' as const },
      { email: 'nye@example.org' },
    ]
    for (const words of wrong) {
      const { id } = await line(words)
      expect(await refusal(fill(wren, id)), JSON.stringify(words)).toBe('roster/no-account')
    }
    expect(await refusal(fill(wren, 'f'.repeat(24)))).toBe('roster/not-found')
    const { id } = await line()
    expect(await refusal(fill(await admitted(wren, 'Dana'), id))).toBe('access/denied')
    await marsh.join((await wren.read()).joining!.code!, { role: 'observer' })
    await wren.admit(marsh, 'observer')
    await fill(wren, id)
    expect((await wren.people()).find(({ name }) => name === 'Marsh')).toMatchObject({ role: 'observer' })
    await wren.setPhase('ended')
    expect(await refusal(fill(wren, id))).toBe('meeting/ended')
  })
})
