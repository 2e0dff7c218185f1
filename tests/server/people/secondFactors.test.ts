import { type TOTP, URI } from 'otpauth'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { PASSWORD, refusal, Someone, staff } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

const SHORT = 'tin roof'

describe('a second factor', () => {
  let app: TestApp
  let wren: Someone
  let now = Date.parse('2027-03-02T18:00:00Z')
  let count = 0
  beforeAll(async () => {
    app = await startTestApp({ clock: () => new Date(now) })
  })
  beforeEach(async () => {
    wren = await staff(app, `Wren Codes ${(count += 1)}`)
  })
  afterAll(() => app.close())

  /** The app on her phone. */
  const codeOf = (phone: TOTP, inS = 0) => phone.generate({ timestamp: now + inS * 1_000 })
  const nextHalfMinute = () => (now += 30_000)
  const start = async () =>
    URI.parse((await wren.call('startSecondFactor', { body: { password: PASSWORD } })).uri) as TOTP

  async function turnOn() {
    const phone = await start()
    const { recoveryCodes } = await wren.call('confirmSecondFactor', { body: { code: codeOf(phone) } })
    nextHalfMinute()
    return { phone, recoveryCodes }
  }

  const signIn = (code?: string, password = PASSWORD) =>
    new Someone(app, 'Wren', wren.person).call('signIn', {
      body: { email: wren.person!.email, password, ...(code !== undefined && { code }) },
    })

  it('[SA10] is asked for once a code of the app was confirmed, and not before', async () => {
    expect(await refusal(wren.call('startSecondFactor', { body: { password: 'not mine' } }))).toBe(
      'account/wrong-password',
    )
    const phone = await start()
    await signIn()
    expect(await refusal(wren.call('confirmSecondFactor', { body: { code: '000000' } }))).toBe('session/wrong-code')
    await wren.call('confirmSecondFactor', { body: { code: codeOf(phone) } })
    nextHalfMinute()
    expect(await refusal(signIn())).toBe('session/code-needed')
    expect(await refusal(signIn('123456', 'not her password'))).toBe('session/wrong-password')
    expect((await signIn(codeOf(phone))).name).toBe(wren.name)
    expect(await refusal(wren.call('startSecondFactor', { body: { password: PASSWORD } }))).toBe(
      'account/second-factor-on',
    )
  })

  it('[SA11] a code opens once; a clock half a minute off is forgiven, more is not', async () => {
    const { phone } = await turnOn()
    const code = codeOf(phone)
    const both = await Promise.allSettled([signIn(code), signIn(code)])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await refusal(signIn(code))).toBe('session/wrong-code')
    expect(await refusal(signIn(codeOf(phone, -30)))).toBe('session/wrong-code')
    await signIn(codeOf(phone, 30))
    expect(await refusal(signIn(codeOf(phone, 90)))).toBe('session/wrong-code')
  })

  it('[SA11] the code that turned it on opens nothing any more', async () => {
    const phone = await start()
    const code = codeOf(phone)
    await wren.call('confirmSecondFactor', { body: { code } })
    expect(await refusal(signIn(code))).toBe('session/wrong-code')
  })

  it('[SA11] after five wrong codes even the right one waits, wherever it comes from', async () => {
    const { phone } = await turnOn()
    for (let i = 0; i < 5; i += 1) expect(await refusal(signIn('abcdef'))).toBe('session/wrong-code')
    expect(await refusal(signIn(codeOf(phone)))).toBe('request/too-many')
  })

  it('[SA12] ten recovery codes, each opens once, however it is typed', async () => {
    const { recoveryCodes } = await turnOn()
    expect(new Set(recoveryCodes).size).toBe(10)
    expect(recoveryCodes[0]).toMatch(/^([2-9A-HJ-NP-Z]{4}-){3}[2-9A-HJ-NP-Z]{4}$/)
    await signIn(recoveryCodes[0]!.toLowerCase().replaceAll('-', ' '))
    expect(await refusal(signIn(recoveryCodes[0]))).toBe('session/wrong-code')
    expect((await wren.call('readAccount')).secondFactor).toMatchObject({ recoveryLeft: 9 })
  })

  it('[SA12] the database holds neither what the app counts from nor a recovery code', async () => {
    const { phone, recoveryCodes } = await turnOn()
    const stored = await app.app.parts.db.collection('staff').find().toArray()
    const text = JSON.stringify(stored)
    expect(text).not.toContain(phone.secret.base32)
    expect(text).not.toContain(Buffer.from(phone.secret.bytes).toString('base64'))
    for (const code of recoveryCodes) expect(text).not.toContain(code.replaceAll('-', ''))
  })

  it('[SA13] goes off by one more code, and not while the password is too short alone', async () => {
    const { phone } = await turnOn()
    await wren.call('changePassword', { body: { password: PASSWORD, newPassword: SHORT } })
    const off = () => wren.call('removeSecondFactor', { body: { code: codeOf(phone) } })
    expect(await refusal(off())).toBe('account/password-short')
    await wren.call('changePassword', { body: { password: SHORT, newPassword: `${PASSWORD} again` } })
    expect(await refusal(wren.call('removeSecondFactor', { body: { code: '000000' } }))).toBe('session/wrong-code')
    await off()
    expect((await wren.call('readAccount')).secondFactor).toBeNull()
    await signIn(undefined, `${PASSWORD} again`)
  })

  it('[SA13] without one a password of eight letters is refused', async () => {
    const asked = wren.call('changePassword', { body: { password: PASSWORD, newPassword: SHORT } })
    expect(await refusal(asked)).toBe('account/password-short')
  })

  it('[SA13] a lost phone: the administrator takes it off, and a password too short alone with it', async () => {
    const admin = await staff(app, `Admin ${count}`, { duty: 'admin' })
    const reset = () => admin.call('resetSecondFactor', { params: { staffId: wren.person!.id } })
    await turnOn()
    expect(await reset()).toMatchObject({ secondFactor: false, state: 'active' })
    expect((await wren.call('whoAmI')).person).toBeNull()
    await wren.signIn()
    await turnOn()
    await wren.call('changePassword', { body: { password: PASSWORD, newPassword: SHORT } })
    expect(await reset()).toMatchObject({ secondFactor: false, state: 'invited' })
    expect(await refusal(signIn(undefined, SHORT))).toBe('session/wrong-password')
  })

  it('[SA13] a new password by link does not take the place of the code', async () => {
    const admin = await staff(app, `Admin ${count}`, { duty: 'admin' })
    await turnOn()
    const { link } = await admin.call('inviteAgain', { params: { staffId: wren.person!.id } })
    const body = { token: new URL(link).hash.slice(1), name: 'Wren', password: `${PASSWORD} new` }
    const someone = new Someone(app, 'Wren', wren.person)
    expect((await someone.call('acceptInvitation', { body })).person).toBeNull()
    expect((await someone.call('whoAmI')).person).toBeNull()
    expect(await refusal(signIn(undefined, `${PASSWORD} new`))).toBe('session/code-needed')
  })
})
