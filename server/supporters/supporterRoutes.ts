import { Router } from 'express'
import type { Access } from '../access/Access'
import { serve } from '../http/serve'
import type { Supporters } from './supporters'

interface Needs {
  access: Access
  supporters: Supporters
  /** Tells those who lead, and these people, that a wish changed. */
  tell(meetingId: string, participantIds: readonly string[]): void
  /** Tells those who lead that the list of who is asked to come changed. */
  invitesChanged(meetingId: string): void
}

/** Whom the family wants at its side. */
export function createSupporterRoutes({ access, supporters, tell, invitesChanged }: Needs): Router {
  const router = Router()

  serve(router, 'listSupporters', access.participant('supporter:read'), ({ visitor }) => supporters.view(visitor))

  serve(router, 'wishSupporter', access.participant('supporter:wish'), async ({ visitor, body }) => {
    const view = await supporters.wish(visitor, body)
    tell(visitor.meetingId, [visitor.participantId!])
    return view
  })

  serve(router, 'takeBackSupporter', access.participant('supporter:wish'), async ({ visitor, params }) => {
    await supporters.takeBack(visitor, params.supporterId)
    invitesChanged(visitor.meetingId)
    tell(visitor.meetingId, [visitor.participantId!])
    return undefined
  })

  serve(router, 'markSupporter', access.participant('supporter:ask'), async ({ visitor, params, body }) => {
    const view = await supporters.mark(visitor, params.supporterId, body.asked)
    const wisher = await supporters.wisherOf(visitor.meetingId, params.supporterId)
    tell(visitor.meetingId, wisher ? [wisher] : [])
    return view
  })

  return router
}
