import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Body } from '../../../shared/api'
import { admitted, guest, refusal, staff, type Someone } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

let app: TestApp
let wren: Someone
let quill: Someone
let dana: Someone
let vega: Someone

beforeAll(async () => {
  app = await startTestApp()
  wren = await staff(app, 'Wren')
})
beforeEach(async () => {
  await wren.createMeeting()
  quill = await admitted(wren, 'Quill', 'agency')
  dana = await admitted(wren, 'Dana')
  vega = await admitted(wren, 'Vega', 'interpreter')
})
afterAll(() => app.close())

const params = () => ({ meetingId: wren.meetingId })
const read = (who: Someone) => who.call('readSpeaking', { params: params() })
const hand = (who: Someone, up: boolean) => who.call('raiseHand', { params: params(), body: { up } })
const lead = (act: Body<'leadSpeaking'>['act'], whom: Someone | null = null, who = wren) =>
  who.call('leadSpeaking', { params: params(), body: { act, whom: whom?.participantId ?? null } })
const pass = (who: Someone) => who.call('passTurn', { params: params() })
const ids = (...people: Someone[]) => people.map(({ participantId }) => participantId)

describe('speaking', () => {
  it('[MT11] shows hands in the order they went up, to everybody; twice is once', async () => {
    const page = await quill.enter()
    await hand(dana, true)
    await hand(quill, true)
    await hand(dana, true)
    expect((await read(vega)).hands).toEqual(ids(dana, quill))
    await page.until('speaking:changed', ({ speaking }) => speaking.hands.length === 2)
    page.close()
    expect((await hand(dana, false)).hands).toEqual(ids(quill))
  })

  it('[MT11] who leads gives the word, which lowers the hand, and lowers hands; others cannot', async () => {
    await hand(dana, true)
    await hand(quill, true)
    expect(await lead('give', quill)).toMatchObject({ hands: ids(dana), word: quill.participantId })
    expect((await lead('lower', dana)).hands).toEqual([])
    expect(await refusal(lead('give', dana, dana))).toBe('access/denied')
    expect((await pass(dana)).word).toBe(quill.participantId)
    expect((await pass(quill)).word).toBeNull()
  })

  it('[MT11] whoever left has no hand up', async () => {
    await hand(dana, true)
    await wren.remove(dana)
    expect((await read(wren)).hands).toEqual([])
  })

  it('[MT12] a circle calls everybody once, the family first, and ends by itself', async () => {
    expect(await lead('begin-circle')).toEqual({
      hands: [],
      word: dana.participantId,
      circle: { had: [], coming: ids(quill, wren) },
    })
    expect((await pass(dana)).word).toBe(quill.participantId)
    // Who leads passes a turn on for somebody who would rather not.
    expect(await pass(wren)).toMatchObject({ word: wren.participantId, circle: { had: ids(dana, quill), coming: [] } })
    expect(await pass(wren)).toEqual({ hands: [], word: null, circle: null })
  })

  it('[MT13] of somebody hidden only they and who leads learn that a hand is up', async () => {
    const { meetingId, participantId } = dana
    await wren.call('hide', { params: { meetingId, participantId }, body: { hidden: true } })
    const [others, own] = [await quill.enter(), await dana.enter()]
    await hand(dana, true)
    await own.until('speaking:changed', ({ speaking }) => speaking.hands.includes(participantId))
    await hand(quill, true)
    await others.until('speaking:changed', ({ speaking }) => speaking.hands.includes(quill.participantId))
    expect(JSON.stringify(others.heard)).not.toContain(participantId)
    expect((await read(quill)).hands).toEqual(ids(quill))
    expect((await read(wren)).hands).toEqual(ids(dana, quill))
    expect((await read(dana)).hands).toEqual(ids(dana, quill))
    expect((await lead('begin-circle')).circle!.coming).not.toContain(participantId)
    for (const page of [others, own]) page.close()
  })

  it('[MT14] the wall shows by name whose turn it is in a circle and who comes then: of nobody hidden, and nothing behind the curtain', async () => {
    const rosa = await admitted(wren, 'Rosa', 'support')
    const wall = guest(app, 'Wall')
    const { url } = await wren.call('pairProjector', { params: params() })
    await wall.call('startProjector', { body: { token: url.split('#')[1]! } })
    const screen = await wall.enter('projector', wren.meetingId)
    expect(await wall.call('readWallTurns')).toEqual({ circle: null })
    await lead('begin-circle')
    const first = { circle: { now: 'Dana', coming: ['Rosa', 'Quill', 'Wren'] } }
    expect(await wall.call('readWallTurns')).toEqual(first)
    await screen.until('turns:changed', ({ circle }) => circle?.now === 'Dana')
    await wren.call('hide', {
      params: { meetingId: wren.meetingId, participantId: rosa.participantId },
      body: { hidden: true },
    })
    await screen.until('turns:changed', ({ circle }) => circle?.coming.join() === 'Quill,Wren')
    expect(await wall.call('readWallTurns')).toEqual({ circle: { now: 'Dana', coming: ['Quill', 'Wren'] } })
    // Nobody reads from the wall that somebody hidden has the word.
    await pass(dana)
    expect(await wall.call('readWallTurns')).toEqual({ circle: { now: null, coming: ['Quill', 'Wren'] } })
    await wren.remove(quill)
    await screen.until('turns:changed', ({ circle }) => circle?.coming.join() === 'Wren')
    await wren.setPhase('private')
    expect(await refusal(wall.call('readWallTurns'))).toBe('meeting/private')
    screen.close()
  })
})
