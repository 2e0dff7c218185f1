import { simpleParser } from 'mailparser'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { admitted, guest, PASSWORD, refusal, Someone, staff } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

const HOUR_MS = 60 * 60_000
const WORDS = 'rain on the old tin roof'
const tokenOf = (link: string) => new URL(link).hash.slice(1)

let app: TestApp
let admin: Someone
let late = 0
let count = 0

beforeAll(async () => {
  app = await startTestApp({ clock: () => new Date(Date.now() + late) })
  admin = await staff(app, 'Admin', { duty: 'admin' })
})
afterAll(() => app.close())

const newEmail = () => `quill.${(count += 1)}@example.org`
const invite = (is = {}) =>
  admin.call('invite', { body: { name: 'Quill', email: newEmail(), duty: 'agency', agency: 'child-welfare', ...is } })
const accept = (someone: Someone, link: string, password = WORDS) =>
  someone.call('acceptInvitation', { body: { token: tokenOf(link), name: 'Quill Ortega', password } })
const change = (staffId: string, is: { duty?: 'admin' | 'agency' | 'facilitator'; disabled?: boolean }) =>
  admin.call('changeAccount', {
    params: { staffId },
    body: { duty: 'facilitator', agency: is.duty === 'agency' ? 'school' : null, disabled: false, ...is },
  })

describe('being invited', () => {
  it('[SA5] Quill opens the link, says how to call her, chooses a password and is in', async () => {
    const { account, link, sent } = await invite()
    expect([account.state, sent]).toEqual(['invited', false])
    expect(link).toMatch(/\/welcome#[\w-]{43}$/)
    const quill = guest(app, 'Quill')
    expect((await quill.call('readInvitation', { body: { token: tokenOf(link) } })).person?.email).toBe(account.email)
    expect((await accept(quill, link)).person).toMatchObject({ name: 'Quill Ortega', agency: 'child-welfare' })
    expect((await quill.call('whoAmI')).person?.name).toBe('Quill Ortega')
    const listed = (await admin.call('listAccounts')).accounts.find(({ id }) => id === account.id)
    expect(listed).toMatchObject({ state: 'active', secondFactor: false })
    await guest(app, 'Quill').call('signIn', { body: { email: account.email, password: WORDS } })
  })

  it('[SA5] the link opens one account once, also for two at once', async () => {
    const { link } = await invite()
    const tries = await Promise.allSettled([1, 2, 3].map(() => accept(guest(app, 'Quill'), link)))
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await refusal(accept(guest(app, 'Eve'), link))).toBe('invitation/over')
  })

  it('[SA5] a password that will not do leaves the link good', async () => {
    const { link } = await invite()
    expect(await refusal(accept(guest(app, 'Quill'), link, 'short'))).toBe('account/password-short')
    expect((await accept(guest(app, 'Quill'), link)).person).not.toBeNull()
  })

  it('[SA5] the link is over after 72 hours, and when a newer one was made', async () => {
    const first = await invite()
    const again = await admin.call('inviteAgain', { params: { staffId: first.account.id } })
    expect(await refusal(accept(guest(app, 'Eve'), first.link))).toBe('invitation/over')
    try {
      late = 72 * HOUR_MS + 1_000
      expect(await refusal(accept(guest(app, 'Quill'), again.link))).toBe('invitation/over')
    } finally {
      late = 0
    }
  })

  it('[SA5] nobody signs in to an account that was not opened yet, and no account is made twice', async () => {
    const { account } = await invite()
    for (const password of ['', ' ', 'null', WORDS]) {
      const answer = await guest(app, 'Eve').request('post', '/api/sessions', { email: account.email, password })
      expect(answer.status, password).toBeGreaterThanOrEqual(400)
    }
    expect(await refusal(invite({ email: account.email.toUpperCase() }))).toBe('account/email-taken')
  })

  it('[SA5] only the administrator sees and manages accounts', async () => {
    const wren = await staff(app, 'Wren Manages')
    expect(await refusal(wren.call('listAccounts'))).toBe('access/denied')
    const params = { staffId: admin.person!.id }
    expect(await refusal(wren.call('inviteAgain', { params }))).toBe('access/denied')
    expect(await refusal(wren.call('resetSecondFactor', { params }))).toBe('access/denied')
  })

  it('[SA5] a lost password: the new link ends what was open', async () => {
    const wren = await staff(app, 'Wren Forgets')
    const { link } = await admin.call('inviteAgain', { params: { staffId: wren.person!.id } })
    expect((await wren.call('whoAmI')).person).not.toBeNull()
    await accept(guest(app, 'Wren'), link)
    expect((await wren.call('whoAmI')).person).toBeNull()
    expect(await refusal(wren.signIn())).toBe('session/wrong-password')
  })

  it('[SA5] the database holds no link that could be used', async () => {
    const { link } = await invite()
    const stored = JSON.stringify(await app.app.parts.db.collection('invitations').find().toArray())
    expect(stored).not.toContain(tokenOf(link))
  })

  it('[SA6] goes out by email in words that tell nobody anything, where a mail server is set', async () => {
    const mails: string[] = []
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData: (stream, _session, done) => {
        const pieces: Buffer[] = []
        stream.on('data', (piece: Buffer) => pieces.push(piece))
        stream.on('end', () => {
          mails.push(Buffer.concat(pieces).toString())
          done()
        })
      },
    })
    server.listen(0, '127.0.0.1')
    await once(server.server, 'listening')
    const { port } = server.server.address() as AddressInfo
    const smtp = { url: `smtp://127.0.0.1:${port}`, from: 'OurPlan <ourplan@example.org>' }
    const mailing = await startTestApp({ config: { smtp } })
    try {
      const boss = await staff(mailing, 'Admin', { duty: 'admin' })
      const body = { name: 'Quill', email: 'quill@example.org', duty: 'agency', agency: 'school' } as const
      const { link, sent } = await boss.call('invite', { body })
      expect(sent).toBe(true)
      const mail = await simpleParser(mails[0]!)
      expect(mail.to).toMatchObject({ text: 'quill@example.org' })
      expect(mail.subject).toBe('OurPlan')
      expect(mail.text).toContain(link)
      expect(mail.text).not.toMatch(/Quill|Admin|school|famil|child/i)
    } finally {
      await mailing.close()
      await new Promise<void>((resolve) => server.close(resolve))
    }
  })
})

