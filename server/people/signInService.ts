import { Schema, type Connection } from 'mongoose'
import * as oidc from 'openid-client'
import { PlanError } from '../../shared/errors'
import { hashToken, secretToken } from '../access/secretToken'
import type { Clock } from '../Clock'
import type { Config } from '../config'

/** Somebody on the way through the service. */
interface StoredFlow {
  /** Of the cookie of the browser that set out: only that one may come back. */
  tokenHash: string
  state: string
  nonce: string
  verifier: string
  /** Where to, once they are in. */
  back: string
  expiresAt: Date
}

/** Who came back. */
export interface Arrival {
  service: { issuer: string; subject: string }
  /** Checked by the service. */
  email: string
  back: string
}

/** Long enough to sign in there, with a second factor. */
const LASTS_MS = 10 * 60_000

const schema = new Schema<StoredFlow>(
  {
    tokenHash: { type: String, required: true },
    state: { type: String, required: true },
    nonce: { type: String, required: true },
    verifier: { type: String, required: true },
    back: { type: String, required: true },
    expiresAt: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, collection: 'signInFlows' },
)
schema.index({ tokenHash: 1 }, { unique: true })
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 })

/** A service on this machine may be asked without TLS: that is how it is tried out. */
const isThisMachine = ({ protocol, hostname }: URL) =>
  protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname)

/** Asks for the service's own description once; after a failure again the next time. */
function createDiscovery({ issuer, clientId, clientSecret }: NonNullable<Config['signInService']>) {
  let known: Promise<oidc.Configuration> | undefined
  return () => {
    const url = new URL(issuer)
    const execute = isThisMachine(url) ? [oidc.allowInsecureRequests] : []
    const client = clientSecret ? oidc.ClientSecretPost(clientSecret) : oidc.None()
    known ??= oidc.discovery(url, clientId, undefined, client, { execute }).catch((error: unknown) => {
      known = undefined
      throw error
    })
    return known
  }
}

/** The email the service has checked itself, said with the identity or, by some, only when asked. */
async function readEmail(known: oidc.Configuration, tokens: Awaited<ReturnType<typeof grant>>): Promise<string> {
  const claims = tokens.claims()!
  const told = claims['email'] ? claims : await oidc.fetchUserInfo(known, tokens.access_token, claims.sub)
  if (typeof told['email'] !== 'string' || told['email_verified'] !== true) {
    throw new PlanError('session/service-unknown')
  }
  return told['email']
}

function grant(known: oidc.Configuration, url: URL, { state, nonce, verifier }: StoredFlow) {
  const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true }
  return oidc.authorizationCodeGrant(known, url, checks)
}

export type SignInService = ReturnType<typeof createSignInService>

/** The sign-in service of the agency (OpenID Connect): authorization code with PKCE, state and nonce. */
export function createSignInService(
  settings: NonNullable<Config['signInService']>,
  { db, clock }: { db: Connection; clock: Clock },
) {
  const flows = db.model<StoredFlow>('SignInFlow', schema)
  const discover = createDiscovery(settings)

  return {
    /**
     * @param redirectUri where the service sends people back to
     * @param back where they want to go in the end
     * @returns the address of the service, and the secret for the cookie of who sets out
     */
    async setOut(redirectUri: string, back: string): Promise<{ url: string; token: string }> {
      const known = await discover()
      const { token, tokenHash } = secretToken()
      const flow = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier() }
      await flows.create({ ...flow, tokenHash, back, expiresAt: new Date(clock().getTime() + LASTS_MS) })
      const url = oidc.buildAuthorizationUrl(known, {
        redirect_uri: redirectUri,
        scope: 'openid email profile',
        code_challenge: await oidc.calculatePKCECodeChallenge(flow.verifier),
        code_challenge_method: 'S256',
        state: flow.state,
        nonce: flow.nonce,
      })
      return { url: url.href, token }
    },

    /**
     * @param token of the cookie; it is good for one return
     * @throws session/service-failed, session/service-unknown
     */
    async comeBack(url: URL, token: string | undefined): Promise<Arrival> {
      const own = { tokenHash: hashToken(token ?? ''), expiresAt: { $gt: clock() } }
      const flow = await flows.findOneAndDelete(own).lean()
      if (!flow) throw new PlanError('session/service-failed')
      const known = await discover()
      const tokens = await grant(known, url, flow).catch((cause: unknown) => {
        throw new PlanError('session/service-failed', { cause })
      })
      const email = await readEmail(known, tokens)
      const { iss, sub } = tokens.claims()!
      return { service: { issuer: iss, subject: sub }, email, back: flow.back }
    },
  }
}
