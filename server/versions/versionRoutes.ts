import { type Request, Router } from 'express'
import { PlanError } from '../../shared/errors'
import { Id } from '../../shared/meeting'
import { changesOrders } from '../../shared/ordered'
import type { Access } from '../access/Access'
import { admitToPart } from '../access/admitToPart'
import { authorize } from '../access/authorize'
import type { Session } from '../access/sessions'
import { serve } from '../http/serve'
import { by } from '../record/actors'
import type { NoteParts } from '../record/noteParts'
import type { RecordKeeper } from '../record/record'
import { admitToVersion } from './admitToVersion'
import type { CompareVersions } from './compareVersions'
import type { ListFamilyVersions } from './listFamilyVersions'
import type { Restore } from './restore'
import type { Versions } from './versions'

interface Needs {
  access: Access
  versions: Versions
  record: RecordKeeper
  noteParts: NoteParts
  compareVersions: CompareVersions
  listFamilyVersions: ListFamilyVersions
  restore: Restore
}

/** Listing, reading and comparing versions, and bringing back what they say. */
export function createVersionRoutes(needs: Needs): Router {
  const { access, versions, record, noteParts, compareVersions, listFamilyVersions, restore } = needs
  const router = Router()

  serve(router, 'listVersions', access.participant('version:read'), async ({ visitor }) => {
    return { versions: await versions.list(visitor.meetingId) }
  })

  const admitTo = admitToVersion(needs)
  const admitReader = (request: Request) => admitTo(String(request.params.versionId), request)
  serve(router, 'readVersion', admitReader, async ({ visitor, params }) => {
    record.report({ what: 'version-read', ...by(visitor), about: { versionId: params.versionId } })
    const version = await versions.read(params.versionId, visitor)
    await noteParts(visitor, version.parts, 'version')
    return version
  })

  /** Both as whom somebody reads the earlier version and the later one, so that asking again asks about both. */
  async function admitComparer(request: Request) {
    const to = await admitReader(request)
    const fromId = Id.safeParse(request.query.from)
    if (!fromId.success) throw new PlanError('request/invalid')
    const from = await admitTo(fromId.data, request)
    if (from.familyId !== to.familyId) throw new PlanError('version/not-found')
    return { from, to, openings: [...from.openings, ...to.openings] }
  }
  serve(router, 'compareVersions', admitComparer, async ({ visitor: { from, to }, params, query }) => {
    const about = { versionId: params.versionId, fromVersionId: query.from }
    record.report({ what: 'versions-compared', ...by(to), about })
    const told = await compareVersions(
      { versionId: query.from, reader: from },
      { versionId: params.versionId, reader: to },
    )
    await noteParts(to, told.parts, 'compare')
    return told
  })

  serve(router, 'restore', access.participant('meeting:read'), async ({ visitor, body, request }) => {
    const part = admitToPart(visitor, 'item:restore', body.part)
    if (!body.item) authorize(visitor, 'version:restore', part)
    const reader = await admitTo(body.versionId, request)
    if (reader.familyId !== visitor.familyId) throw new PlanError('version/not-found')
    const who = { participantId: visitor.participantId!, name: visitor.name }
    const asked = { ...body, part, reader, by: who, changesOrders: changesOrders(visitor) }
    const { from, plan } = await restore(visitor.meetingId, asked)
    const about = { versionId: from.id, number: from.number, chainNumber: from.seal?.chain ?? 0 }
    record.report({ what: 'restored', ...by(visitor), about: { ...about, whole: !body.item, ...part } })
    return plan
  })

  async function admitBrowser(request: Request): Promise<Session> {
    const { session } = await access.anyone(request)
    if (!session) throw new PlanError('session/missing')
    return session
  }
  serve(router, 'listFamilyVersions', admitBrowser, async ({ visitor: session, params }) => {
    return { versions: await listFamilyVersions(params.familyId, session) }
  })

  return router
}
