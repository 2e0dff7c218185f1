import type { Connection } from 'mongoose'
import type { MeetingSummary } from '../../shared/api'
import { PlanError } from '../../shared/errors'
import { can } from '../../shared/roles'
import type { FamilyVersion } from '../../shared/version'
import type { FamilyKeys } from '../access/familyKeys'
import type { Session } from '../access/sessions'
import { type StoredVersion, versionModel } from './versionModel'
import { versionSeals } from './versionSeals'

interface Needs {
  db: Connection
  familyKeys: FamilyKeys
  /** The meetings of a family, with what a browser is in each. */
  meetingsOf(familyId: string, session: Session): Promise<MeetingSummary[]>
}

export type ListFamilyVersions = ReturnType<typeof createListFamilyVersions>

function mayRead({ role, state, phase }: MeetingSummary): boolean {
  return state === 'admitted' && role !== null && can(role, 'version:read', { phase })
}

/**
 * The versions of all meetings of a family that a browser is in, the latest first: in the order in which they were
 * kept, whatever the clock said when.
 */
export function createListFamilyVersions({ db, familyKeys, meetingsOf }: Needs) {
  const model = versionModel(db)
  const { summarise } = versionSeals(familyKeys)

  /** @throws family/not-found for who is in none of its meetings */
  return async (familyId: string, session: Session): Promise<FamilyVersion[]> => {
    const mine = (await meetingsOf(familyId, session)).filter(mayRead)
    if (!mine.length) throw new PlanError('family/not-found')
    const meetings = new Map(mine.map((meeting) => [meeting.id, meeting]))
    const rows = await model
      .find({ meetingId: { $in: [...meetings.keys()] } }, { content: 0 })
      .sort({ _id: -1 })
      .lean<Omit<StoredVersion, 'content'>[]>()
    const summaries = await Promise.all(rows.map(summarise))
    return summaries.map((version) => ({ ...version, meeting: meetings.get(version.meetingId)! }))
  }
}
