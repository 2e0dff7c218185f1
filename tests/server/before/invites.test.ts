import { SMTPServer } from 'smtp-server'
import { simpleParser, type ParsedMail } from 'mailparser'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createRemoveFamily } from '../../../server/keeping/removeFamily'
import type { InviteWords } from '../../../shared/invite'
import { admitted, guest, refusal, type Someone, staff } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

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
  const now = new Date('2027-02-26T17:00:00Z')
  const logged: string[] = []
  const mails: ParsedMail[] = []
  let takes = true

  const params = (who: Someone = wren) => ({ meetingId: who.meetingId })
  const list = (who: Someone = wren) => who.call('listInvites', { params: params() })
  const add = async (words: Partial<InviteWords> = {}, who: Someone = wren) => {
    const { invites } = await who.call('addInvite', { params: params(who), body: { ...ROSA, ...words } })
    return invites.at(-1)!
  }
  const give = (inviteId: string, way: 'mail' | 'hand' = 'mail', startsAt = FIRST, who: Someone = wren) =>
    who.call('giveInvite', { params: { ...params(who), inviteId }, body: { way, startsAt } })
  const putLater = () => wren.call('setTime', { params: params(), body: { from: FIRST, to: '2027-03-03T12:30' } })
  const MEETING = { timeZone: 'America/Los_Angeles', startsAt: FIRST, title: 'Can Miles stay?' }

  beforeAll(async () => {
    smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onMailFrom: (_address, _session, done) => done(takes ? null : new Error('no room')),
      onData: (stream, _session, done) => void simpleParser(stream).then((mail) => done(null, void mails.push(mail))),
    })
    await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve))
    const { port } = smtp.server.address() as AddressInfo
    const clock = () => now
    const mail = { url: `smtp://127.0.0.1:${port}`, from: 'no-reply@example.org' }
    ;[app, bare] = await Promise.all([
      startTestApp({ config: { smtp: mail }, clock, onLog: (line) => logged.push(line) }),
      startTestApp({ config: { smtp: null }, clock }),
    ])
    wren = await staff(app, 'Wren')
  })
  afterAll(async () => {
    await Promise.all([app.close(), bare.close()])
    await new Promise<void>((resolve) => smtp.close(resolve))
  })
  beforeEach(async () => {
    takes = true
    mails.length = 0
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
})
