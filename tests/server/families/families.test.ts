import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { admitted, guest, refusal, staff } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

describe('families', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp()
  })
  afterAll(() => app.close())

  it('[AC17] Wren sees the families she works with, and Ames’s are not there for her', async () => {
    const [wren, ames] = [await staff(app, 'Wren'), await staff(app, 'Ames')]
    const mine = await wren.createFamily('Miles’s family')
    const theirs = await ames.createFamily('Rosa’s family')
    expect((await wren.call('listFamilies')).families).toEqual([mine])
    const params = { familyId: theirs.id }
    expect(await refusal(wren.call('readFamily', { params }))).toBe('family/not-found')
    expect(await refusal(wren.call('readFamily', { params: { familyId: 'f'.repeat(24) } }))).toBe('family/not-found')
    expect(await refusal(wren.createMeeting({ familyId: theirs.id }))).toBe('family/not-found')
  })

  it('[ME1] a family’s meetings are listed, latest first, with what the asker is in each', async () => {
    const wren = await staff(app, 'Wren Lists')
    const { id: familyId } = await wren.createFamily()
    const early = await wren.createMeeting({ familyId, title: 'First', startsAt: '2027-01-10T10:00:00-08:00' })
    const late = await wren.createMeeting({ familyId, title: 'Second', startsAt: '2027-02-10T10:00:00-08:00' })
    await wren.createMeeting({ title: 'Of others' })
    const { family, meetings } = await wren.call('readFamily', { params: { familyId } })
    expect(family.id).toBe(familyId)
    expect(meetings.map(({ id, role, state }) => [id, role, state])).toEqual([
      [late.id, 'facilitator', 'admitted'],
      [early.id, 'facilitator', 'admitted'],
    ])
    expect(meetings[1]!.startsAt).toBe('2027-01-10T18:00:00.000Z')
  })

  it('[AC1] agency people and families neither make nor list families', async () => {
    const quill = await staff(app, 'Quill', { duty: 'agency', agency: 'child-welfare' })
    expect(await refusal(quill.createFamily())).toBe('access/denied')
    expect(await refusal(quill.call('listFamilies'))).toBe('access/denied')
    expect(await refusal(quill.createMeeting({ familyId: 'f'.repeat(24) }))).toBe('access/denied')
    const wren = await staff(app, 'Wren Again')
    await wren.createMeeting()
    const dana = await admitted(wren, 'Dana')
    expect(await refusal(dana.createFamily())).toBe('session/missing')
    expect(await refusal(guest(app, 'Eve').call('listFamilies'))).toBe('session/missing')
  })

  it('[ME1] the meetings of a browser are those it is in, also without an account', async () => {
    const wren = await staff(app, 'Wren Home')
    const meeting = await wren.createMeeting()
    const dana = await admitted(wren, 'Dana')
    const { meetings } = await dana.call('listMeetings')
    expect(meetings.map(({ id, role, state }) => [id, role, state])).toEqual([[meeting.id, 'family', 'admitted']])
    await wren.remove(dana)
    expect((await dana.call('listMeetings')).meetings).toEqual([])
    expect(await refusal(guest(app, 'Eve').call('listMeetings'))).toBe('session/missing')
  })
})
