import { Router } from 'express'
import type { Language } from '../../shared/meeting'
import type { Access, Visitor } from '../access/Access'
import type { Config } from '../config'
import { publicUrl } from '../http/publicUrl'
import { serve } from '../http/serve'
import { by } from '../record/actors'
import type { RecordKeeper } from '../record/record'
import type { Invites } from './invites'
import { readReach } from './readReach'

interface Needs {
  config: Config
  access: Access
  record: RecordKeeper
  invites: Invites
  /** Whom the family wants at its side. */
  supporters: {
    read(meetingId: string, supporterId: string): Promise<{ name: string; reach: string; participantId: string }>
    /** @returns who wishes for them; null where the wish was taken back */
    noteAsked(visitor: Visitor, supporterId: string): Promise<string | null>
  }
  languageOf(meetingId: string, participantId: string): Promise<Language>
  /** Tells those who lead, and these people, that a wish changed. */
  tell(meetingId: string, participantIds: readonly string[]): void
  /** Tells those who lead that the list changed. */
  invitesChanged(meetingId: string): void
}

/** Who is asked to come to a meeting, and sending it to them. */
export function createInviteRoutes(needs: Needs): Router {
  const { config, access, record, invites, supporters, invitesChanged, tell } = needs
  const router = Router()
  const leads = access.participant('invite:lead')

  serve(router, 'listInvites', leads, ({ visitor, request }) => invites.view(visitor, publicUrl(config, request)))

  serve(router, 'addInvite', leads, async ({ visitor, body, request }) => {
    await invites.add(visitor, body)
    invitesChanged(visitor.meetingId)
    return invites.view(visitor, publicUrl(config, request))
  })

  serve(router, 'inviteSupporter', leads, async ({ visitor, params, request }) => {
    const { meetingId } = visitor
    const { name, reach, participantId } = await supporters.read(meetingId, params.supporterId)
    const language = await needs.languageOf(meetingId, participantId)
    await invites.add(
      visitor,
      { name, role: 'support', agency: null, language, ...readReach(reach) },
      params.supporterId,
    )
    invitesChanged(meetingId)
    tell(meetingId, [])
    return invites.view(visitor, publicUrl(config, request))
  })

  serve(router, 'removeInvite', leads, async ({ visitor, params }) => {
    const wish = await invites.remove(visitor, params.inviteId)
    invitesChanged(visitor.meetingId)
    if (wish) tell(visitor.meetingId, [])
    return undefined
  })

  serve(router, 'giveInvite', leads, async ({ visitor, params, body, request }) => {
    const origin = publicUrl(config, request)
    const changed = () => invitesChanged(visitor.meetingId)
    const wish = await invites.give(visitor, params.inviteId, body, origin, changed).finally(changed)
    const wisher = wish && (await supporters.noteAsked(visitor, wish))
    if (wisher) tell(visitor.meetingId, [wisher])
    record.report({ what: 'invite-given', ...by(visitor), about: {} })
    return invites.view(visitor, origin)
  })

  return router
}
