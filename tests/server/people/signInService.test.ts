import { OAuth2Server } from 'oauth2-mock-server'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { COOKIES } from '../../../server/access/cookies'
import { guest, type Someone, staff } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

/** What the service says of who signs in there. */
let claims: Record<string, unknown>
let changeRedirect: (url: URL) => void

describe('the agency’s sign-in service', () => {
  const service = new OAuth2Server()
  let app: TestApp
  let wren: Someone
  let count = 0

  beforeAll(async () => {
    await service.issuer.keys.generate('RS256')
    await service.start(0, 'localhost')
    service.service.on('beforeTokenSigning', ({ payload }) => Object.assign(payload, claims))
    service.service.on('beforeAuthorizeRedirect', ({ url }) => changeRedirect(url))
    const signInService = {
      issuer: service.issuer.url!,
      clientId: 'ourplan',
      clientSecret: 's',
      name: 'County sign-in',
    }
    app = await startTestApp({ config: { signInService } })
  })
  beforeEach(async () => {
    wren = await staff(app, `Wren Service ${(count += 1)}`)
    changeRedirect = () => undefined
    claims = { sub: `wren-${count}`, email: wren.person!.email, email_verified: true }
  })
  afterAll(async () => {
    await app.close()
    await service.stop()
  })

  /** Sets out and signs in there. @returns the address the service sends the browser back to */
  async function there(someone: Someone, back = '/account'): Promise<string> {
    const out = await someone.request('get', `/signin/service?back=${encodeURIComponent(back)}`)
    expect(out.status).toBe(303)
    const answer = await fetch(out.headers.get('location')!, { redirect: 'manual' })
    const url = new URL(answer.headers.get('location')!)
    return url.pathname + url.search
  }

  const comeBack = async (someone: Someone, path: string) => {
    const answer = await someone.request('get', path)
    expect(answer.status).toBe(303)
    return answer.headers.get('location')
  }
  const goThrough = async (someone: Someone) => comeBack(someone, await there(someone))
  const nameOf = async (someone: Someone) => (await someone.call('whoAmI')).person?.name ?? null
  const FAILED = '/signin?problem=session%2Fservice-failed'
  const UNKNOWN = '/signin?problem=session%2Fservice-unknown'

  it('[SA14] lets in who has an account under the email it has checked, and brings them where they wanted', async () => {
    expect((await guest(app, 'Wren').call('signInWays')).service).toBe('County sign-in')
    const someone = guest(app, 'Wren')
    expect(await goThrough(someone)).toBe('/account')
    expect(await nameOf(someone)).toBe(wren.name)
    expect(someone.cookies.has(COOKIES.service)).toBe(false)
  })

  it('[SA14] is offered only where it is set', async () => {
    const plain = await startTestApp()
    try {
      expect((await guest(plain, 'Wren').call('signInWays')).service).toBeNull()
      expect((await guest(plain, 'Wren').request('get', '/signin/service')).status).toBe(404)
    } finally {
      await plain.close()
    }
  })

  it('[SA14] asks the service by code with PKCE, state and nonce', async () => {
    const out = await guest(app, 'Wren').request('get', '/signin/service')
    const asked = new URL(out.headers.get('location')!).searchParams
    expect(asked.get('response_type')).toBe('code')
    expect(asked.get('code_challenge_method')).toBe('S256')
    for (const name of ['code_challenge', 'state', 'nonce']) expect(asked.get(name)!.length).toBeGreaterThan(40)
  })

  it.each(['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])(
    '[SA14] brings nobody to %s afterwards',
    async (back) => {
      const someone = guest(app, 'Wren')
      expect(await comeBack(someone, await there(someone, back))).toBe('/')
    },
  )

  it('[SA15] refuses another state, another nonce, and what it signed for somebody else', async () => {
    changeRedirect = (url) => url.searchParams.set('state', 'another')
    expect(await goThrough(guest(app, 'Wren'))).toBe(FAILED)
    changeRedirect = () => undefined
    for (const wrong of [{ nonce: 'another' }, { aud: 'another' }, { iss: 'https://evil.example' }, { exp: 1 }]) {
      claims = { ...claims, ...wrong }
      const someone = guest(app, 'Wren')
      expect(await goThrough(someone)).toBe(FAILED)
      expect(await nameOf(someone)).toBeNull()
    }
  })

  it('[SA15] refuses an email nobody checked, and people without an account; it makes none', async () => {
    const accounts = await app.app.parts.db.collection('staff').countDocuments()
    for (const wrong of [
      { email_verified: false },
      { email_verified: 'true' },
      { email: 'eve@example.org' },
      { email: 1 },
    ]) {
      claims = { sub: 'eve', email: wren.person!.email, email_verified: true, ...wrong }
      expect(await goThrough(guest(app, 'Eve')), JSON.stringify(wrong)).toBe(UNKNOWN)
    }
    expect(await app.app.parts.db.collection('staff').countDocuments()).toBe(accounts)
  })

  it('[SA15] refuses a way back that was used, or that another browser set out on', async () => {
    const someone = guest(app, 'Wren')
    const path = await there(someone)
    expect(await comeBack(guest(app, 'Eve'), path)).toBe(FAILED)
    const cookies = new Map(someone.cookies)
    expect(await comeBack(someone, path)).toBe('/account')
    const again = guest(app, 'Eve')
    cookies.forEach((value, name) => again.cookies.set(name, value))
    expect(await comeBack(again, path)).toBe(FAILED)
    expect(await nameOf(again)).toBeNull()
  })

  it('[SA15] refuses a code that came to another browser, although that browser set out itself', async () => {
    const [someone, eve] = [guest(app, 'Wren'), guest(app, 'Eve')]
    const code = new URL(await there(someone), app.url).searchParams.get('code')!
    const own = new URL(await there(eve), app.url)
    own.searchParams.set('code', code)
    expect(await comeBack(eve, own.pathname + own.search)).toBe(FAILED)
  })

  it('[SA15] what the service itself refuses is said on the sign-in page', async () => {
    changeRedirect = (url) => {
      url.searchParams.delete('code')
      url.searchParams.set('error', 'access_denied')
    }
    expect(await goThrough(guest(app, 'Wren'))).toBe(FAILED)
  })

  it('[SA16] an email that was handed on to somebody else there opens nothing here', async () => {
    expect(await goThrough(guest(app, 'Wren'))).toBe('/account')
    claims = { ...claims, sub: 'somebody-new' }
    expect(await goThrough(guest(app, 'Somebody'))).toBe(UNKNOWN)
  })

  it('[SA16] a closed account stays closed', async () => {
    const admin = await staff(app, 'Admin', { duty: 'admin' })
    const body = { duty: 'facilitator', agency: null, disabled: true } as const
    await admin.call('changeAccount', { params: { staffId: wren.person!.id }, body })
    expect(await goThrough(guest(app, 'Wren'))).toBe(UNKNOWN)
  })
})

describe('a sign-in service that is away', () => {
  it('[SA15] is said on the sign-in page', async () => {
    const signInService = { issuer: 'http://127.0.0.1:9', clientId: 'ourplan', clientSecret: null, name: 'Away' }
    const app = await startTestApp({ config: { signInService } })
    try {
      const answer = await guest(app, 'Wren').request('get', '/signin/service')
      expect(answer.headers.get('location')).toBe('/signin?problem=session%2Fservice-failed')
    } finally {
      await app.close()
    }
  })
})
