import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { admitted, refusal, Someone, staff } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

describe('the end of a meeting', () => {
  let app: TestApp
  let wren: Someone
  let familyId: string
  const params = () => ({ meetingId: wren.meetingId })

  beforeAll(async () => {
    app = await startTestApp()
    wren = await staff(app, 'Wren')
  })
  afterAll(() => app.close())
  beforeEach(async () => {
    familyId = (await wren.createFamily()).id
    await wren.createMeeting({ familyId, timeZone: 'America/Los_Angeles' })
  })

  test('[RP6] who was at an earlier meeting of the family is known to be the same, and nobody else', async () => {
    const dana = await admitted(wren, 'Dana')
    const rosa = await admitted(wren, 'Rosa')
    const [earlier, others] = [dana.participantId, rosa.participantId]
    const led = wren.participantId
    const { joinCode } = await wren.createMeeting({ familyId })
    await dana.join(joinCode)
    await wren.admit(dana)
    expect((await dana.read()).ids.sort()).toEqual([earlier, dana.participantId].sort())
    expect((await dana.read()).ids).not.toContain(others)
    expect((await wren.read()).ids.sort()).toEqual([led, wren.participantId].sort())
    const elsewhere = new Someone(app, 'Dana')
    await elsewhere.join(joinCode)
    await wren.admit(elsewhere)
    expect((await elsewhere.read()).ids).toEqual([elsewhere.participantId])
  })

  test('[RP8] one says how one takes part, or who leads does; a version keeps it', async () => {
    const dana = await admitted(wren, 'Dana')
    const rosa = await admitted(wren, 'Rosa')
    const attend = (who: Someone, of: Someone, attendance: 'room' | 'phone' | 'video') =>
      who.call('attend', { params: { ...params(), participantId: of.participantId }, body: { attendance } })
    await attend(dana, dana, 'phone')
    expect(await refusal(attend(dana, rosa, 'video'))).toBe('access/denied')
    await attend(wren, rosa, 'video')
    expect((await dana.people()).map(({ attendance }) => attendance)).toEqual([null, 'phone', 'video'])
    const body = { kind: 'sealed', label: 'Sealed', basedOn: 0 } as const
    const { id: versionId } = await wren.call('makeVersion', { params: params(), body })
    const { people } = await dana.call('readVersion', { params: { versionId } })
    expect(people.map(({ attendance }) => attendance)).toEqual([null, 'phone', 'video'])
  })

  test('[RP7] who leads says when the family meets next, in the hour of the room, and everybody is told', async () => {
    const dana = await admitted(wren, 'Dana')
    const page = await dana.enter()
    const say = (who: Someone, at: string | null) => who.call('setNext', { params: params(), body: { at } })
    await say(wren, '2027-04-13T10:00')
    const nextAt = '2027-04-13T17:00:00.000Z'
    expect((await page.until('meeting:changed', ({ meeting }) => meeting.nextAt !== null)).meeting.nextAt).toBe(nextAt)
    expect(await refusal(say(dana, null))).toBe('access/denied')
    expect(await refusal(say(wren, '2027-02-30T10:00'))).toBe('request/invalid')
    expect((await say(wren, null)).nextAt).toBeNull()
    page.close()
  })
})
