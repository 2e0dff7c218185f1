import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import pino from 'pino'
import { COOKIES } from '../../../server/access/cookies'
import { createMeetingSocket } from '../../../server/meetings/meetingSocket'
import { createWhoIsHere } from '../../../server/meetings/whoIsHere'
import { admitted, guest, MeetingPage, refusal, Someone, staff } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

describe('the announcing wire', () => {
  let app: TestApp
  let wren: Someone
  let familyId: string
  let code: string
  const open: MeetingPage[] = []
  beforeAll(async () => {
    app = await startTestApp()
    wren = await staff(app, 'Wren')
    familyId = (await wren.createFamily()).id
  })
  beforeEach(async () => {
    code = (await wren.createMeeting({ familyId })).joinCode
    return () => open.splice(0).forEach((page) => page.close())
  })
  afterAll(() => app.close())

  async function enter(someone: Someone): Promise<MeetingPage> {
    const page = await someone.enter()
    open.push(page)
    return page
  }

  const isHere = (name: string, here: boolean) => (payload: { people: { name: string; here: boolean }[] }) =>
    payload.people.some((person) => person.name === name && person.here === here)

  it('[ME13] the facilitator hears who is at the door; who is inside hears who is inside', async () => {
    const dana = await admitted(wren, 'Dana')
    const [wrens, danas] = [await enter(wren), await enter(dana)]
    const rosa = guest(app, 'Rosa')
    await rosa.join(code)
    await wrens.until('people:changed', ({ people }) => people.some(({ name }) => name === 'Rosa'))
    await wren.admit(rosa)
    const told = await danas.until('people:changed', ({ people }) => people.some(({ name }) => name === 'Rosa'))
    expect(told.people.map(({ name, state }) => [name, state])).toContainEqual(['Rosa', 'admitted'])
    const heard = danas.heard.map(({ payload }) => JSON.stringify(payload))
    expect(heard.filter((payload) => payload.includes('waiting'))).toEqual([])
  })

  it('[ME14] a person is here while they have a page open, however many', async () => {
    const dana = await admitted(wren, 'Dana')
    const wrens = await enter(wren)
    const [first, second] = [await enter(dana), await enter(dana)]
    await wrens.until('people:changed', isHere('Dana', true))
    first.close()
    await first.closed
    await wren.call('setJoining', { params: { meetingId: wren.meetingId }, body: { open: true } })
    expect((await wren.people()).find(({ name }) => name === 'Dana')!.here).toBe(true)
    wrens.heard.length = 0
    second.close()
    await wrens.until('people:changed', isHere('Dana', false))
  })

  it('[ME15] who waits hears only what concerns them, and hears at once that they were let in', async () => {
    const dana = guest(app, 'Dana')
    await dana.join(code)
    const page = await enter(dana)
    await enter(await admitted(wren, 'Rosa'))
    await wren.setPhase('ended')
    await wren.setPhase('open')
    expect(page.heard).toEqual([])
    await wren.admit(dana, 'support')
    expect((await page.until('admission:changed')).me).toMatchObject({ role: 'support', state: 'admitted' })
    await page.until('people:changed', ({ people }) => people.length === 3)
    await wren.admit(dana, 'family')
    await page.until('admission:changed', ({ me }) => me.role === 'family')
  })

  it('[ME15] the code is told to who leads and to the projector, and to nobody else', async () => {
    const dana = await admitted(wren, 'Dana')
    const [wrens, danas] = [await enter(wren), await enter(dana)]
    const params = { meetingId: wren.meetingId }
    await wren.call('setJoining', { params, body: { open: true, newCode: true } })
    expect((await wrens.until('joining:changed')).joining.open).toBe(true)
    await wren.setPhase('ended')
    await danas.until('meeting:changed')
    expect(danas.heard.map(({ event }) => event)).not.toContain('joining:changed')
  })

  it('[AC23] a page of another website cannot listen, nor can a browser we do not know', async () => {
    const dana = await admitted(wren, 'Dana')
    const payload = { meetingId: wren.meetingId, as: 'participant' } as const
    const foreign = new MeetingPage(dana, { origin: 'https://evil.example' })
    await expect(foreign.enter(payload)).rejects.toThrow()
    foreign.close()
    await expect(new MeetingPage(guest(app, 'Eve')).enter(payload)).rejects.toThrow()
    const madeUp = guest(app, 'Eve')
    madeUp.cookies.set(COOKIES.person, 'A'.repeat(43))
    await expect(new MeetingPage(madeUp).enter(payload)).rejects.toThrow('Sign in')
    const own = new MeetingPage(dana, { origin: app.url })
    open.push(own)
    await own.enter(payload)
  })

  it('[AC22] nonsense on the wire is refused or ends that page, and harms no other', async () => {
    const wrens = await enter(wren)
    const dana = await admitted(wren, 'Dana')
    for (const nonsense of [
      null,
      'x',
      {},
      { meetingId: { $ne: 1 }, as: 'participant' },
      { meetingId: wren.meetingId, as: 'x' },
    ]) {
      const page = new MeetingPage(dana)
      open.push(page)
      const answer = await page.socket.emitWithAck('meeting:enter', nonsense as never)
      expect(answer).toMatchObject({ error: { code: 'request/invalid' } })
    }
    const silent = new MeetingPage(dana)
    silent.socket.emit('meeting:enter', { meetingId: wren.meetingId, as: 'participant' } as never, undefined as never)
    await silent.closed
    const large = new MeetingPage(dana)
    large.socket.emit('meeting:enter', { meetingId: 'x'.repeat(10_000), as: 'participant' }, () => undefined)
    await large.closed
    const pushy = new MeetingPage(dana)
    open.push(pushy)
    const answers = await Promise.all(
      Array.from({ length: 60 }, () =>
        pushy.socket.emitWithAck('meeting:enter', { meetingId: wren.meetingId, as: 'participant' }),
      ),
    )
    expect(answers.filter((answer) => 'error' in answer && answer.error.code === 'request/too-many')).toHaveLength(10)
    await wren.call('setJoining', { params: { meetingId: wren.meetingId }, body: { open: true } })
    await wrens.until('joining:changed')
  })

  it('[AC13] a page that enters while its person is removed does not stay', async () => {
    const { access, participants } = app.app.parts
    let answered = () => {}
    let goOn = () => {}
    const asked = new Promise<void>((resolve) => (answered = resolve))
    const removed = new Promise<void>((resolve) => (goOn = resolve))
    /** An answer that is true when it leaves the database and not any more when it arrives. */
    const call: typeof access.call = async (...question) => {
      const answer = await access.call(...question)
      answered()
      await removed
      return answer
    }
    const server = createServer()
    const slow = { access: { ...access, call }, participants, whoIsHere: createWhoIsHere(), publicUrl: null }
    const wire = createMeetingSocket(server, { ...slow, log: pino({ level: 'silent' }) })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

    const dana = await admitted(wren, 'Dana')
    const page = new MeetingPage(Object.assign(new Someone({ ...app, url }, 'Dana'), { cookies: dana.cookies }))
    const entering = page.enter({ meetingId: wren.meetingId, as: 'participant' })
    await asked
    await wren.remove(dana)
    goOn()
    expect(await refusal(entering)).toBe('access/removed')
    page.close()
    wire.stop()
    server.close()
  })
})
