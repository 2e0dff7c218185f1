import type { Connection } from 'mongoose'
import { PlanError } from '../../shared/errors'
import type { LiveDocumentRow } from './planRecords'

/**
 * Whose the plan of a meeting is; known before the meeting itself is written.
 *
 * @throws meeting/not-found
 */
export async function familyOfPlan(db: Connection, meetingId: string): Promise<string> {
  const document = await db.model<LiveDocumentRow>('LiveDocument').findOne({ meetingId }, { familyId: 1 }).lean()
  if (!document) throw new PlanError('meeting/not-found')
  return document.familyId
}
