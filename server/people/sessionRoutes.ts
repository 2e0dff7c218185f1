import { Router } from 'express'
import type { Staying } from '../../shared/account'
import { PlanError } from '../../shared/errors'
import type { Access } from '../access/Access'
import { clearCookie, COOKIES } from '../access/cookies'
import type { Session } from '../access/sessions'
import type { Clock } from '../Clock'
import type { Config } from '../config'
import { serve } from '../http/serve'
import { byNobody, byStaff } from '../record/actors'
import type { RecordKeeper } from '../record/record'
import type { People } from './people'
import type { SigningIn } from './signingIn'
import type { SignInLimits } from './signInLimits'

interface Needs {
  access: Access
  clock: Clock
  config: Config
  people: People
  signingIn: SigningIn
  limits: SignInLimits
  record: RecordKeeper
}

/** Signing in and out. */
export function createSessionRoutes(needs: Needs): Router {
  const { access, clock, config, people, signingIn, limits, record } = needs
  const router = Router()

  function stayingOf({ expiresAt, lastly }: Session): Staying {
    return { leftS: Math.max(0, Math.floor((expiresAt.getTime() - clock().getTime()) / 1_000)), lastly }
  }

  serve(router, 'signInWays', access.glance, async () => ({ service: config.signInService?.name ?? null }))

  serve(router, 'signIn', access.anyone, async ({ visitor, body, request, response }) => {
    const email = body.email.trim().toLowerCase()
    const look = () => people.recognise(email, body.password, body.code)
    const person = await limits.attempt(email, request.ip, look).catch((error: unknown) => {
      const failed = error instanceof PlanError && error.code !== 'session/code-needed'
      if (failed) record.report({ what: 'sign-in-failed', ...byNobody, about: {} })
      throw error
    })
    await signingIn.begin(person, visitor.session, request, response)
    return person
  })

  serve(router, 'whoAmI', access.glance, async ({ visitor: { session } }) => {
    const person = session?.staffId ? await people.find(session.staffId) : null
    return { person, staying: session && person ? stayingOf(session) : null }
  })

  serve(router, 'staySignedIn', access.account, async ({ visitor: { session } }) => stayingOf(session))

  serve(router, 'signOut', access.glance, async ({ visitor: { session }, request, response }) => {
    if (session) await signingIn.end(session)
    const person = session?.staffId ? await people.find(session.staffId) : null
    if (person) record.report({ what: 'signed-out', ...byStaff(person), about: {} })
    clearCookie(request, response, COOKIES.person)
    return undefined
  })

  return router
}
