import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Need, NeedWords } from '../../../shared/need'
import type { NeedAct } from '../../../shared/needKinds'
import type { Role } from '../../../shared/roles'
import { admitted, guest, refusal, type Someone, staff } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

const RIDE: NeedWords = { kind: 'ride', words: '' }
const SPANISH: NeedWords = { kind: 'interpreter', words: 'Spanish (Mexico)' }

describe('needs', () => {
  let app: TestApp
  let wren: Someone
  let familyId: string
  const meeting = () => ({ meetingId: wren.meetingId })
  const list = async (someone: Someone): Promise<Need[]> =>
    (await someone.call('listNeeds', { params: meeting() })).needs
  const say = async (someone: Someone, body: NeedWords): Promise<Need> =>
    (await someone.call('sayNeed', { params: meeting(), body })).needs.at(-1)!
  const act = (someone: Someone, { id }: Pick<Need, 'id'>, what: NeedAct, whom: Someone | null = null) => {
    const params = { ...meeting(), needId: id }
    return someone.call('changeNeed', { params, body: { act: what, whom: whom?.participantId ?? null } })
  }
  const comes = (name: string, role: Role = 'family') => admitted(wren, name, role)
  const hide = ({ participantId }: Someone) =>
    wren.call('hide', { params: { ...meeting(), participantId }, body: { hidden: true } })

  beforeAll(async () => {
    app = await startTestApp()
    wren = await staff(app, 'Wren')
  })
  afterAll(() => app.close())
  beforeEach(async () => {
    familyId = (await wren.createFamily()).id
    await wren.createMeeting({ familyId })
  })

  test('[BE30] somebody says on their own phone what they need, also at the door; who leads types it for others, and that stands beside it', async () => {
    const pilar = guest(app, 'Pilar')
    await pilar.join((await wren.read()).joining!.code!)
    const waiting = async (query: string) =>
      (await pilar.request('GET', `/j/${(await wren.read()).joining!.code}/waiting${query}`)).text()
    expect(await waiting('')).toContain(`href="/m/${wren.meetingId}"`)
    expect(await waiting('?plain=1')).not.toContain('/m/')
    const need = await say(pilar, { ...RIDE, words: 'From Elm Street' })
    expect(need).toMatchObject({ kind: 'ride', words: 'From Elm Street', name: 'Pilar', mine: true, typedBy: null })
    await wren.admit(pilar)
    expect(await list(pilar)).toMatchObject([{ id: need.id, mine: true }])
    const typed = await say(wren, { ...SPANISH, for: { participantId: pilar.participantId } })
    expect(typed).toMatchObject({ name: 'Pilar', mine: false, typedBy: 'Wren' })
    expect(await list(pilar)).toMatchObject([
      { mine: true },
      { mine: true, typedBy: 'Wren', words: 'Spanish (Mexico)' },
    ])
    expect(await refusal(say(wren, { kind: 'interpreter', words: ' ', for: { name: 'Tomás' } }))).toBe(
      'request/invalid',
    )
  })

  test('[BE30] somebody the family’s meetings know finds at the next one what was typed before they came', async () => {
    const pilar = await comes('Pilar')
    const { memberId } = (await pilar.read()).me
    await wren.createMeeting({ familyId })
    await say(wren, { ...RIDE, for: { memberId: memberId! } })
    expect(await refusal(say(wren, { ...RIDE, for: { memberId: 'f'.repeat(24) } }))).toBe('participant/not-found')
    const other = await comes('Pilar', 'observer')
    await pilar.join((await wren.read()).joining!.code!)
    expect(await list(pilar)).toEqual([])
    await wren.admit(pilar)
    expect(await list(pilar)).toMatchObject([{ name: 'Pilar', mine: true, typedBy: 'Wren' }])
    expect(await list(other)).toEqual([])
    const named = await say(wren, { ...RIDE, for: { name: 'Pilar' } })
    expect((await list(pilar)).map(({ id }) => id)).not.toContain(named.id)
  })

  test('[BE31] only the person, who leads, and who sees to it or is asked to know of it; nobody’s page but theirs stirs', async () => {
    const [dana, rosa, quill, ben] = [
      await comes('Dana'),
      await comes('Rosa'),
      await comes('Quill', 'agency'),
      await comes('Ben'),
    ]
    const [rosas, quills] = [await rosa.enter(), await quill.enter()]
    const need = await say(dana, { kind: 'other', words: 'Canary: I am afraid of dogs' })
    for (const other of [rosa, quill, ben]) expect(await list(other), other.name).toEqual([])
    expect(await list(wren)).toMatchObject([{ id: need.id, owner: null }])
    await act(wren, need, 'ask', quill)
    await quills.until('answers:changed', ({ of }) => of === 'needs')
    expect(await list(quill)).toMatchObject([{ id: need.id, asksMe: true, asked: [] }])
    expect((await list(wren))[0]!.asked).toEqual([{ name: 'Quill', cannot: false }])
    await act(quill, need, 'cannot')
    expect(await list(quill)).toEqual([])
    await act(wren, need, 'ask', quill)
    await act(quill, need, 'take')
    expect((await list(dana))[0]!.owner).toMatchObject({ name: 'Quill', me: false, typedBy: null })
    expect(await list(rosa)).toEqual([])
    // What is asked for in order has come: of all this Rosa’s page heard nothing.
    await wren.call('setNext', { params: meeting(), body: { at: '2027-05-01T10:00' } })
    await rosas.until('meeting:changed')
    expect(rosas.heard.filter(({ event }) => event === 'answers:changed')).toEqual([])
    rosas.close()
    quills.close()
    const rows = await app.app.parts.db.collection('needs').find({ meetingId: wren.meetingId }).toArray()
    expect(JSON.stringify(rows)).not.toMatch(/Canary|dogs|Dana|Wren/)
  })

  test('[BE32] seeing to it is a yes of one’s own; nobody takes what they were not asked, or names somebody else', async () => {
    const [dana, rosa, ben] = [await comes('Dana'), await comes('Rosa'), await comes('Ben')]
    const need = await say(dana, RIDE)
    expect(await refusal(act(rosa, need, 'take'))).toBe('need/not-found')
    expect(await refusal(act(dana, need, 'take', rosa))).toBe('access/denied')
    expect(await refusal(act(dana, need, 'ask', rosa))).toBe('access/denied')
    expect(await refusal(say(rosa, { ...RIDE, for: { participantId: dana.participantId } }))).toBe('access/denied')
    await act(wren, need, 'ask', rosa)
    expect(await refusal(act(ben, need, 'take'))).toBe('need/not-found')
    const rosas = await rosa.enter()
    expect(await refusal(act(wren, need, 'take', rosa))).toBe('answer/own-phone')
    rosas.close()
    const params = meeting()
    const mo = await wren.call('addPerson', { params, body: { name: 'Mo', role: 'support', language: 'en' } })
    await wren.call('changeNeed', { params: { ...params, needId: need.id }, body: { act: 'take', whom: mo.id } })
    expect((await list(dana))[0]!.owner).toMatchObject({ name: 'Mo', typedBy: 'Wren' })
    await act(wren, need, 'give-back')
    await act(rosa, need, 'take')
    await act(rosa, need, 'give-back')
    expect((await list(wren))[0]!.owner).toBeNull()
  })

  test('[BE33] of two who say at once that they will see to it, one is heard and the other is told', async () => {
    const [dana, rosa, ben] = [await comes('Dana'), await comes('Rosa'), await comes('Ben')]
    const need = await say(dana, RIDE)
    for (const one of [rosa, ben]) await act(wren, need, 'ask', one)
    const both = [rosa, ben].map((one) =>
      act(one, need, 'take').then(
        () => 'done',
        ({ code }: { code: string }) => code,
      ),
    )
    const said = (await Promise.all(both)).sort()
    expect(said[0]).toBe('done')
    expect(['need/changed', 'need/not-found', 'access/denied']).toContain(said[1])
    expect(['Rosa', 'Ben']).toContain((await list(wren))[0]!.owner!.name)
    expect(await refusal(act(wren, need, 'take'))).toBe('need/changed')
    await wren.remove((await list(wren))[0]!.owner!.name === 'Rosa' ? rosa : ben)
    expect((await list(wren))[0]!.owner).toBeNull()
    await act(wren, need, 'take')
    expect((await list(dana))[0]!.owner).toMatchObject({ name: 'Wren' })
  })

  test('[BE34] no relative, friend or child interprets, whoever asks or says it, and also not who becomes one later', async () => {
    const elena = await comes('Elena')
    const [sofia, mo, vega] = [
      await comes('Sofía', 'youth'),
      await comes('Mo', 'support'),
      await comes('Vega', 'interpreter'),
    ]
    const need = await say(elena, SPANISH)
    for (const relative of [sofia, mo, elena]) {
      expect(await refusal(act(wren, need, 'ask', relative)), relative.name).toBe('need/not-relatives')
      expect(await refusal(act(wren, need, 'take', relative)), relative.name).toBe('need/not-relatives')
    }
    expect(await refusal(act(elena, need, 'take'))).toBe('need/not-relatives')
    await act(wren, need, 'ask', vega)
    await act(vega, need, 'take')
    expect((await list(elena))[0]!.owner).toMatchObject({ name: 'Vega' })
    await wren.admit(vega, 'support')
    expect((await list(elena))[0]!.owner).toBeNull()
    expect(await list(vega)).toEqual([])
  })

  test('[BE35] it is seen to, or no longer needed, by whom it concerns, and that is told with name and time', async () => {
    const [dana, rosa] = [await comes('Dana'), await comes('Rosa')]
    const need = await say(dana, { kind: 'child-care', words: 'Miles, 4' })
    await act(wren, need, 'ask', rosa)
    expect(await refusal(act(rosa, need, 'seen-to'))).toBe('access/denied')
    await act(rosa, need, 'take')
    await act(rosa, need, 'seen-to')
    expect(await list(dana)).toMatchObject([{ state: 'seen-to', closed: { by: 'Rosa' } }])
    expect(await refusal(act(rosa, need, 'not-needed'))).toBe('access/denied')
    await act(dana, need, 'open')
    await act(dana, need, 'not-needed')
    expect(await list(wren)).toMatchObject([{ state: 'not-needed', closed: { by: 'Dana' } }])
    expect(await refusal(act(dana, need, 'seen-to'))).toBe('need/changed')
  })

  test('[BE36] of somebody hidden only they and who leads learn what they need, and nobody learns that they see to it', async () => {
    const [dana, canary] = [await comes('Dana'), await comes('Canary')]
    const need = await say(canary, RIDE)
    await act(wren, need, 'ask', dana)
    expect(await list(dana)).toHaveLength(1)
    await hide(canary)
    expect(await list(dana)).toEqual([])
    expect(await refusal(act(dana, need, 'take'))).toBe('need/not-found')
    expect(await refusal(act(wren, need, 'ask', dana))).toBe('access/denied')
    await act(wren, need, 'take')
    expect((await list(canary))[0]!.owner).toMatchObject({ name: 'Wren' })
    const danas = await say(dana, RIDE)
    await act(wren, danas, 'ask', canary)
    await act(canary, danas, 'take')
    const seen = await list(dana)
    expect(seen[0]!.owner).toMatchObject({ participantId: null, name: '' })
    await act(canary, danas, 'seen-to')
    expect((await list(dana))[0]!.closed).toMatchObject({ by: '' })
    expect((await list(wren)).find(({ id }) => id === danas.id)!.closed).toMatchObject({ by: 'Canary' })
    expect(JSON.stringify([seen, await list(dana)])).not.toMatch(new RegExp(`Canary|${canary.participantId}`))
  })

  test('[BE37] who was taken out says and sees nothing more, and what they needed is on nobody’s list', async () => {
    const [dana, rosa] = [await comes('Dana'), await comes('Rosa')]
    const need = await say(dana, RIDE)
    await act(wren, need, 'ask', rosa)
    await wren.remove(dana)
    expect(await refusal(say(dana, RIDE))).toBe('access/removed')
    expect(await list(wren)).toEqual([])
    expect(await list(rosa)).toEqual([])
    expect(await refusal(act(rosa, need, 'take'))).toBe('need/not-found')
    const other = await staff(app, `Ames ${familyId}`)
    await other.createMeeting()
    const elsewhere = { meetingId: other.meetingId, needId: need.id }
    const asked = other.call('changeNeed', { params: elsewhere, body: { act: 'take', whom: null } })
    expect(await refusal(asked)).toBe('need/not-found')
  })

  test('[BE38] while the family is by itself it may say what it needs, and who leads hears it; once the meeting has ended nobody says anything more', async () => {
    const dana = await comes('Dana')
    await wren.setPhase('private')
    const need = await say(dana, { kind: 'other', words: 'Some water, please' })
    expect(await list(wren)).toMatchObject([{ words: 'Some water, please' }])
    await act(wren, need, 'take')
    await wren.setPhase('open')
    await wren.setPhase('ended')
    expect(await list(dana)).toHaveLength(1)
    for (const late of [() => say(dana, RIDE), () => act(dana, need, 'not-needed'), () => act(wren, need, 'seen-to')])
      expect(await refusal(late())).toBe('meeting/ended')
    const walter = guest(app, 'Walter')
    await wren.setPhase('open')
    await walter.join((await wren.read()).joining!.code!)
    await wren.setPhase('ended')
    expect(await refusal(say(walter, RIDE))).toBe('meeting/ended')
  })

  test('[BE39] whoever stands at the door cannot flood the list, nor do anything with what others need', async () => {
    const walter = guest(app, 'Walter')
    await walter.join((await wren.read()).joining!.code!, { role: 'interpreter' })
    for (let n = 0; n < 8; n++) await say(walter, { kind: 'other', words: `need ${n}` })
    expect(await refusal(say(walter, RIDE))).toBe('request/too-many')
    const need = await say(wren, { ...RIDE, for: { name: 'Pilar' } })
    expect(await list(walter)).toHaveLength(8)
    expect(await refusal(act(walter, need, 'take'))).toBe('need/not-found')
    expect(await refusal(act(walter, need, 'take', walter))).toBe('access/denied')
    expect(await refusal(say(walter, { ...RIDE, for: { name: 'Dana' } }))).toBe('access/denied')
    expect(await refusal(list(guest(app, 'A stranger')))).toBe('session/missing')
  })
})