describe('closing an account', () => {
  it('[SA7] ends everything of theirs within a second, wherever it is open, and opens again later', async () => {
    const wren = await staff(app, 'Wren Leaves')
    await wren.createMeeting()
    const elsewhere = new Someone(app, 'Wren', wren.person)
    await elsewhere.signIn()
    elsewhere.meetingId = wren.meetingId
    const pages = [await wren.enter(), await elsewhere.enter()]
    const started = Date.now()
    await change(wren.person!.id, { disabled: true })
    await Promise.all(pages.map(({ closed }) => closed))
    expect(Date.now() - started).toBeLessThan(1_000)
    for (const one of [wren, elsewhere]) {
      expect(await refusal(one.read())).toBe('session/missing')
      expect(await refusal(one.call('listFamilies'))).toBe('session/missing')
    }
    expect(await refusal(wren.signIn())).toBe('session/wrong-password')
    await change(wren.person!.id, { disabled: false })
    await wren.signIn()
  })

  it('[SA7] a link that was still out opens nothing any more', async () => {
    const { account, link } = await invite()
    await change(account.id, { disabled: true })
    expect(await refusal(accept(guest(app, 'Quill'), link))).toBe('invitation/over')
  })

  it('[SA7] another duty holds from the next question on', async () => {
    const wren = await staff(app, 'Wren Changes')
    await wren.createFamily()
    await change(wren.person!.id, { duty: 'agency' })
    expect(await refusal(wren.call('listFamilies'))).toBe('access/denied')
    expect((await wren.call('whoAmI')).person).toMatchObject({ duty: 'agency', agency: 'school' })
  })

  it('[SA7] an agency person has an agency', async () => {
    expect(await refusal(invite({ agency: null }))).toBe('request/invalid')
  })

  it('[SA8] the last administrator stays; of two who take the duty off each other at once one is left', async () => {
    const me = admin.person!.id
    expect(await refusal(change(me, { disabled: true }))).toBe('account/last-admin')
    expect(await refusal(change(me, { duty: 'facilitator' }))).toBe('account/last-admin')
    const other = await staff(app, 'Second', { duty: 'admin' })
    const tries = await Promise.allSettled([
      change(me, { duty: 'facilitator' }),
      other.call('changeAccount', {
        params: { staffId: other.person!.id },
        body: { duty: 'facilitator', agency: null, disabled: false },
      }),
    ])
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await app.app.parts.db.collection('staff').updateMany({}, { $set: { duty: 'facilitator' } })
    await app.app.parts.db.collection('staff').updateOne({ email: admin.person!.email }, { $set: { duty: 'admin' } })
  })
})

