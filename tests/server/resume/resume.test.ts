import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addItem } from '../../../shared/plan'
import { admitted, guest, refusal, staff, type Someone } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

let app: TestApp
let wren: Someone
let dana: Someone
let familyId: string

beforeAll(async () => {
  app = await startTestApp()
  wren = await staff(app, 'Wren')
  familyId = (await wren.createFamily()).id
  await wren.createMeeting({ familyId, title: 'First', startsAt: '2027-03-02T18:00:00Z' })
  dana = await admitted(wren, 'Dana')
  await say('bedtime000000000', 'Kept bedtime')
  await seal()
})
afterAll(() => app.close())

const say = (id: string, words: string) =>
  app.app.parts.livePlans.edit(wren.meetingId, wren.participantId, (doc) =>
    addItem(doc, 'strengths', id, { order: 'a0', removed: false, who: 'Dana', day: null }, { words }),
  )
const seal = () =>
  wren.call('makeVersion', {
    params: { meetingId: wren.meetingId },
    body: { kind: 'sealed', label: 'Sealed', basedOn: 0 },
  })
const read = async (who: Someone) =>
  (await who.call('readResume', { params: { meetingId: who.meetingId } })).entries.map(
    ({ words, meeting }) => `${words} (${meeting.title})`,
  )

describe('the strengths résumé', () => {
  it('[LG14] is behind the link of one’s own, to read without scripts', async () => {
    const params = { meetingId: wren.meetingId, participantId: dana.participantId }
    const { url, code } = await wren.call('makeLink', { params, body: { email: null } })
    const phone = guest(app, 'Dana at home')
    const form = new URLSearchParams({ link: url.split('#')[1]!, code: code! }).toString()
    await phone.request('POST', '/f/open', form, { 'content-type': 'application/x-www-form-urlencoded' })
    expect(await (await phone.request('GET', '/f/plans')).text()).toContain('href="/f/resume?lang=en"')
    const page = await (await phone.request('GET', '/f/resume')).text()
    expect(page).toContain('Kept bedtime')
    expect(page).toContain('told at “First”')
    expect((await guest(app, 'Mallory').request('GET', '/f/resume')).headers.get('location')).toBe('/f')
  })

  it('[LG12] has what was told in the meetings its reader is in, and nothing else', async () => {
    expect(await read(dana)).toEqual(['Kept bedtime (First)'])
    await wren.createMeeting({ familyId, title: 'Second', startsAt: '2027-04-13T18:00:00Z', carryOver: false })
    await say('keys000000000000', 'Got the keys')
    expect(await read(wren)).toEqual(['Kept bedtime (First)', 'Got the keys (Second)'])
    // Dana was not let into the second meeting, Rosa not into the first.
    expect(await read(dana)).toEqual(['Kept bedtime (First)'])
    expect(await read(await admitted(wren, 'Rosa', 'support'))).toEqual(['Got the keys (Second)'])
    const stranger = await staff(app, 'Ames')
    stranger.meetingId = wren.meetingId
    expect(await refusal(read(stranger))).toBe('meeting/not-found')
  })

  it('[LG13] is closed to professionals while the family is by itself', async () => {
    const setPhase = (phase: 'private' | 'open') =>
      wren.call('setPhase', { params: { meetingId: wren.meetingId }, body: { phase } })
    await setPhase('private')
    expect(await refusal(read(wren))).toBe('meeting/private')
    // Nor by way of the meeting before.
    const entries = (await wren.call('readResume', { params: { meetingId: dana.meetingId } })).entries
    expect(entries.map(({ words }) => words)).toEqual(['Kept bedtime'])
    await setPhase('open')
  })
})
