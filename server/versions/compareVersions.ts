import { diffPlans, headingsOf } from '../../shared/diffPlans'
import type { Meeting } from '../../shared/meeting'
import type { Comparison } from '../../shared/version'
import type { Versions } from './versions'

interface Needs {
  versions: Versions
  showMeeting(meetingId: string): Promise<Meeting>
}

export type CompareVersions = ReturnType<typeof createCompareVersions>

/** Two versions side by side, in whichever order they were made. */
export function createCompareVersions({ versions, showMeeting }: Needs) {
  async function read(versionId: string) {
    const { plan, people: _people, ...summary } = await versions.read(versionId)
    return { plan, version: { ...summary, meeting: await showMeeting(summary.meetingId) } }
  }

  /** @throws version/not-found */
  return async (fromId: string, toId: string): Promise<Comparison> => {
    const [from, to] = await Promise.all([read(fromId), read(toId)])
    const diff = diffPlans(from.plan, to.plan)
    const headings = headingsOf(diff, from.plan, to.plan)
    return { from: from.version, to: to.version, diff, headings }
  }
}
