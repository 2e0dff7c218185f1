import { SMTPServer } from 'smtp-server'
import { simpleParser, type ParsedMail } from 'mailparser'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { admitted, guest, refusal, staff, type Someone } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

const DAY_MS = 24 * 60 * 60_000

let app: TestApp
let smtp: SMTPServer
let now: Date
let wren: Someone
let dana: Someone
let familyId: string
const mails: ParsedMail[] = []
let arrived = (): void => undefined
const logged: string[] = []

beforeAll(async () => {
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      void simpleParser(stream).then((mail) => {
        mails.push(mail)
        arrived()
        done()
      })
    },
  })
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve))
  const { port } = smtp.server.address() as AddressInfo
  now = new Date('2027-03-02T17:00:00Z')
  app = await startTestApp({
    config: { smtp: { url: `smtp://127.0.0.1:${port}`, from: 'no-reply@example.org' } },
    clock: () => now,
    onLog: (line) => logged.push(line),
  })
  wren = await staff(app, 'Wren')
  familyId = (await wren.createFamily()).id
  await wren.createMeeting({ familyId, question: 'Where will Miles sleep?' })
  dana = await admitted(wren, 'Dana')
  await seal(wren)
})
afterAll(async () => {
  await app.close()
  await new Promise<void>((resolve) => smtp.close(resolve))
})

const seal = (lead: Someone) =>
  lead.call('makeVersion', {
    params: { meetingId: lead.meetingId },
    body: { kind: 'sealed', label: 'Sealed', basedOn: 0 },
  })

const paramsOf = (someone: Someone) => ({ meetingId: someone.meetingId, participantId: someone.participantId })
const makeLink = (whose: Someone, email?: string) =>
  wren.call('makeLink', { params: paramsOf(whose), body: { email: email ?? null } })
const tokenOf = ({ url }: { url: string }) => url.split('#')[1]!

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const post = (who: Someone, path: string, form: Record<string, string>) =>
  who.request('POST', path, new URLSearchParams(form).toString(), FORM)

/** Opens a link as its page does, with a code. @returns where it leads, or the page that was answered */
async function open(who: Someone, token: string, code: string) {
  const answer = await post(who, '/f/open', { link: token, code })
  return { status: answer.status, to: answer.headers.get('location'), page: await answer.text() }
}

async function nextMail(ask: () => Promise<unknown>): Promise<ParsedMail> {
  const before = mails.length
  const come = new Promise<void>((resolve) => (arrived = resolve))
  await ask()
  await come
  return mails[before]!
}

