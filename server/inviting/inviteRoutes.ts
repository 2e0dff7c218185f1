import { Router } from 'express'
import type { Access } from '../access/Access'
import type { Config } from '../config'
import { publicUrl } from '../http/publicUrl'
import { serve } from '../http/serve'
import { by } from '../record/actors'
import type { RecordKeeper } from '../record/record'
import type { Invites } from './invites'

interface Needs {
  config: Config
  access: Access
  record: RecordKeeper
  invites: Invites
  /** Tells those who lead that the list changed. */
  invitesChanged(meetingId: string): void
}

/** Who is asked to come to a meeting, and sending it to them. */
export function createInviteRoutes({ config, access, record, invites, invitesChanged }: Needs): Router {
  const router = Router()
  const leads = access.participant('invite:lead')

  serve(router, 'listInvites', leads, ({ visitor, request }) => invites.view(visitor, publicUrl(config, request)))

  serve(router, 'addInvite', leads, async ({ visitor, body, request }) => {
    await invites.add(visitor, body)
    invitesChanged(visitor.meetingId)
    return invites.view(visitor, publicUrl(config, request))
  })

  serve(router, 'removeInvite', leads, async ({ visitor, params }) => {
    await invites.remove(visitor, params.inviteId)
    invitesChanged(visitor.meetingId)
    return undefined
  })

  serve(router, 'giveInvite', leads, async ({ visitor, params, body, request }) => {
    const origin = publicUrl(config, request)
    await invites.give(visitor, params.inviteId, body.way, new Date(body.startsAt), origin)
    record.report({ what: 'invite-given', ...by(visitor), about: {} })
    invitesChanged(visitor.meetingId)
    return invites.view(visitor, origin)
  })

  return router
}
