import { type Request, Router } from 'express'
import type { MeetingSummary } from '../../shared/api'
import type { Access } from '../access/Access'
import { may } from '../access/authorize'
import type { Session } from '../access/sessions'
import { serve } from '../http/serve'
import { by } from '../record/actors'
import type { RecordKeeper } from '../record/record'
import type { ReadResume } from './readResume'

interface Needs {
  access: Access
  readResume: ReadResume
  record: RecordKeeper
  /** A family's meetings, with what a browser is in them. */
  meetingsOf(familyId: string, session: Session): Promise<MeetingSummary[]>
}

/** What a family is good at, as its meetings told it. */
export function createResumeRoutes({ access, readResume, record, meetingsOf }: Needs): Router {
  const router = Router()

  /** Somebody as they stand in each meeting of the family in which they may read what was kept. */
  async function admitReader(request: Request) {
    const visitor = await access.participant('version:read')(request)
    const { session } = await access.anyone(request)
    const all = session ? await meetingsOf(visitor.familyId, session) : []
    const mine = all.filter(({ state }) => state === 'admitted').map(({ id }) => id)
    const everywhere = await Promise.all(mine.map((id) => access.visit(request.headers.cookie, id, 'participant')))
    const readers = everywhere.filter((reader) => may(reader, 'version:read'))
    return { visitor, readers, reach: new Set(readers.map(({ meetingId }) => meetingId)) }
  }

  serve(router, 'readResume', admitReader, async ({ visitor: { visitor, readers } }) => {
    record.report({ what: 'plan-opened', ...by(visitor), about: {} })
    return { entries: await readResume(readers) }
  })

  return router
}