describe('a link on paper', () => {
  it('[ME70] opens with its code the sealed plans of the meetings its person was in, to read, and nothing else', async () => {
    const made = await makeLink(dana)
    expect(made.code).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/)
    const phone = guest(app, 'Dana at home')
    expect((await post(phone, '/f', { link: made.url })).status).toBe(200)
    expect(await open(phone, tokenOf(made), made.code!.toLowerCase().replace('-', ' '))).toMatchObject({
      status: 303,
      to: '/f/plans?lang=en',
    })
    const shelf = await (await phone.request('GET', '/f/plans')).text()
    const [path] = /\/f\/plans\/[0-9a-f]{24}/.exec(shelf)!
    expect(await (await phone.request('GET', path)).text()).toContain('Where will Miles sleep?')
    // It is no way into the meeting: nothing but these pages knows this browser.
    phone.meetingId = dana.meetingId
    expect(await refusal(phone.read())).toBe('session/missing')
    expect(await refusal(phone.call('listFamilyVersions', { params: { familyId } }))).toBe('session/missing')
    // Twice, on another browser too: paper is kept.
    expect((await open(guest(app, 'Again'), tokenOf(made), made.code!)).status).toBe(303)
  })

  it('[ME70] shows nothing of meetings its person was not in, was taken out of, or waited at the door of', async () => {
    const other = await staff(app, 'Ames')
    await other.createMeeting({ question: 'Another family’s question' })
    await seal(other)
    const rosa = await admitted(wren, 'Rosa')
    const made = await makeLink(rosa)
    const phone = guest(app, 'Rosa at home')
    await open(phone, tokenOf(made), made.code!)
    const shelf = await (await phone.request('GET', '/f/plans')).text()
    const [path] = /\/f\/plans\/[0-9a-f]{24}/.exec(shelf)!
    const foreign = (await other.call('listVersions', { params: { meetingId: other.meetingId } })).versions[0]!
    expect((await phone.request('GET', `/f/plans/${foreign.id}`)).headers.get('location')).toBe('/f/plans')
    await wren.remove(rosa)
    expect((await phone.request('GET', path)).headers.get('location')).toBe('/f/plans')
    expect(await (await phone.request('GET', '/f/plans')).text()).not.toContain(path)
  })

  it('[ME71] opens no more after five wrong codes, also sent at once, until there is a new one', async () => {
    const made = await makeLink(dana)
    const tries = Array.from({ length: 5 }, (_, i) => open(guest(app, 'Mallory'), tokenOf(made), `2222-222${i + 2}`))
    expect((await Promise.all(tries)).map(({ status }) => status)).toEqual([404, 404, 404, 404, 404])
    expect((await open(guest(app, 'Dana'), tokenOf(made), made.code!)).status).toBe(404)
    const { links } = await wren.call('listLinks', { params: paramsOf(dana) })
    expect(links[0]).toMatchObject({ way: 'paper', locked: true })
    const again = await makeLink(dana)
    expect((await open(guest(app, 'Dana'), tokenOf(again), again.code!)).status).toBe(303)
  })

  it('[ME72] ended by who leads, by its person, or by a year, closes what is open at once; all such links answer alike', async () => {
    const [one, two, three, four] = [
      await makeLink(dana),
      await makeLink(dana),
      await makeLink(dana),
      await makeLink(dana),
    ]
    const phone = guest(app, 'Dana at home')
    await open(phone, tokenOf(one), one.code!)
    expect((await phone.request('GET', '/f/plans')).status).toBe(200)
    const params = { ...paramsOf(dana), linkId: one.link.id }
    await wren.call('endLink', { params })
    expect((await phone.request('GET', '/f/plans')).headers.get('location')).toBe('/f')
    expect(await refusal(wren.call('endLink', { params }))).toBe('link/not-found')
    await open(phone, tokenOf(two), two.code!)
    expect((await post(phone, '/f/plans', { id: three.link.id })).headers.get('location')).toBe('/f/plans')
    const answers = [
      await open(guest(app, 'A'), tokenOf(one), one.code!),
      await open(guest(app, 'B'), tokenOf(three), three.code!),
      await open(guest(app, 'C'), 'x'.repeat(43), two.code!),
      await open(guest(app, 'D'), tokenOf(four), '2222-2222'),
    ]
    const before = now
    now = new Date(now.getTime() + 365 * DAY_MS)
    answers.push(await open(guest(app, 'E'), tokenOf(four), four.code!))
    now = before
    const alike = answers.map(({ status, page }) => [status, page.replace(/name="link" value="[^"]*"/, '')])
    expect(new Set(alike.map((one) => JSON.stringify(one))).size).toBe(1)
    // Locking the phone closes it too.
    await phone.request('POST', '/lock')
    expect(phone.cookies.size).toBe(0)
  })

  it('[ME72] is made by who leads alone, for people of the family', async () => {
    const school = await admitted(wren, 'School', 'agency')
    expect(await refusal(makeLink(school))).toBe('participant/not-found')
    expect(await refusal(dana.call('makeLink', { params: paramsOf(dana), body: { email: null } }))).toBe(
      'access/denied',
    )
    expect(await refusal(dana.call('listLinks', { params: paramsOf(dana) }))).toBe('access/denied')
  })
})

describe('a link with an email', () => {
  it('[ME73] sends a code of six digits that says nothing of a family, opens once, and ends after a quarter of an hour', async () => {
    const made = await makeLink(dana, 'dana@example.org')
    expect(made.code).toBeNull()
    const ask = () => post(guest(app, 'Dana'), '/f', { link: tokenOf(made) })
    const mail = await nextMail(ask)
    expect(mail.subject).toBe('Your code')
    const everything = JSON.stringify([mail.text, mail.html, mail.subject, mail.from?.text, [...mail.headers.values()]])
    expect(everything).not.toMatch(/miles|dana(?!@)|wren|family|welfare|plan|meeting/i)
    const code = /\b\d{6}\b/.exec(mail.text!)![0]
    // Asking again within a minute sends nothing more; the code stands.
    const sent = mails.length
    await ask()
    expect((await open(guest(app, 'Dana'), tokenOf(made), code)).status).toBe(303)
    expect((await open(guest(app, 'Dana'), tokenOf(made), code)).status).toBe(404)
    expect(mails).toHaveLength(sent)
    const next = await nextMail(ask)
    const second = /\b\d{6}\b/.exec(next.text!)![0]
    const before = now
    now = new Date(now.getTime() + 15 * 60_000)
    expect((await open(guest(app, 'Dana'), tokenOf(made), second)).status).toBe(404)
    now = before
  })

  it('[ME74] its secrets stand in no log, no address and no database', async () => {
    const made = await makeLink(dana, 'canary@example.org')
    const mail = await nextMail(() => post(guest(app, 'Dana'), '/f', { link: tokenOf(made) }))
    const code = /\b\d{6}\b/.exec(mail.text!)![0]
    const phone = guest(app, 'Dana')
    await open(phone, tokenOf(made), code)
    const { db } = app.app.parts
    const stored = await Promise.all(['links', 'linkReadings'].map((name) => db.collection(name).find().toArray()))
    const reading = phone.cookies.get('ourplan_link')!
    for (const secret of [tokenOf(made), code, reading, 'canary@example.org']) {
      expect(logged.join('')).not.toContain(secret)
      expect(JSON.stringify(stored)).not.toContain(secret)
    }
    expect(logged.join('')).not.toContain('canary@')
    expect(new URL(made.url).pathname).toBe('/f')
    await app.app.parts.record.settled()
  })

  it('[ME75] cannot be made where the server sends no email; paper can', async () => {
    const bare = await startTestApp({ config: { smtp: null } })
    const lead = await staff(bare, 'Wren')
    await lead.createMeeting()
    const rosa = await admitted(lead, 'Rosa')
    const make = (body: { email: string | null }) => lead.call('makeLink', { params: paramsOf(rosa), body })
    expect(await refusal(make({ email: 'rosa@example.org' }))).toBe('link/no-email')
    expect((await make({ email: null })).code).toBeTruthy()
    await bare.close()
  })
})
