import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { admitted, refusal, staff, type Someone } from '../../support/people'
import { openPage } from '../../support/openPage'
import { startTestApp, type TestApp } from '../../support/startTestApp'

const CANARY = 'Canary Quetzal'

let app: TestApp
let wren: Someone

beforeAll(async () => {
  app = await startTestApp()
  wren = await staff(app, 'Wren')
})
afterAll(() => app.close())

const hide = (someone: Someone, hidden = true) =>
  wren.call('hide', {
    params: { meetingId: wren.meetingId, participantId: someone.participantId },
    body: { hidden },
  })

describe('somebody who is hidden', () => {
  it('[DI20] is on no wire of anybody else: lists, announcements, presence, history, versions, exports, the record', async () => {
    const familyId = (await wren.createFamily()).id
    await wren.createMeeting({ familyId })
    const { meetingId } = wren
    const params = { meetingId }
    const canary = await admitted(wren, CANARY)
    const dana = await admitted(wren, 'Dana')
    const school = await admitted(wren, 'School', 'agency')
    expect(await hide(canary)).toMatchObject({ name: CANARY, hidden: true })
    const [danas, wrens] = [await dana.enter(), await wren.enter()]
    const watching = await openPage(dana)
    const heard: string[] = []
    watching.provider.awareness.on('change', () => {
      heard.push(JSON.stringify([...watching.provider.awareness.getStates().values()]))
    })
    const leading = await openPage(wren)
    const writing = await openPage(canary)
    const here = await canary.enter()
    await wrens.until('people:changed', ({ people }) => people.some((one) => one.name === CANARY && one.here))
    const seen = new Promise<void>((resolve) => {
      leading.provider.awareness.on('change', () => {
        const states = JSON.stringify([...leading.provider.awareness.getStates().values()])
        if (states.includes(CANARY) && states.includes('question')) resolve()
      })
    })
    writing.doc.getText('question').insert(0, 'A question of the hidden person. ')
    writing.provider.awareness.setLocalState({ at: 'question' })
    await seen
    await watching.until(({ doc }) => doc.getText('question').toString().includes('hidden person'))
    await wren.call('makeVersion', { params, body: { kind: 'sealed', label: 'Sealed', basedOn: 0 } })
    const versionId = (await dana.call('listVersions', { params })).versions[0]!.id
    await app.app.parts.record.settled()
    for (const someone of [dana, school]) {
      const told = [
        await someone.people(),
        await someone.call('readHistory', { params }),
        await someone.call('readVersion', { params: { versionId } }),
        await someone.call('compareVersions', { params: { versionId }, query: { from: versionId } }),
        await someone.call('exportVersions', { params: { familyId } }),
        someone === dana ? await someone.call('readRecord', { params }) : null,
      ]
      const text = JSON.stringify(told)
      expect(text, someone.name).not.toContain(CANARY)
      expect(text, someone.name).toContain('Somebody')
      expect(JSON.stringify(told[0]), someone.name).not.toContain(canary.participantId)
    }
    const announced = JSON.stringify(danas.heard)
    for (const secret of [CANARY, canary.participantId]) {
      expect(announced).not.toContain(secret)
      expect(heard.join('')).not.toContain(secret)
    }
    // Who leads, and the person, go on seeing everything.
    expect(JSON.stringify(await wren.people())).toContain(CANARY)
    expect(JSON.stringify(await canary.people())).toContain(CANARY)
    expect(JSON.stringify(await wren.call('readHistory', { params }))).toContain(CANARY)
    const before = danas.heard.length
    here.close()
    await wrens.until('people:changed', ({ people }) => people.some((one) => one.name === CANARY && !one.here))
    expect(danas.heard).toHaveLength(before)
    for (const page of [danas, wrens]) page.close()
    for (const page of [watching, leading, writing]) page.close()
  })

  it('[DI21] disappears from open pages at once, and is shown again when who leads says so', async () => {
    await wren.createMeeting()
    const rosa = await admitted(wren, 'Rosa')
    const dana = await admitted(wren, 'Dana')
    const page = await dana.enter()
    await hide(rosa)
    await page.until('people:changed', ({ people }) => people.every(({ name }) => name !== 'Rosa'))
    await hide(rosa, false)
    expect((await dana.people()).map(({ name }) => name)).toContain('Rosa')
    page.close()
  })

  it('[DI21] is hidden by who leads alone, who cannot be hidden', async () => {
    await wren.createMeeting()
    const dana = await admitted(wren, 'Dana')
    const params = { meetingId: wren.meetingId, participantId: dana.participantId }
    expect(await refusal(dana.call('hide', { params, body: { hidden: true } }))).toBe('access/denied')
    expect(await refusal(hide(wren))).toBe('request/invalid')
  })
})

describe('the name one wants', () => {
  it('[DI22] is theirs to change, shows to all at once, and a name of the past is gone from the lists', async () => {
    await wren.createMeeting()
    const [dana, rosa] = [await admitted(wren, 'Dana'), await admitted(wren, 'Rosa')]
    const page = await rosa.enter()
    const called = await dana.call('callMe', { params: { meetingId: wren.meetingId }, body: { name: ' Dee ' } })
    expect(called.name).toBe('Dee')
    await page.until('people:changed', ({ people }) => people.some(({ name }) => name === 'Dee'))
    expect((await rosa.people()).map(({ name }) => name).sort()).toEqual(['Dee', 'Rosa', 'Wren'])
    page.close()
  })
})
