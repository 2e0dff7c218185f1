import { Router } from 'express'
import { PlanError } from '../../shared/errors'
import type { Access } from '../access/Access'
import type { Sessions } from '../access/sessions'
import { serve } from '../http/serve'
import { byStaff } from '../record/actors'
import type { RecordKeeper } from '../record/record'
import type { People } from './people'
import type { SecondFactors } from './secondFactors'
import type { SigningIn } from './signingIn'
import type { SignInLimits } from './signInLimits'

interface Needs {
  access: Access
  sessions: Sessions
  people: People
  secondFactors: SecondFactors
  signingIn: SigningIn
  limits: SignInLimits
  record: RecordKeeper
}

/** One's own account: password, second factor, where one is signed in. */
export function createAccountRoutes(needs: Needs): Router {
  const { access, people, secondFactors, signingIn, limits, record } = needs
  const router = Router()

  serve(router, 'readAccount', access.account, async ({ visitor: { person } }) => {
    return { person, secondFactor: await secondFactors.show(person.id) }
  })

  serve(router, 'changePassword', access.account, async ({ visitor: { person, session }, body, request }) => {
    await limits.attempt(person.email, request.ip, () =>
      people.changePassword(person.id, body.password, body.newPassword),
    )
    await signingIn.endOthers(session)
    record.report({ what: 'password-changed', ...byStaff(person), about: {} })
    return undefined
  })

  serve(router, 'startSecondFactor', access.account, async ({ visitor: { person }, body, request }) => {
    const stored = await limits.attempt(person.email, request.ip, () => people.confirm(person.id, body.password))
    return secondFactors.start(stored)
  })

  serve(router, 'confirmSecondFactor', access.account, async ({ visitor: { person, session }, body }) => {
    const recoveryCodes = await secondFactors.confirm(person.id, body.code)
    await signingIn.endOthers(session)
    record.report({ what: 'codes-on', ...byStaff(person), about: {} })
    return { recoveryCodes }
  })

  serve(router, 'removeSecondFactor', access.account, async ({ visitor: { person }, body }) => {
    await secondFactors.remove(person.id, body.code)
    record.report({ what: 'codes-off', ...byStaff(person), about: {} })
    return undefined
  })

  serveSessions(router, needs)
  return router
}

/** Where somebody is signed in. */
function serveSessions(router: Router, { access, sessions, signingIn, record }: Needs): void {
  serve(router, 'listSessions', access.account, async ({ visitor: { person, session } }) => {
    const own = await sessions.listOf(person.id)
    return {
      sessions: own.map(({ id, browser, startedAt, usedAt }) => {
        return { id, browser, since: startedAt.toISOString(), lastUsed: usedAt.toISOString(), here: id === session.id }
      }),
    }
  })

  serve(router, 'endOtherSessions', access.account, async ({ visitor: { person, session } }) => {
    await signingIn.endOthers(session)
    record.report({ what: 'sessions-ended', ...byStaff(person), about: {} })
    return undefined
  })

  serve(router, 'endSession', access.account, async ({ visitor: { person }, params: { sessionId } }) => {
    if (!(await sessions.endOneOf(person.id, sessionId))) throw new PlanError('account/session-over')
    access.changes.emit('changed', { sessionId })
    record.report({ what: 'sessions-ended', ...byStaff(person), about: {} })
    return undefined
  })
}
