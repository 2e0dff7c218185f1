import { type Request, Router } from 'express'
import { PlanError } from '../../shared/errors'
import type { Access, Visitor } from '../access/Access'
import { authorize } from '../access/authorize'
import { serve } from '../http/serve'
import type { Versions } from './versions'

/** Making, listing and reading versions. */
export function createVersionRoutes({ access, versions }: { access: Access; versions: Versions }): Router {
  const router = Router()

  serve(router, 'makeVersion', access.participant('version:checkpoint'), ({ visitor, body }) =>
    versions.make(visitor.meetingId, { label: body.label, madeBy: visitor.name, basedOn: body.basedOn }),
  )

  serve(router, 'listVersions', access.participant('version:read'), async ({ visitor }) => {
    return { versions: await versions.list(visitor.meetingId) }
  })

  /** A version of a meeting one may not see is not found, like one that is not there. */
  async function admitReader(request: Request): Promise<Visitor> {
    const meetingId = await versions.meetingOf(String(request.params.versionId))
    const visitor = await access.visit(request.headers.cookie, meetingId ?? '', 'participant').catch((error) => {
      const unknown = error instanceof PlanError && error.code === 'meeting/not-found'
      throw unknown ? new PlanError('version/not-found', { cause: error }) : error
    })
    authorize(visitor, 'version:read')
    return visitor
  }
  serve(router, 'readVersion', admitReader, ({ params }) => versions.read(params.versionId))

  return router
}
