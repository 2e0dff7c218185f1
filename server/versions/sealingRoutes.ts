import { type Request, Router } from 'express'
import type { MeetingSummary } from '../../shared/api'
import { PlanError } from '../../shared/errors'
import { Id, type Meeting } from '../../shared/meeting'
import type { VersionSummary } from '../../shared/version'
import type { VersionExport } from '../../shared/versionExport'
import type { Access } from '../access/Access'
import { authorize } from '../access/authorize'
import type { Session } from '../access/sessions'
import type { SigningKey } from '../access/signingKey'
import { serve } from '../http/serve'
import { by } from '../record/actors'
import type { RecordKeeper } from '../record/record'
import type { Amend } from './amending'
import type { Asked } from './insertSealed'
import type { Sealing } from './sealing'
import type { Versions } from './versions'

interface Needs {
  access: Access
  versions: Versions
  record: RecordKeeper
  sealing: Sealing
  amend: Amend
  signingKey(): Promise<SigningKey>
  exportVersions(familyId: string, meetingIds: ReadonlySet<string>): Promise<VersionExport>
  /** A family's meetings, with what a browser is in them. */
  meetingsOf(familyId: string, session: Session): Promise<MeetingSummary[]>
  meetingChanged(meetingId: string): Promise<Meeting>
  announce(meetingId: string, version: VersionSummary): void
}

/** Making and sealing versions, writing on after a seal, and handing sealed ones out to be checked elsewhere. */
export function createSealingRoutes(needs: Needs): Router {
  const { access, versions, record } = needs
  const router = Router()

  serve(router, 'makeVersion', access.participant('version:read'), async ({ visitor, body }) => {
    const { kind, label, basedOn } = body
    authorize(visitor, kind === 'sealed' ? 'version:seal' : 'version:checkpoint')
    const asked = { label, madeBy: visitor.name, basedOn }
    const made = await (kind === 'sealed' ? seal(visitor.meetingId, asked) : versions.make(visitor.meetingId, asked))
    const about = { versionId: made.id, number: made.number }
    if (!made.seal) record.report({ what: 'version-made', ...by(visitor), about })
    else record.report({ what: 'version-sealed', ...by(visitor), about: { ...about, chainNumber: made.seal.chain } })
    return made
  })

  /** Everybody is told where the plan stands, also when it was not sealed after all: meanwhile they could only read. */
  async function seal(meetingId: string, asked: Asked): Promise<VersionSummary> {
    try {
      const version = await needs.sealing.seal(meetingId, asked)
      needs.announce(meetingId, version)
      return version
    } finally {
      await needs.meetingChanged(meetingId)
    }
  }

  serve(router, 'amend', access.participant('plan:amend'), async ({ visitor, body }) => {
    await needs.amend(visitor.meetingId, { reason: body.reason, madeBy: visitor.name })
    record.report({ what: 'amended', ...by(visitor), about: {} })
    return needs.meetingChanged(visitor.meetingId)
  })

  /** The meetings of a family that somebody is in; who is in none learns nothing of the family. */
  async function admitFamily(request: Request): Promise<ReadonlySet<string>> {
    const { session } = await access.anyone(request)
    if (!session) throw new PlanError('session/missing')
    const familyId = Id.safeParse(request.params.familyId)
    const all = familyId.success ? await needs.meetingsOf(familyId.data, session) : []
    const mine = all.filter(({ state }) => state === 'admitted').map(({ id }) => id)
    if (mine.length === 0) throw new PlanError('family/not-found')
    return new Set(mine)
  }
  serve(router, 'exportVersions', admitFamily, async ({ visitor: meetingIds, params, request }) => {
    const [meetingId] = meetingIds
    const reader = await access.visit(request.headers.cookie, meetingId!, 'participant')
    await record.note({ what: 'versions-exported', ...by(reader), about: { count: meetingIds.size } })
    return needs.exportVersions(params.familyId, meetingIds)
  })

  serve(router, 'signingKey', access.anyone, async () => (await needs.signingKey()).view)

  return router
}
