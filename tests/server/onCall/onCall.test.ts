import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OnCallWords } from '../../../shared/onCall'
import { refusal, type Someone, staff } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

const MARSH: OnCallWords = {
  agency: 'calworks',
  name: 'Marsh',
  phone: '555-0107',
  email: 'Marsh@Example.org',
  days: ['we', 'tu'],
  starts: '08:00',
  ends: '17:00',
  timeZone: 'America/Los_Angeles',
}

describe('who is on call', () => {
  let app: TestApp
  let wren: Someone
  let admin: Someone
  const list = async (someone: Someone) => (await someone.call('listOnCall')).onCall
  const add = (someone: Someone, words: Partial<OnCallWords> = {}) =>
    someone.call('addOnCall', { body: { ...MARSH, ...words } })

  beforeAll(async () => {
    app = await startTestApp()
    wren = await staff(app, 'Wren')
    admin = await staff(app, 'Ada', { duty: 'admin' })
  })
  afterAll(() => app.close())

  test('[BE44] facilitators and administrators keep the list, lines may overlap, and every change is recorded; nobody else sees it', async () => {
    const line = await add(wren)
    expect(line).toMatchObject({ name: 'Marsh', email: 'marsh@example.org', days: ['tu', 'we'] })
    const other = await add(admin, { name: 'Reyes', email: null })
    const params = { onCallId: line.id }
    await admin.call('changeOnCall', { params, body: { ...MARSH, starts: '07:30', phone: '' } })
    expect(await list(wren)).toMatchObject([{ name: 'Marsh', starts: '07:30', phone: '' }, { id: other.id }])
    const quill = await staff(app, 'Quill', { duty: 'agency', agency: 'child-welfare' })
    for (const ask of [() => list(quill), () => add(quill), () => quill.call('removeOnCall', { params })])
      expect(await refusal(ask())).toBe('access/denied')
    await wren.call('removeOnCall', { params })
    expect(await refusal(wren.call('removeOnCall', { params }))).toBe('roster/not-found')
    expect(await list(admin)).toMatchObject([{ name: 'Reyes' }])
    expect(await refusal(wren.call('changeOnCall', { params, body: MARSH }))).toBe('roster/not-found')
    await app.app.parts.record.settled()
    expect(await app.app.parts.record.holds('house', 'on-call-changed')).toBe(true)
  })

  test('[BE45] a line names hours of a clock there is, and a way to reach somebody', async () => {
    const wrong = [
      { phone: '', email: null },
      { timeZone: 'Mars/Olympus' },
      { starts: '24:00' },
      { ends: '9:00' },
      { days: [] },
      { email: 'nobody' },
    ]
    for (const words of wrong) expect(await refusal(add(wren, words)), JSON.stringify(words)).toBe('request/invalid')
  })
})
