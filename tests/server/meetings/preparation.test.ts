import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addItem } from '../../../shared/plan'
import { openPage } from '../../support/openPage'
import { admitted, guest, refusal, type Someone, staff } from '../../support/people'
import { signedRelease } from '../../support/signedRelease'
import { startTestApp, type TestApp } from '../../support/startTestApp'

const PREP = { section: 'prep', subject: null } as const

describe('before the meeting, and beside the plan', () => {
  let app: TestApp
  let wren: Someone
  let quill: Someone
  let dana: Someone
  // Evening in Los Angeles, the next day in Greenwich already.
  const EVENING = Date.parse('2027-03-02T02:00:00Z')
  let now = EVENING
  beforeAll(async () => {
    app = await startTestApp({ clock: () => new Date(now) })
    wren = await staff(app, 'Wren')
    quill = await staff(app, 'Quill', { duty: 'agency', agency: 'child-welfare' })
  })
  beforeEach(async () => {
    now = EVENING
    await Promise.all([wren.signIn(), quill.signIn()])
    const { joinCode } = await wren.createMeeting({ timeZone: 'America/Los_Angeles' })
    await quill.join(joinCode, { role: 'agency' })
    await wren.admit(quill, 'agency')
    dana = await admitted(wren, 'Dana')
  })
  afterAll(() => app.close())

  async function prepare(someone: Someone, words: string): Promise<void> {
    const page = await openPage(someone, PREP)
    addItem(page.doc, 'ideas', `idea${words.padEnd(12, '0').slice(0, 12)}`, { order: 'a0', removed: false }, { words })
    await page.untilSaved()
    page.close()
  }

  it('[FT16] everybody in the meeting learns who prepared it and on which day, and none of their words', async () => {
    const read = (someone: Someone) => someone.call('readPreparation', { params: { meetingId: wren.meetingId } })
    expect(await read(dana)).toEqual({ preparation: [] })
    await prepare(quill, 'facts')
    await prepare(wren, 'roles')
    now = EVENING + 7 * 3_600_000
    await quill.signIn()
    await prepare(quill, 'more')
    const preparation = [
      { day: '2027-03-01', names: ['Quill', 'Wren'] },
      { day: '2027-03-02', names: ['Quill'] },
    ]
    for (const someone of [dana, quill]) expect(await read(someone)).toEqual({ preparation })
    expect(await refusal(read(guest(app, 'Nobody')))).toBe('session/missing')
    const { documents } = await dana.call('openLive', { params: { meetingId: wren.meetingId } })
    expect(documents.map(({ section }) => section)).toEqual(['plan', 'family'])
  })

  it('[FT17] a page hears when a permission opens a part to it and when it ends; a page it does not name hears nothing', async () => {
    const [danas, quills, wrens] = [await dana.enter(), await quill.enter(), await wren.enter()]
    const { revoke } = await signedRelease(dana, {
      section: 'health',
      recipients: ['child-welfare'],
      at: new Date(now),
    })
    await Promise.all([danas.until('parts:changed'), quills.until('parts:changed')])
    const sections = async () => {
      const { documents } = await quill.call('openLive', { params: { meetingId: wren.meetingId } })
      return documents.map(({ section }) => section)
    }
    expect(await sections()).toEqual(['plan', 'prep', 'health'])
    quills.heard.length = 0
    await revoke()
    await quills.until('parts:changed')
    expect(await sections()).toEqual(['plan', 'prep'])
    expect(wrens.heard.map(({ event }) => event)).not.toContain('parts:changed')
    for (const page of [danas, quills, wrens]) page.close()
  })
})
