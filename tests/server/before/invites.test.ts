import { SMTPServer } from 'smtp-server'
import { simpleParser, type ParsedMail } from 'mailparser'
import { randomBytes } from 'node:crypto'
import type { AddressInfo, Socket } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readReach } from '../../../server/inviting/readReach'
import { createRemoveFamily } from '../../../server/keeping/removeFamily'
import type { InviteWords } from '../../../shared/invite'
import { admitted, guest, refusal, Someone, staff } from '../../support/people'
import { openTestStore, startTestApp, type TestApp } from '../../support/startTestApp'

const FIRST = '2027-03-02T18:00:00.000Z'
const LATER = '2027-03-03T20:30:00.000Z'
const ROSA: InviteWords = {
  name: 'Rosa',
  role: 'family',
  agency: null,
  language: 'es',
  channel: 'email',
  address: 'rosa@example.org',
}

describe('who is asked to come', () => {
  let app: TestApp
  let bare: TestApp
  let smtp: SMTPServer
  let wren: Someone
  let now = new Date('2027-02-26T17:00:00Z')
  const logged: string[] = []
  const mails: ParsedMail[] = []
  const masterKey = randomBytes(32)
  const settings = () => {
    const { port } = smtp.server.address() as AddressInfo
    const mail = { url: `smtp://127.0.0.1:${port}`, from: 'no-reply@example.org' }
    const config = { smtp: mail, masterKey }
    return { uri: store.uri, config, clock: () => now, onLog: (line: string) => logged.push(line) }
  }
  const wires: Socket[] = []
  let store: Awaited<ReturnType<typeof openTestStore>>
  let takes = true
  /** Set, the mail server does not answer: who sends waits. */
  let held: (() => void) | null = null
  const lines: ((error?: Error) => void)[] = []
  /** Somebody else who leads the same meeting. */
  const second = async (): Promise<Someone> => {
    const ames = await staff(app, `Ames ${mails.length} ${wren.meetingId.slice(-6)}`)
    await ames.join((await wren.read()).joining!.code!, { role: 'observer' })
    await wren.admit(ames, 'facilitator')
    return ames
  }
  /** Begins to send for the first time, and goes on as soon as the mail server has the email and does not answer. */
  const beginToSend = async (inviteId: string, signal?: AbortSignal): Promise<{ answer: Promise<unknown> }> => {
    const begun = new Promise<void>((resolve) => (held = resolve))
    const url = `${app.url}/api/meetings/${wren.meetingId}/invites/${inviteId}/given`
    const headers = { cookie: wren.cookie, 'content-type': 'application/json' }
    const body = JSON.stringify({ way: 'mail', startsAt: FIRST, tries: 0 })
    const answer = fetch(url, { method: 'PUT', headers, body, ...(signal ? { signal } : {}) }).catch(() => null)
    await begun
    held = null
    return { answer }
  }

  const params = (who: Someone = wren) => ({ meetingId: who.meetingId })
  const list = (who: Someone = wren) => who.call('listInvites', { params: params() })
  const add = async (words: Partial<InviteWords> = {}, who: Someone = wren) => {
    const { invites } = await who.call('addInvite', { params: params(who), body: { ...ROSA, ...words } })
    return invites.at(-1)!
  }
  /** @param tries those who asks knows of; left out, they looked just now */
  const give = async (
    inviteId: string,
    way: 'mail' | 'hand' = 'mail',
    startsAt = FIRST,
    who = wren,
    tries?: number,
  ) => {
    const seen = await who.call('listInvites', { params: params(who) }).catch(() => ({ invites: [] }))
    const known = tries ?? seen.invites.find(({ id }) => id === inviteId)?.tries ?? 0
    return who.call('giveInvite', { params: { ...params(who), inviteId }, body: { way, startsAt, tries: known } })
  }
  const putLater = () => wren.call('setTime', { params: params(), body: { from: FIRST, to: '2027-03-03T12:30' } })
  const MEETING = { timeZone: 'America/Los_Angeles', startsAt: FIRST, title: 'Can Miles stay?' }

  beforeAll(async () => {
    smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onMailFrom: (_address, _session, done) => done(takes ? null : new Error('no room')),
      onData: (stream, _session, done) =>
        void simpleParser(stream).then((mail) => {
          mails.push(mail)
          if (!held) return done()
          lines.push(done)
          held()
        }),
    })
    await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve))
    smtp.server.on('connection', (line) => wires.push(line))
    store = await openTestStore()
    ;[app, bare] = await Promise.all([
      startTestApp(settings()),
      startTestApp({ config: { smtp: null }, clock: () => now }),
    ])
    wren = await staff(app, 'Wren')
  })
  afterAll(async () => {
    await Promise.all([app.close(), bare.close()])
    await store.close()
    await new Promise<void>((resolve) => smtp.close(resolve))
  })
  beforeEach(async () => {
    takes = true
    held = null
    lines.length = mails.length = 0
    await wren.createMeeting(MEETING)
  })

  test('[BE11] is known to who leads the meeting, with their addresses, and to nobody else', async () => {
    const dana = await admitted(wren, 'Dana')
    const page = await wren.enter()
    const danas = await dana.enter()
    const { id } = await add()
    await page.until('before:changed', ({ of }) => of === 'invites')
    expect((await list()).invites).toMatchObject([{ ...ROSA, given: null }])
    expect(await refusal(list(dana))).toBe('access/denied')
    expect(await refusal(list(await staff(app, 'Ames')))).toBe('meeting/not-found')
    expect(danas.heard.some(({ event }) => event === 'before:changed')).toBe(false)
    page.close()
    danas.close()
    await wren.createMeeting(MEETING)
    expect(await refusal(give(id, 'hand'))).toBe('invite/not-found')
    expect((await list()).invites).toEqual([])
  })

  test('[BE12] an email in the language of its reader says when and how to come, and neither with whom nor about what', async () => {
    const { id } = await add()
    const { joining, meeting } = await wren.read()
    const { invites } = await give(id)
    expect(invites[0]!.given).toEqual({ way: 'mail', by: 'Wren', at: now.toISOString(), outdated: false })
    const [mail] = mails
    expect(mail!.to).toMatchObject({ text: 'rosa@example.org' })
    expect(mail!.subject).toBe('Reunión')
    expect(mail!.text).toMatch(/^Se le pide venir a una reunión: martes, 2 de marzo, 10:00 PST\./)
    expect(mail!.text).toContain(`/j/`)
    expect(mail!.text).toContain(joining!.code!)
    const calendar = mail!.attachments.find(({ contentType }) => /calendar|ics/.test(contentType))!.content.toString()
    expect(calendar).toContain('DTSTART:20270302T180000Z')
    expect(calendar).toContain('SUMMARY:Reunión')
    const everything = `${mail!.subject} ${mail!.text} ${calendar}`
    for (const word of ['Rosa', 'Miles', 'Wren', meeting.familyName, meeting.title, 'OurPlan'])
      expect(everything).not.toContain(word)
  })

  test('[BE13] is said to be sent only when a mail server took it', async () => {
    const { id } = await add()
    takes = false
    expect(await refusal(give(id))).toBe('invite/not-taken')
    expect((await list()).invites[0]!.given).toBeNull()
    expect(logged.join('')).not.toContain('rosa@')
    takes = true
    await give(id)
    expect(mails).toHaveLength(1)
  })

  test('[BE13] without a mail server, by text and on paper a person passes the words on and says so', async () => {
    const nye = await staff(bare, 'Nye')
    await nye.createMeeting(MEETING)
    const { id, letter } = await add({ language: 'en' }, nye)
    expect(letter!.text).toMatch(/^You are asked to come to a meeting: Tuesday, March 2 at 10:00 AM PST\./)
    expect(await refusal(give(id, 'mail', FIRST, nye))).toBe('request/invalid')
    const { invites, mails: sends } = await give(id, 'hand', FIRST, nye)
    expect(invites[0]!.given).toMatchObject({ way: 'hand', by: 'Nye' })
    expect(sends).toBe(false)
    const text = await add({ channel: 'text', address: '555-0142' })
    expect(await refusal(give(text.id))).toBe('request/invalid')
    expect(mails).toEqual([])
  })

  test('[BE14] put to another time, the list says who was told the old one, and the words say so', async () => {
    const { id } = await add({ language: 'en' })
    await give(id)
    await putLater()
    const [told] = (await list()).invites
    expect(told!.given!.outdated).toBe(true)
    expect(told!.letter!.text).toMatch(/^The meeting is at another time now: Wednesday, March 3 at 12:30 PM PST\./)
    expect(await refusal(give(id))).toBe('meeting/time-changed')
    const { invites } = await give(id, 'mail', LATER)
    expect(invites[0]!.given!.outdated).toBe(false)
    expect(mails.at(-1)!.text).toMatch(/another time/)
    expect(mails.at(-1)!.attachments[0]!.content.toString()).toContain('SEQUENCE:1')
  })

  test('[BE15] nothing is sent while the door is shut, nor once the meeting has ended', async () => {
    const { id } = await add()
    await wren.call('setJoining', { params: params(), body: { open: false } })
    expect((await list()).invites[0]!.letter).toBeNull()
    expect(await refusal(give(id))).toBe('invite/door-shut')
    await wren.setPhase('ended')
    expect(await refusal(list())).toBe('meeting/ended')
    expect(await refusal(give(id))).toBe('meeting/ended')
    expect(mails).toEqual([])
  })

  test('[BE16] an address is one that can be reached; on paper none is kept, and an agency only of agency people', async () => {
    for (const words of [
      { address: 'nobody' },
      { address: 'a@example.org, b@example.org' },
      { address: 'a@example.org\r\nBcc: b@example.org' },
      { channel: 'text', address: 'javascript:1' },
      { channel: 'text', address: '' },
    ] as const)
      expect(await refusal(add(words)), JSON.stringify(words)).toBe('request/invalid')
    expect(await add({ channel: 'paper', agency: 'school' })).toMatchObject({ address: '', agency: null })
    expect(await add({ role: 'agency', agency: 'school' })).toMatchObject({ agency: 'school' })
  })

  test('[BE17] lies in the database unreadable, and the record tells that somebody was asked, not who', async () => {
    const { id } = await add({ name: 'Rosalinda' })
    const dana = await admitted(wren, 'Dana')
    await give(id)
    const { db } = app.app.parts
    const rows = await db.collection('invites').find({ meetingId: wren.meetingId }).toArray()
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toMatch(/rosa|Wren/i)
    const { lines } = await dana.call('readRecord', { params: params() })
    expect(lines[0]).toMatchObject({ what: 'invite-given', who: 'Wren', whom: null, about: {} })
    expect(JSON.stringify(lines)).not.toMatch(/rosa/i)
  })

  test('[BE18] somebody is taken off the list, and goes with their family', async () => {
    const { id } = await add()
    const { meeting } = await wren.read()
    await wren.call('removeInvite', { params: { ...params(), inviteId: id } })
    expect((await list()).invites).toEqual([])
    expect(await refusal(give(id))).toBe('invite/not-found')
    await add()
    const removal = createRemoveFamily(app.app.parts.db)
    await removal.removeMeetings(meeting.familyId)
    await removal.removeWords(meeting.familyId)
    expect(await app.app.parts.db.collection('invites').countDocuments({ meetingId: wren.meetingId })).toBe(0)
  })

  test('[BE19] the link of an email leads to the door, where one still waits to be let in', async () => {
    const { letter } = await add()
    const rosa = guest(app, 'Rosa')
    await rosa.join(letter!.code)
    expect(await refusal(rosa.call('readPlan', { params: params() }))).toBe('access/waiting')
    const page = await guest(app, 'Rosa').request('GET', new URL(letter!.url).pathname)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('<form')
  })

  test('[BE60] of two who press Send at once one sends; the other is told, and one email went out', async () => {
    const ames = await second()
    const { id } = await add()
    const both = await Promise.allSettled([give(id, 'mail', FIRST, wren, 0), give(id, 'mail', FIRST, ames, 0)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'invite/changed' } })
    expect(mails).toHaveLength(1)
    expect(await refusal(give(id, 'hand', FIRST, ames, 0))).toBe('invite/changed')
    const page = await wren.enter()
    await give(id, 'mail', FIRST, ames)
    await page.until('before:changed', ({ of }) => of === 'invites')
    page.close()
    expect(mails).toHaveLength(2)
    expect((await list()).invites[0]).toMatchObject({ tries: 2, trying: null, given: { by: ames.name } })
  })

  test('[BE61] while an email is on its way the list says who sends it; where the server stops meanwhile it says that nobody knows', async () => {
    const ames = await second()
    const { id } = await add()
    const { answer } = await beginToSend(id)
    expect((await list(ames)).invites[0]).toMatchObject({ tries: 1, given: null, trying: { by: 'Wren', lost: false } })
    expect(await refusal(give(id, 'mail', FIRST, ames))).toBe('invite/changed')
    // The server that began it never says what became of it; another one is there a minute later.
    now = new Date(now.getTime() + 61_000)
    const later = await startTestApp(settings())
    const again = new Someone(later, ames.name, ames.person)
    await again.signIn()
    again.meetingId = wren.meetingId
    expect((await list(again)).invites[0]).toMatchObject({ tries: 1, given: null, trying: { by: 'Wren', lost: true } })
    const rows = await app.app.parts.db.collection('invites').find({ meetingId: wren.meetingId }).toArray()
    expect(JSON.stringify(rows)).not.toContain('Wren')
    await give(id, 'mail', FIRST, again)
    lines[0]!()
    await answer
    expect((await list(again)).invites[0]).toMatchObject({ tries: 2, trying: null, given: { by: ames.name } })
    expect(mails).toHaveLength(2)
    await later.close()
  })

  test('[BE62] where the line to the mail server breaks the list says that nobody knows whether it went out', async () => {
    const { id } = await add()
    const { answer } = await beginToSend(id)
    for (const line of wires) line.destroy()
    expect(await ((await answer) as Response).json()).toMatchObject({ error: { code: 'invite/unsure' } })
    expect((await list()).invites[0]).toMatchObject({ given: null, trying: { by: 'Wren', lost: true } })
    expect(logged.join('')).not.toContain('rosa@')
    await give(id)
    expect((await list()).invites[0]).toMatchObject({ trying: null, given: { way: 'mail' } })
  })

  test('[BE63] where the line of who sends is cut the list tells afterwards what became of it', async () => {
    const page = await wren.enter()
    const { id } = await add()
    const cut = new AbortController()
    const { answer } = await beginToSend(id, cut.signal)
    cut.abort()
    await answer
    lines[0]!()
    const news = () => page.heard.filter(({ event }) => event === 'before:changed').length
    // It was put on the list, begun and done.
    await page.until('before:changed', () => news() >= 3)
    page.close()
    expect((await list()).invites[0]).toMatchObject({ tries: 1, trying: null, given: { way: 'mail', by: 'Wren' } })
    expect(await refusal(give(id, 'mail', FIRST, wren, 0))).toBe('invite/changed')
    expect(mails).toHaveLength(1)
  })

  test('[BE64] a wish of the family comes on the list by one press, to be reached as they said; sent, the wish says that they were asked', async () => {
    const jules = await admitted(wren, 'Jules', 'youth')
    const wish = async (name: string, reach: string) => {
      const body = { name, relation: 'My coach', reach }
      return (await jules.call('wishSupporter', { params: params(), body })).supporters.at(-1)!
    }
    const invite = ({ id }: { id: string }, who = wren) =>
      who.call('inviteSupporter', { params: { ...params(), supporterId: id } })
    const wishes = async (who: Someone) => (await who.call('listSupporters', { params: params() })).supporters
    const [dee, mo] = [
      await wish('Dee', 'dee@example.org, after 5.'),
      await wish('Mo', 'Call 555-0100-27 in the evening'),
    ]
    expect(await refusal(invite(dee, jules))).toBe('access/denied')
    await Promise.all([invite(dee), invite(dee)])
    expect((await invite(mo)).invites).toMatchObject([
      { name: 'Dee', role: 'support', language: 'en', channel: 'email', address: 'dee@example.org', given: null },
      { name: 'Mo', channel: 'text', address: '555-0100-27' },
    ])
    expect(await wishes(wren)).toMatchObject([
      { listed: true, asked: null },
      { listed: true, asked: null },
    ])
    expect(await wishes(jules)).toMatchObject([
      { listed: false, asked: null },
      { listed: false, asked: null },
    ])
    const page = await jules.enter()
    await give((await list()).invites[0]!.id)
    await page.until('answers:changed', ({ of }) => of === 'needs')
    page.close()
    expect(mails[0]!.to).toMatchObject({ text: 'dee@example.org' })
    expect(await wishes(jules)).toMatchObject([{ asked: { by: 'Wren' } }, { asked: null }])
    await jules.call('takeBackSupporter', { params: { ...params(), supporterId: mo.id } })
    expect((await list()).invites.map(({ name }) => name)).toEqual(['Dee'])
    expect(await refusal(invite(mo))).toBe('supporter/not-found')
  })

  test('[BE64] where the family named no way to reach them it is paper, and taken off the list the wish can be put there again', async () => {
    expect(readReach('Ask my mother')).toEqual({ channel: 'paper', address: '' })
    expect(readReach('+1 (555) 010-0274 or dee@school')).toEqual({ channel: 'text', address: '+1 (555) 010-0274' })
    const ada = await admitted(wren, 'Ada')
    const body = { name: 'Lee', relation: 'Our neighbor', reach: '' }
    const [lee] = (await ada.call('wishSupporter', { params: params(), body })).supporters
    const press = () => wren.call('inviteSupporter', { params: { ...params(), supporterId: lee!.id } })
    const [first] = (await press()).invites
    expect(first).toMatchObject({ channel: 'paper' })
    await wren.call('removeInvite', { params: { ...params(), inviteId: first!.id } })
    expect((await wren.call('listSupporters', { params: params() })).supporters[0]!.listed).toBe(false)
    expect((await press()).invites).toHaveLength(1)
  })
})
