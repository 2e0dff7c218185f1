import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeLongPlan } from '../../support/longPlan'
import { admitted, type Someone, staff } from '../../support/people'
import { SeededRandom } from '../../support/seededRandom'
import { SlowReader } from '../../support/slowReader'
import { startTestApp, type TestApp } from '../../support/startTestApp'

describe('an answer on its way', () => {
  let app: TestApp
  let wren: Someone
  let exported: string
  beforeAll(async () => {
    app = await startTestApp()
    wren = await staff(app, 'Wren')
    const { familyId } = await wren.createMeeting()
    await writeLongPlan(wren, new SeededRandom(5))
    const params = { meetingId: wren.meetingId }
    // Twice as long as what the sockets' buffers take (4 MB), which counts as sent and may still come.
    await wren.call('makeVersion', { params, body: { kind: 'sealed', label: 'Long', basedOn: 0 } })
    await wren.call('amend', { params, body: { reason: 'As long again' } })
    await wren.call('makeVersion', { params, body: { kind: 'sealed', label: 'Again', basedOn: 2 } })
    exported = `/api/families/${familyId}/versions/export`
  })
  afterAll(() => app.close())

  it('[AC61] ends where it is when its reader is taken out of the meeting', async () => {
    const dana = await admitted(wren, 'Dana')
    const reader = await SlowReader.ask(dana, exported)
    expect(reader.status).toBe(200)
    await wren.remove(dana)
    const { words, whole } = await reader.readOn()
    expect(whole).toBe(false)
    expect(words.length).toBeLessThan(5_000_000)
  })

  it('[AC61] comes whole to who stays, whatever changes for others', async () => {
    const [dana, rosa] = [await admitted(wren, 'Dana'), await admitted(wren, 'Rosa')]
    const reader = await SlowReader.ask(rosa, exported)
    await wren.remove(dana)
    const { words, whole } = await reader.readOn()
    expect(whole).toBe(true)
    expect(JSON.parse(words)).toMatchObject({
      versions: [{ sections: { plan: { content: {} } } }, { sections: { plan: { content: {} } } }],
    })
  })
})
