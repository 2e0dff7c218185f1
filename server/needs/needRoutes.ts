import { Router, type Request } from 'express'
import { PlanError } from '../../shared/errors'
import type { Action } from '../../shared/roles'
import type { Access, Caller } from '../access/Access'
import { authorize } from '../access/authorize'
import { serve } from '../http/serve'
import type { Done, NeedsKept } from './needs'

interface Needs {
  access: Access
  needs: NeedsKept
  /** Tells those who lead, and these people, that what is needed changed. */
  tell(meetingId: string, participantIds: readonly string[]): void
}

/** What people need to be able to take part. */
export function createNeedRoutes({ access, needs, tell }: Needs): Router {
  const router = Router()

  /** Who waits at the door says what they need as a person of the family would inside. */
  const admit = (action: Action) => async (request: Request) => {
    const caller = await access.atTheDoor(request)
    authorize(caller.state === 'waiting' ? { standing: 'family', phase: caller.phase } : caller, action)
    return caller
  }

  async function done({ meetingId }: Caller, doing: Promise<Done>) {
    const { view, concerned } = await doing
    tell(meetingId, concerned)
    return view
  }

  serve(router, 'listNeeds', admit('need:read'), ({ visitor }) => needs.view(visitor))

  serve(router, 'sayNeed', admit('need:say'), async ({ visitor, body }) => {
    if (body.for) requireLead(visitor)
    return done(visitor, needs.say(visitor, body))
  })

  serve(router, 'changeNeed', admit('need:say'), async ({ visitor, params, body }) => {
    if (body.act === 'ask' || body.whom !== null) requireLead(visitor)
    return done(visitor, needs.change(visitor, params.needId, body))
  })

  return router
}

/** @throws access/denied also for who waits, whatever they would be */
function requireLead(caller: Caller): void {
  if (caller.state === 'waiting') throw new PlanError('access/denied')
  authorize(caller, 'need:lead')
}
