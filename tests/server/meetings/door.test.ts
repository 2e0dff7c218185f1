import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { admitted, guest, refusal, type Someone, staff } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

describe('the door', () => {
  let app: TestApp
  let wren: Someone
  let ames: Someone
  let quill: Someone
  let familyId: string
  let code: string
  beforeAll(async () => {
    app = await startTestApp()
    wren = await staff(app, 'Wren')
    ames = await staff(app, 'Ames')
    quill = await staff(app, 'Quill', { duty: 'agency', agency: 'child-welfare' })
    familyId = (await wren.createFamily()).id
  })
  beforeEach(async () => {
    code = (await wren.createMeeting({ familyId })).joinCode
  })
  afterAll(() => app.close())

  const people = async () => (await wren.people()).map(({ name, role, agency, state }) => [name, role, agency, state])
  const setJoining = (body: { open: boolean; newCode?: boolean }) =>
    wren.call('setJoining', { params: { meetingId: wren.meetingId }, body })

  it('[ME2] whoever asks to come in waits until the facilitator says as what', async () => {
    const dana = guest(app, 'Dana')
    const door = await dana.join(code, { role: 'youth', language: 'es' })
    expect(door).toEqual({ meetingId: wren.meetingId, participantId: dana.participantId, state: 'waiting' })
    expect(await people()).toEqual([
      ['Wren', 'facilitator', null, 'admitted'],
      ['Dana', 'youth', null, 'waiting'],
    ])
    expect(await wren.admit(dana, 'family')).toMatchObject({ role: 'family', state: 'admitted', language: 'es' })
    expect((await dana.people()).map(({ name }) => name)).toEqual(['Wren', 'Dana'])
  })

  it('[ME3] a code is taken however people write it', async () => {
    const plain = code.replace('-', '')
    for (const typed of [
      code,
      plain,
      plain.toLowerCase(),
      ` ${plain.slice(0, 3)} ${plain.slice(3)} `,
      code.replace('-', '–'),
    ]) {
      expect(await guest(app, 'Dana').join(typed)).toMatchObject({ meetingId: wren.meetingId })
    }
    expect(code).toMatch(/^[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$/)
  })

  it('[ME4] asking again on the same browser is the same person, who may say it better only while waiting', async () => {
    const dana = guest(app, 'Dana')
    const first = await dana.join(code)
    expect(await dana.join(code, { name: 'Dana R.', role: 'support' })).toEqual(first)
    expect(await people()).toContainEqual(['Dana R.', 'support', null, 'waiting'])
    await wren.admit(dana, 'family')
    expect(await dana.join(code, { name: 'Somebody else', role: 'youth' })).toEqual({ ...first, state: 'admitted' })
    expect(await people()).toContainEqual(['Dana R.', 'family', null, 'admitted'])
  })

  it('[ME4] two taps at once make one person', async () => {
    const dana = guest(app, 'Dana')
    await dana.join((await ames.createMeeting()).joinCode)
    const doors = await Promise.all(Array.from({ length: 6 }, () => dana.join(code)))
    expect(new Set(doors.map(({ participantId }) => participantId)).size).toBe(1)
    expect(await people()).toHaveLength(2)
  })

  it('[ME5] who was turned away may ask again, as somebody new', async () => {
    const dana = guest(app, 'Dana')
    const first = await dana.join(code)
    await wren.remove(dana)
    await wren.remove(dana)
    expect(await refusal(dana.read())).toBe('access/removed')
    const again = await dana.join(code)
    expect(again.state).toBe('waiting')
    expect(again.participantId).not.toBe(first.participantId)
    expect(await refusal(wren.admit(Object.assign(guest(app, 'x'), first)))).toBe('participant/not-found')
  })

  it('[ME6] only a signed-in facilitator may even wish to lead, and only who has an account can be let in as one', async () => {
    const dana = guest(app, 'Dana')
    expect(await refusal(dana.join(code, { role: 'facilitator' }))).toBe('request/invalid')
    expect(await refusal(quill.join(code, { role: 'facilitator' }))).toBe('request/invalid')
    await dana.join(code)
    expect(await refusal(wren.admit(dana, 'facilitator'))).toBe('request/invalid')
    await ames.join(code, { role: 'facilitator' })
    expect(await wren.admit(ames, 'facilitator')).toMatchObject({ name: 'Ames', role: 'facilitator' })
  })

  it('[ME7] an agency’s person stands for an agency: their account’s, the one they named, or the one the facilitator says', async () => {
    await quill.join(code, { role: 'agency', agency: 'school' })
    expect(await people()).toContainEqual(['Quill', 'agency', 'child-welfare', 'waiting'])
    expect(await wren.admit(quill, 'agency')).toMatchObject({ agency: 'child-welfare' })
    const marsh = guest(app, 'Marsh')
    await marsh.join(code, { role: 'agency' })
    expect(await refusal(wren.admit(marsh, 'agency'))).toBe('request/invalid')
    expect(await wren.admit(marsh, 'agency', 'calworks')).toMatchObject({ agency: 'calworks' })
    expect(await wren.admit(marsh, 'observer', 'calworks')).toMatchObject({ role: 'observer', agency: null })
  })

  it('[ME8] a closed door answers like a wrong code, except to those who are there', async () => {
    const [dana, rosa] = [await admitted(wren, 'Dana'), guest(app, 'Rosa')]
    await rosa.join(code)
    expect(await setJoining({ open: false })).toEqual({ open: false, code: null, url: null, shut: 'closed' })
    expect(await refusal(guest(app, 'Eve').join(code))).toBe('join/unknown-code')
    expect(await refusal(guest(app, 'Eve').join('2222-2222'))).toBe('join/unknown-code')
    expect(await dana.join(code)).toMatchObject({ state: 'admitted' })
    expect(await rosa.join(code)).toMatchObject({ state: 'waiting' })
    expect((await setJoining({ open: true })).code).toBe(code)
    expect(await guest(app, 'Late').join(code)).toMatchObject({ state: 'waiting' })
  })

  it('[ME8] a new code makes the old one worthless', async () => {
    const joining = await setJoining({ open: true, newCode: true })
    expect(joining.code).not.toBe(code)
    expect(joining.url).toBe(`${app.url}/j/${joining.code!.replace('-', '')}`)
    expect(await refusal(guest(app, 'Eve').join(code))).toBe('join/unknown-code')
    expect(await guest(app, 'Dana').join(joining.code!)).toMatchObject({ meetingId: wren.meetingId })
  })

  it('[ME9] a meeting always has somebody who leads it', async () => {
    expect(await refusal(wren.remove(wren))).toBe('access/denied')
    expect(await refusal(wren.admit(wren, 'observer'))).toBe('access/denied')
    await ames.join(code, { role: 'facilitator' })
    expect(await refusal(wren.remove(wren))).toBe('access/denied')
    await wren.admit(ames, 'facilitator')
    await wren.remove(wren)
    expect((await ames.people()).map(({ name }) => name)).toEqual(['Ames'])
  })

  it('[ME10] nobody floods the facilitator’s list with a code', async () => {
    const { db, clock } = app.app.parts
    const { Types } = await import('mongoose')
    const waiting = Array.from({ length: 100 }, (_, i) => ({
      meetingId: new Types.ObjectId(wren.meetingId),
      holder: `session:${i}`,
      name: 'x',
      role: 'family',
      agency: null,
      language: 'en',
      askedAt: clock(),
      admittedAt: null,
      removedAt: null,
    }))
    await db.collection('participants').insertMany(waiting)
    expect(await refusal(guest(app, 'One too many').join(code))).toBe('request/too-many')
  })

  it('[ME41] two who lead take each other out, or step down, in the same moment: one of them still leads', async () => {
    for (const way of ['remove', 'step down']) {
      code = (await wren.createMeeting({ familyId })).joinCode
      await ames.join(code, { role: 'facilitator' })
      await wren.admit(ames, 'facilitator')
      const both = [
        [wren, ames],
        [ames, wren],
      ] as const
      await Promise.allSettled(both.map(([by, of]) => (way === 'remove' ? by.remove(of) : of.admit(of, 'observer'))))
      const stillIn = await Promise.all(both.map(([someone]) => someone.people().catch(() => [])))
      const leads = stillIn.flat().filter(({ role, state }) => role === 'facilitator' && state === 'admitted')
      expect(new Set(leads.map(({ id }) => id)).size).toBe(1)
    }
  })
})
