import { Router } from 'express'
import { PlanError } from '../../shared/errors'
import type { Access, Visitor } from '../access/Access'
import { serve } from '../http/serve'
import { by } from '../record/actors'
import type { RecordKeeper } from '../record/record'
import type { Asking } from './asking'
import type { Expiry } from './expiry'
import { reportRelease } from './reportRelease'
import type { Releases } from './releases'
import type { createSigning } from './signing'

interface Needs {
  access: Access
  releases: Releases
  asking: Asking
  expiry: Expiry
  record: RecordKeeper
  sign: ReturnType<typeof createSigning>
  /** Tells one person's pages that their permissions, or what they are asked, may have changed. */
  tell(meetingId: string, participantId: string): void
}

/** Allowing, ending, asking: who may see what. */
export function createReleaseRoutes(needs: Needs): Router {
  const { access, releases, asking, expiry, sign, record, tell } = needs
  const router = Router()

  /** Everybody's connections ask again what they may; only who signed hears of it. */
  function rightsChanged({ meetingId, familyId, participantId }: Visitor): void {
    access.changes.emit('changed', { familyId })
    tell(meetingId, participantId!)
  }

  serve(router, 'listReleases', access.participant('release:read'), async ({ visitor }) => {
    return { releases: await releases.list(visitor), asks: await asking.list(visitor) }
  })

  serve(router, 'signRelease', access.participant('release:sign'), async ({ visitor, body }) => {
    const { releases: signed, isNew } = await sign(visitor, body)
    if (isNew) signed.forEach((release) => reportRelease(record, 'release-signed', visitor, release))
    for (const { expiresAt } of signed) expiry.expect(expiresAt)
    if (body.askId) await asking.setAside(visitor, body.askId)
    rightsChanged(visitor)
    return { releases: await Promise.all(signed.map((release) => releases.show(release, visitor))) }
  })

  serve(router, 'revokeRelease', access.participant('release:revoke'), async ({ visitor, params }) => {
    const { release, isNew } = await releases.revoke(visitor, params.releaseId)
    rightsChanged(visitor)
    if (isNew) reportRelease(record, 'release-revoked', visitor, release)
    return releases.show(release, visitor)
  })

  serve(router, 'askRelease', access.participant('release:ask'), async ({ visitor, body }) => {
    const { ask, of } = await asking.ask(visitor, body.participantId, body.form)
    // Who may sign is one of the family, so they have an id in all its meetings.
    record.report({ what: 'release-asked', ...by(visitor), about: { memberId: of.memberId! } })
    tell(visitor.meetingId, body.participantId)
    return ask
  })

  serve(router, 'setAsideAsk', access.participant('release:sign'), async ({ visitor, params }) => {
    if (!(await asking.setAside(visitor, params.askId))) throw new PlanError('release/not-found')
    return undefined
  })

  return router
}