describe('one’s own password', () => {
  it('[SA4] is changed by who knows it, and ends what is open elsewhere', async () => {
    const wren = await staff(app, 'Wren Password')
    await wren.createMeeting()
    const elsewhere = new Someone(app, 'Wren', wren.person)
    await elsewhere.signIn()
    elsewhere.meetingId = wren.meetingId
    const page = await elsewhere.enter()
    const ask = (password: string, newPassword: string) =>
      wren.call('changePassword', { body: { password, newPassword } })
    expect(await refusal(ask('not mine', WORDS))).toBe('account/wrong-password')
    expect(await refusal(ask(PASSWORD, 'passwordpassword'))).toBe('account/password-known')
    expect((await elsewhere.call('whoAmI')).person).not.toBeNull()
    await ask(PASSWORD, WORDS)
    const started = Date.now()
    await page.closed
    expect(Date.now() - started).toBeLessThan(1_000)
    expect((await wren.call('whoAmI')).person).not.toBeNull()
    expect(await refusal(wren.signIn())).toBe('session/wrong-password')
  })

  it('[SA4] guessing the present one is held back', async () => {
    const wren = await staff(app, 'Wren Guessed')
    const guesses = Array.from({ length: 11 }, (_, i) =>
      refusal(wren.call('changePassword', { body: { password: `guess ${i}`, newPassword: WORDS } })),
    )
    expect((await Promise.all(guesses)).filter((code) => code === 'request/too-many')).toHaveLength(1)
  })
})

describe('where I am signed in', () => {
  it('[SA18] lists browsers by name, ends one or all others at once, and no one else’s', async () => {
    const wren = await staff(app, 'Wren Where')
    await wren.createMeeting()
    const agent =
      'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36'
    const phone = new Someone(app, 'Wren', wren.person)
    await phone.request(
      'post',
      '/api/sessions',
      { email: wren.person!.email, password: PASSWORD },
      { 'user-agent': agent },
    )
    phone.meetingId = wren.meetingId
    const page = await phone.enter()
    const { sessions } = await wren.call('listSessions')
    expect(sessions.map(({ browser, here }) => [browser, here]).sort()).toEqual([
      ['', true],
      ['Chrome · Android', false],
    ])
    const dana = await admitted(wren, 'Dana')
    expect(await refusal(dana.call('listSessions'))).toBe('session/missing')
    expect(await refusal(admin.call('endSession', { params: { sessionId: sessions[0]!.id } }))).toBe(
      'account/session-over',
    )
    const started = Date.now()
    await wren.call('endSession', { params: { sessionId: sessions.find(({ here }) => !here)!.id } })
    await page.closed
    expect(Date.now() - started).toBeLessThan(1_000)
    await new Someone(app, 'Wren', wren.person).signIn()
    await wren.call('endOtherSessions')
    expect((await wren.call('listSessions')).sessions).toHaveLength(1)
    expect((await wren.read()).me.role).toBe('facilitator')
  })
})

describe('the first administrator', () => {
  it('[SA9] is made by the link of the start, once, and only where there is none', async () => {
    const empty = await startTestApp()
    try {
      const { invitations } = empty.app.parts
      const [early, token] = [await invitations.make(null), await invitations.make(null)]
      const say = (of: string, email?: string) =>
        guest(empty, 'Admin').call('acceptInvitation', {
          body: { token: of, name: 'Ruth', password: WORDS, ...(email && { email }) },
        })
      expect(await refusal(say(early, 'ruth@example.org'))).toBe('invitation/over')
      expect((await guest(empty, 'Ruth').call('readInvitation', { body: { token } })).person).toBeNull()
      expect(await refusal(say(token))).toBe('request/invalid')
      expect((await say(token, 'Ruth@example.org')).person).toMatchObject({ duty: 'admin', email: 'ruth@example.org' })
      expect(await refusal(say(token, 'eve@example.org'))).toBe('invitation/over')
      expect(await refusal(say(await invitations.make(null), 'eve@example.org'))).toBe('invitation/over')
      expect(await invitations.hasAdministrator()).toBe(true)
    } finally {
      await empty.close()
    }
  })
})

describe('in production', () => {
  it('[SA19] nobody comes in with what everybody knows', async () => {
    const real = await startTestApp({ config: { production: true } })
    try {
      const { people } = real.app.parts
      const account = { name: 'Wren', duty: 'admin', agency: null } as const
      await people.add({ ...account, email: 'wren@demo.ourplan', password: PASSWORD })
      await people.add({ ...account, email: 'wren@example.org', password: 'ourplan-demo-only' })
      expect(await people.hasDemoAccounts()).toBe(true)
      const ask = (email: string, password: string) =>
        refusal(guest(real, 'Eve').call('signIn', { body: { email, password } }))
      expect(await ask('wren@demo.ourplan', PASSWORD)).toBe('session/wrong-password')
      expect(await ask('wren@example.org', 'ourplan-demo-only')).toBe('session/wrong-password')
    } finally {
      await real.close()
    }
  })
})
