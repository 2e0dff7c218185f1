import type { Request } from 'express'
import type { MeetingSummary } from '../../shared/api'
import type { Action } from '../../shared/roles'
import type { Access, Visitor } from '../access/Access'
import { may } from '../access/authorize'
import type { Session } from '../access/sessions'

interface Needs {
  access: Access
  /** A family's meetings, with what a browser is in them. */
  meetingsOf(familyId: string, session: Session): Promise<MeetingSummary[]>
}

export interface AcrossMeetings {
  visitor: Visitor
  /** The same person as they stand in each meeting of the family in which they may do it. */
  readers: Visitor[]
  /** What must not have become less when an answer goes out. */
  reach: Set<string>
}

export type AdmitAcross = ReturnType<typeof createAdmitAcross>

/** Admits somebody of one meeting, and finds in which others of the family they may do the same. */
export function createAdmitAcross({ access, meetingsOf }: Needs) {
  return (action: Action) =>
    async function admit(request: Request): Promise<AcrossMeetings> {
      const visitor = await access.participant(action)(request)
      const { session } = await access.anyone(request)
      const all = session ? await meetingsOf(visitor.familyId, session) : []
      const mine = all.filter(({ state }) => state === 'admitted').map(({ id }) => id)
      const everywhere = await Promise.all(mine.map((id) => access.visit(request.headers.cookie, id, 'participant')))
      const readers = everywhere.filter((reader) => may(reader, action))
      return { visitor, readers, reach: new Set(readers.map(({ meetingId }) => meetingId)) }
    }
}
