import { growResume, type ResumeEntry, type ResumeReading } from '../../shared/resume'
import type { Visitor } from '../access/Access'
import { may } from '../access/authorize'
import type { LivePlans } from '../live/livePlans'
import type { Meetings } from '../meetings/meetings'
import type { Versions } from '../versions/versions'

interface Needs {
  meetings: Meetings
  versions: Versions
  livePlans: LivePlans
}

export type ReadResume = ReturnType<typeof createReadResume>

/**
 * The strengths résumé of a family, of what its reader may read: what was sealed, and the words of meetings that go on or
 * were never sealed. It is made to be shown to others, so it has nothing of the parts that a permission opens.
 */
export function createReadResume({ meetings, versions, livePlans }: Needs) {
  async function strengthsIn(reader: Visitor): Promise<ResumeReading['strengths'][]> {
    const sealed = (await versions.list(reader.meetingId)).find(({ kind }) => kind === 'sealed')
    const kept = sealed ? [(await versions.read(sealed.id, reader)).plan.strengths] : []
    // Behind the curtain of private family time, what was sealed before is all there is to read.
    if (!may(reader, 'plan:read')) return kept
    return [...kept, (await livePlans.readPlan(reader.meetingId)).strengths]
  }

  /** @param readers who reads, as they stand in each meeting of the family that they are in */
  return async function readResume(readers: readonly Visitor[]): Promise<ResumeEntry[]> {
    const told = readers.map(async (reader): Promise<ResumeReading[]> => {
      const { title, startsAt, timeZone } = await meetings.show(await meetings.read(reader.meetingId))
      return (await strengthsIn(reader)).map((strengths) => ({ meeting: { title, startsAt, timeZone }, strengths }))
    })
    const readings = (await Promise.all(told)).flat()
    return growResume(readings.sort((a, b) => Date.parse(a.meeting.startsAt) - Date.parse(b.meeting.startsAt)))
  }
}
