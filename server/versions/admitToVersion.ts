import type { Request } from 'express'
import { PlanError } from '../../shared/errors'
import type { Access, Visitor } from '../access/Access'
import { authorize } from '../access/authorize'
import type { Versions } from './versions'

/** Somebody as they stand in the meeting of a version; one of a meeting they may not see is not found, like one that is not there. */
export function admitToVersion({ access, versions }: { access: Access; versions: Pick<Versions, 'meetingOf'> }) {
  return async function admitTo(versionId: string, request: Request): Promise<Visitor> {
    const meetingId = await versions.meetingOf(versionId)
    const visitor = await access.visit(request.headers.cookie, meetingId ?? '', 'participant').catch((error) => {
      const unknown = error instanceof PlanError && error.code === 'meeting/not-found'
      throw unknown ? new PlanError('version/not-found', { cause: error }) : error
    })
    authorize(visitor, 'version:read')
    return visitor
  }
}
