import { type Request, Router } from 'express'
import type { MeetingSummary } from '../../shared/api'
import { PlanError } from '../../shared/errors'
import { Id, type Meeting } from '../../shared/meeting'
import { partKey } from '../../shared/part'
import type { VersionSummary } from '../../shared/version'
import type { Access } from '../access/Access'
import { authorize, may } from '../access/authorize'
import type { Session } from '../access/sessions'
import type { SigningKey } from '../access/signingKey'
import { serve } from '../http/serve'
import { requireNothingLost } from '../http/watchRights'
import { by } from '../record/actors'
import type { NoteParts } from '../record/noteParts'
import type { RecordKeeper } from '../record/record'
import type { Amend } from './amending'
import type { createExportVersions } from './exportVersions'
import type { Asked } from './insertSealed'
import type { Readers } from './seenSignatures'
import type { Sealing } from './sealing'
import type { Versions } from './versions'

interface Needs {
  access: Access
  versions: Versions
  record: RecordKeeper
  sealing: Sealing
  amend: Amend
  signingKey(): Promise<SigningKey>
  exportVersions: ReturnType<typeof createExportVersions>
  noteParts: NoteParts
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

  /** Somebody as they stand in each meeting of a family that they are in; who is in none learns nothing of it. */
  async function admitFamily(request: Request) {
    const { session } = await access.anyone(request)
    if (!session) throw new PlanError('session/missing')
    const familyId = Id.safeParse(request.params.familyId)
    const all = familyId.success ? await needs.meetingsOf(familyId.data, session) : []
    const mine = all.filter(({ state }) => state === 'admitted').map(({ id }) => id)
    if (mine.length === 0) throw new PlanError('family/not-found')
    const visitors = await Promise.all(
      mine.map((meetingId) => access.visit(request.headers.cookie, meetingId, 'participant')),
    )
    const readers: Readers = new Map(visitors.map((visitor) => [visitor.meetingId, visitor]))
    const reach = new Set(visitors.filter((visitor) => may(visitor, 'version:read')).map(({ meetingId }) => meetingId))
    return { readers, reach, openings: visitors.flatMap(({ openings }) => openings) }
  }
  serve(router, 'exportVersions', admitFamily, async ({ visitor, params, request }) => {
    const { readers } = visitor
    const [reader] = readers.values()
    await record.note({ what: 'versions-exported', ...by(reader!), about: { count: readers.size } })
    const { file, shown } = await needs.exportVersions(params.familyId, readers)
    const noted = new Map(shown.map((one) => [`${one.meetingId} ${partKey(one.part)}`, one]))
    for (const { meetingId, part } of noted.values()) await needs.noteParts(readers.get(meetingId)!, [part], 'export')
    // The file took a while, and another server may have heard meanwhile that they may not have it any more.
    requireNothingLost(visitor, await admitFamily(request))
    return file
  })

  serve(router, 'signingKey', access.anyone, async () => (await needs.signingKey()).view)

  return router
}
