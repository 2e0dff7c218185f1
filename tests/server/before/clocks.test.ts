import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { NO_FACTS, type RuleFacts } from '../../../shared/ruleClocks'
import { admitted, guest, refusal, type Someone, staff } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

const ZONE = 'America/Los_Angeles'
const REMOVAL: RuleFacts = { ...NO_FACTS, why: 'removal', event: '2027-03-05T14:00' }

describe('by when a meeting has to be held', () => {
  let app: TestApp
  let wren: Someone
  let familyId: string
  const params = () => ({ meetingId: wren.meetingId })
  const clockOf = (who: Someone, meetingId = wren.meetingId) => who.call('readClock', { params: { meetingId } })
  const say = (who: Someone, body: RuleFacts) => who.call('setClock', { params: params(), body })

  beforeAll(async () => {
    app = await startTestApp()
    wren = await staff(app, 'Wren')
  })
  afterAll(() => app.close())
  beforeEach(async () => {
    familyId = (await wren.createFamily()).id
    await wren.createMeeting({ familyId, kind: 'tdm', timeZone: ZONE })
  })

  test('[BE1] is told to everybody who was let in, and to nobody who waits at the door or was taken out', async () => {
    const dana = await admitted(wren, 'Dana')
    expect(await clockOf(dana)).toEqual({ facts: null, holdBy: null, renewal: null })
    const { joining } = await wren.read()
    const walter = guest(app, 'Walter')
    await walter.join(joining!.code!)
    expect(await refusal(clockOf(walter))).toBe('access/waiting')
    await wren.remove(dana)
    expect(await refusal(clockOf(dana))).toBe('access/removed')
    expect(await refusal(clockOf(await staff(app, 'Ames')))).toBe('meeting/not-found')
  })

  test('[BE6] follows from why it is held, which who leads says, and everybody is told at once', async () => {
    const dana = await admitted(wren, 'Dana')
    const page = await dana.enter()
    expect((await say(wren, REMOVAL)).facts).toEqual(REMOVAL)
    await page.until('before:changed', ({ of }) => of === 'clock')
    page.close()
    const { facts, holdBy } = await clockOf(dana)
    expect(holdBy).toMatchObject({ why: 'removal', day: '2027-03-05', hour: '14:00', rule: 'before' })
    // Why, hearings and whose law holds are for who leads.
    expect(facts).toBeNull()
    expect(await refusal(say(dana, NO_FACTS))).toBe('access/denied')
    await wren.setPhase('ended')
    expect(await refusal(say(wren, NO_FACTS))).toBe('meeting/ended')
    expect((await clockOf(dana)).holdBy).toEqual(holdBy)
  })

  test('[BE6] is what the last of two facilitators said', async () => {
    const nye = await staff(app, 'Nye')
    await nye.join((await wren.read()).joining!.code!, { role: 'observer' })
    await wren.admit(nye, 'facilitator')
    const own = { ...REMOVAL, event: '2027-03-08' }
    await Promise.all([say(wren, REMOVAL), say(nye, own)])
    await say(nye, own)
    expect([(await clockOf(wren)).facts, (await clockOf(nye)).facts]).toEqual([own, own])
  })

  test('[BE6] lies in the database unreadable', async () => {
    await say(wren, { ...REMOVAL, hearing: '2027-03-09' })
    const rows = await app.app.parts.db.collection('ruleFacts').find({ meetingId: wren.meetingId }).toArray()
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toMatch(/removal|2027-03-0/)
  })

  test('[BE7] is said as the meeting is opened, by the rules that hold here', async () => {
    expect((await wren.call('readRuleClocks')).renewals).toMatchObject({ wraparound: 60 })
    await wren.createMeeting({ familyId, timeZone: ZONE, facts: REMOVAL })
    expect((await clockOf(wren)).holdBy).toMatchObject({ day: '2027-03-05', hour: '14:00' })
  })

  test('[BE8] of a plan that was sealed before is 60 days later; who was not there does not learn of it', async () => {
    await wren.createMeeting({ familyId, kind: 'wraparound', timeZone: ZONE, startsAt: '2027-02-09T23:30:00Z' })
    const dana = await admitted(wren, 'Dana')
    await wren.call('makeVersion', { params: params(), body: { kind: 'sealed', label: 'Sealed', basedOn: 0 } })
    const sealedOn = (await wren.read()).meeting.sealed!.at
    const { joinCode } = await wren.createMeeting({
      familyId,
      kind: 'wraparound',
      timeZone: ZONE,
      startsAt: '2027-05-04T22:30:00Z',
    })
    await dana.join(joinCode)
    await wren.admit(dana)
    const tomas = await admitted(wren, 'Tomás')
    const { renewal } = await clockOf(wren)
    expect(renewal).toMatchObject({ rule: 'renewal', count: 60 })
    expect(Date.parse(renewal!.day) - Date.parse(sealedOn)).toBeGreaterThan(58 * 86_400_000)
    expect((await clockOf(dana)).renewal).toEqual(renewal)
    expect(await clockOf(tomas)).toEqual({ facts: null, holdBy: null, renewal: null })
  })
})
