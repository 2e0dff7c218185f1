import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { admitted, guest, refusal, type Someone, staff } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

const FIRST = '2027-03-02T18:00:00.000Z'

describe('when a meeting is', () => {
  let app: TestApp
  let wren: Someone
  let dana: Someone
  const params = () => ({ meetingId: wren.meetingId })
  const put = (who: Someone, to: string, from = FIRST) => who.call('setTime', { params: params(), body: { from, to } })
  const calendar = async (who: Someone) => {
    const answer = await who.request('get', `/api/meetings/${wren.meetingId}/calendar`)
    expect(answer.headers.get('content-type')).toContain('text/calendar')
    return (await answer.text()).replace(/\r\n /g, '').split('\r\n')
  }
  const lineOf = (lines: string[], name: string) => lines.find((line) => line.startsWith(`${name}:`))

  beforeAll(async () => {
    app = await startTestApp()
    wren = await staff(app, 'Wren')
  })
  afterAll(() => app.close())
  beforeEach(async () => {
    await wren.createMeeting({ timeZone: 'America/Los_Angeles', startsAt: FIRST, title: 'Can Miles stay?' })
    dana = await admitted(wren, 'Dana')
  })

  test('[BE9] who leads puts it to another time, on the clock of its room, and every page is told', async () => {
    const page = await dana.enter()
    expect((await put(wren, '2027-03-15T10:00')).startsAt).toBe('2027-03-15T17:00:00.000Z')
    await page.until('meeting:changed', ({ meeting }) => meeting.startsAt === '2027-03-15T17:00:00.000Z')
    page.close()
    expect(await refusal(put(dana, '2027-03-16T10:00'))).toBe('access/denied')
    const { lines } = await dana.call('readRecord', { params: params() })
    expect(lines[0]).toMatchObject({ what: 'time-changed', who: 'Wren' })
    await wren.setPhase('ended')
    expect(await refusal(put(wren, '2027-03-16T10:00', '2027-03-15T17:00:00Z'))).toBe('meeting/ended')
  })

  test('[BE9] of two who change it at once one is told that the other was faster', async () => {
    const answers = await Promise.allSettled([put(wren, '2027-03-15T10:00'), put(wren, '2027-03-16T10:00')])
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await refusal(put(wren, '2027-03-17T10:00'))).toBe('meeting/time-changed')
  })

  test('[BE9] an hour that the clock leaves out, and a day that is in no calendar, are refused', async () => {
    for (const to of ['2027-03-14T02:30', '2027-02-30T10:00', '2027-03-05T25:00'])
      expect(await refusal(put(wren, to)), to).toBe('request/invalid')
    expect((await put(wren, '2027-03-14T03:30')).startsAt).toBe('2027-03-14T10:30:00.000Z')
  })

  test('[BE9] the code opens the door at the new time too', async () => {
    await put(wren, '2099-03-15T10:00')
    const rosa = guest(app, 'Rosa')
    expect((await rosa.join((await wren.read()).joining!.code!)).state).toBe('waiting')
  })

  test('[BE10] everybody takes it into their own calendar; put to another time, it is the same entry', async () => {
    const before = await calendar(dana)
    expect([lineOf(before, 'DTSTART'), lineOf(before, 'SEQUENCE')]).toEqual(['DTSTART:20270302T180000Z', 'SEQUENCE:0'])
    expect(lineOf(before, 'DTEND')! > lineOf(before, 'DTSTART')!.replace('START', 'END')).toBe(true)
    await put(wren, '2027-03-15T10:00')
    const after = await calendar(wren)
    expect([lineOf(after, 'DTSTART'), lineOf(after, 'SEQUENCE')]).toEqual(['DTSTART:20270315T170000Z', 'SEQUENCE:1'])
    expect(lineOf(after, 'UID')).toBe(lineOf(before, 'UID'))
  })

  test('[BE10] the entry names nobody and not what it is about; who is not let in gets none', async () => {
    const lines = await calendar(dana)
    expect(lineOf(lines, 'SUMMARY')).toBe('SUMMARY:Meeting')
    expect(lines.join(' ')).not.toMatch(/Miles|Dana|Wren|stay|family|OurPlan|welfare/i)
    const walter = guest(app, 'Walter')
    await walter.join((await wren.read()).joining!.code!)
    expect((await walter.request('get', `/api/meetings/${wren.meetingId}/calendar`)).status).toBe(403)
    await wren.remove(dana)
    expect((await dana.request('get', `/api/meetings/${wren.meetingId}/calendar`)).status).toBe(403)
  })
})
