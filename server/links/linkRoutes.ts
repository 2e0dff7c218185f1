import { Router } from 'express'
import { PlanError } from '../../shared/errors'
import { MEMBERS, type Role } from '../../shared/roles'
import type { Access } from '../access/Access'
import type { Config } from '../config'
import { publicUrl } from '../http/publicUrl'
import { serve } from '../http/serve'
import type { Participants } from '../meetings/participants'
import { by } from '../record/actors'
import type { RecordKeeper } from '../record/record'
import { toLinkView, type Links } from './links'

interface Needs {
  config: Config
  access: Access
  participants: Participants
  links: Links
  record: RecordKeeper
}

/** What the facilitator does with the links of people of the family. */
export function createLinkRoutes({ config, access, participants, links, record }: Needs): Router {
  const router = Router()

  /** @throws participant/not-found for somebody who is not of the family, or was not let in */
  async function findMember(meetingId: string, participantId: string) {
    const { memberId, role, language } = await participants.findIn(meetingId, participantId)
    if (!memberId || !(MEMBERS as readonly Role[]).includes(role)) throw new PlanError('participant/not-found')
    return { memberId: memberId.toHexString(), language }
  }

  serve(router, 'makeLink', access.participant('participant:link'), async ({ visitor, params, body, request }) => {
    const member = await findMember(visitor.meetingId, params.participantId)
    if (body.email && !links.sendsEmail) throw new PlanError('link/no-email')
    const { link, token, code } = await links.make({ ...member, familyId: visitor.familyId }, body.email)
    record.report({ what: 'link-made', ...by(visitor), about: { participantId: params.participantId } })
    // Behind the hash: browsers do not send it, so the secret stands in nobody's log.
    return { link: toLinkView(link), url: `${publicUrl(config, request)}/f#${token}`, code }
  })

  serve(router, 'listLinks', access.participant('participant:link'), async ({ visitor, params }) => {
    const { memberId } = await findMember(visitor.meetingId, params.participantId)
    return { links: (await links.list(memberId)).map(toLinkView) }
  })

  serve(router, 'endLink', access.participant('participant:link'), async ({ visitor, params }) => {
    const { memberId } = await findMember(visitor.meetingId, params.participantId)
    if (!(await links.end(params.linkId, memberId))) throw new PlanError('link/not-found')
    record.report({ what: 'link-ended', ...by(visitor), about: { participantId: params.participantId } })
    return undefined
  })

  return router
}
