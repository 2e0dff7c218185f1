import { Types } from 'mongoose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOpenMeeting } from '../../../server/meetings/openMeeting'
import { createSessions } from '../../../server/access/sessions'
import { emptyPlan } from '../../../shared/plan'
import { admitted, guest, refusal, type Someone, staff } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

describe('meetings', () => {
  let app: TestApp
  let wren: Someone
  let familyId: string
  beforeAll(async () => {
    app = await startTestApp()
    wren = await staff(app, 'Wren Castellano')
    familyId = (await wren.createFamily()).id
  })
  afterAll(() => app.close())

  it('[ME1] who opens a meeting leads it, and its plan is there with the question', async () => {
    const question = 'Can Miles stay at home?'
    const meeting = await wren.createMeeting({ familyId, question, timeZone: 'America/Los_Angeles' })
    expect(meeting).toMatchObject({
      familyId,
      familyName: 'Miles’s family',
      leadName: 'Wren',
      nextAt: null,
      phase: 'open',
      timeZone: 'America/Los_Angeles',
      startsAt: '2027-03-02T18:00:00.000Z',
    })
    expect(meeting.joinUrl).toBe(`${app.url}/j/${meeting.joinCode.replace('-', '')}`)
    expect(await wren.read()).toMatchObject({
      meeting: { id: meeting.id },
      me: { name: 'Wren Castellano', role: 'facilitator', state: 'admitted' },
      joining: { open: true, code: meeting.joinCode },
    })
    const params = { meetingId: meeting.id }
    expect(await wren.call('readPlan', { params })).toEqual({ ...emptyPlan(), question })
    const { documents } = await wren.call('openLive', { params })
    expect(documents[0]).toMatchObject({ section: 'plan', path: `/live/${meeting.id}/plan/1`, canEdit: true })
  })

  it('[ME1] a zone or a time that does not exist opens no meeting', async () => {
    expect(await refusal(wren.createMeeting({ familyId, timeZone: 'Mars/Olympus' }))).toBe('request/invalid')
    expect(await refusal(wren.createMeeting({ familyId, startsAt: 'tomorrow' }))).toBe('request/invalid')
    expect(await refusal(wren.createMeeting({ familyId, startsAt: '2027-02-30T10:00:00Z' }))).toBe('request/invalid')
  })

  it('[ME11] a start that is cut off leaves no meeting that cannot be opened', async () => {
    const { parts } = app.app
    const { session } = await createSessions(parts).start({ kind: 'staff', staffId: wren.person!.id })
    const words = { familyId, kind: 'cft', title: 'Cut off', startsAt: '2027-03-02T18:00:00Z' } as const
    const cutOff = async () => {
      throw new Error('the store went away')
    }
    const before = (await wren.call('listMeetings')).meetings
    for (const needs of [
      { ...parts, meetings: { ...parts.meetings, insert: cutOff } },
      { ...parts, livePlans: Object.assign(Object.create(parts.livePlans), { birth: cutOff }) },
    ]) {
      await expect(createOpenMeeting(needs)(words, wren.person!, session)).rejects.toThrow('the store went away')
    }
    expect((await wren.call('listMeetings')).meetings).toEqual(before)
    expect(await parts.db.collection('meetings').countDocuments({ title: 'Cut off' })).toBe(0)
  })

  it('[ME12] ending keeps a version and the plan to read, closes the door, and can be taken back', async () => {
    const { joinCode } = await wren.createMeeting({ familyId, question: 'What now?' })
    const dana = await admitted(wren, 'Dana')
    const params = { meetingId: wren.meetingId }
    const page = await dana.enter()
    expect((await wren.setPhase('ended')).phase).toBe('ended')
    expect((await page.until('meeting:changed')).meeting.phase).toBe('ended')
    expect((await dana.call('listVersions', { params })).versions).toMatchObject([
      { number: 1, reason: 'meeting-ended' },
    ])
    expect((await dana.call('readPlan', { params })).question).toBe('What now?')
    expect((await dana.call('openLive', { params })).documents[0]!.canEdit).toBe(false)
    expect(await refusal(guest(app, 'Late').join(joinCode))).toBe('join/unknown-code')
    expect((await wren.read()).joining).toEqual({ open: false, code: null, url: null, shut: 'closed' })
    await wren.setPhase('open')
    await page.until('meeting:changed', ({ meeting }) => meeting.phase === 'open')
    expect((await dana.call('openLive', { params })).documents[0]!.canEdit).toBe(true)
    expect(await guest(app, 'Late').join(joinCode)).toMatchObject({ state: 'waiting' })
    page.close()
  })

  it('[ME12] asking for the phase that is there already is no mistake, and makes no second version', async () => {
    await wren.createMeeting({ familyId })
    expect((await wren.setPhase('open')).phase).toBe('open')
    await wren.setPhase('ended')
    expect((await wren.setPhase('ended')).phase).toBe('ended')
    const { versions } = await wren.call('listVersions', { params: { meetingId: wren.meetingId } })
    expect(versions).toHaveLength(1)
  })

  it('[ME1] every meeting has a code of its own', async () => {
    const { meetings } = app.app.parts
    const stored = await meetings.list({ familyId })
    expect(new Set(stored.map(({ joinCode }) => joinCode)).size).toBe(stored.length)
    const { _id, ...twin } = stored[0]!
    await expect(
      app.app.parts.db.collection('meetings').insertOne({ ...twin, _id: new Types.ObjectId() }),
    ).rejects.toMatchObject({ code: 11_000 })
    expect(_id).toBeInstanceOf(Types.ObjectId)
  })
})
