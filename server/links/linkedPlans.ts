import { PlanError } from '../../shared/errors'
import { growResume, type ResumeEntry } from '../../shared/resume'
import type { Version, VersionSummary } from '../../shared/version'
import { may } from '../access/authorize'
import type { Meetings } from '../meetings/meetings'
import type { Versions } from '../versions/versions'
import { type LinkedMeeting, type LinkedMeetings, toReader } from './linkedMeetings'
import type { StoredLink } from './linkModel'

export interface LinkedPlan extends LinkedMeeting {
  version: VersionSummary
}

interface Needs {
  meetings: Meetings
  versions: Versions
  meetingsOf: LinkedMeetings
}

export type LinkedPlans = ReturnType<typeof createLinkedPlans>

/** The sealed plans behind a link: of the meetings its person was let into, as what they were there. */
export function createLinkedPlans({ meetings, versions, meetingsOf }: Needs) {
  async function list(link: StoredLink): Promise<LinkedPlan[]> {
    const plans = (await meetingsOf(link)).map(async (linked): Promise<LinkedPlan[]> => {
      const { meeting } = linked
      if (!may(toReader(link, linked), 'version:read')) return []
      const all = await versions.list(meeting._id.toHexString())
      return all.filter(({ kind }) => kind === 'sealed').map((version) => ({ ...linked, version }))
    })
    return (await Promise.all(plans)).flat()
  }

  return {
    list,

    /** What the link's person and their family are good at, as the sealed plans tell it. */
    async resume(link: StoredLink): Promise<{ entries: ResumeEntry[]; plans: LinkedPlan[] }> {
      const plans = (await list(link)).sort((a, b) => Date.parse(a.version.madeAt) - Date.parse(b.version.madeAt))
      const readings = plans.map(async (plan) => ({
        meeting: await meetings.show(plan.meeting),
        strengths: (await versions.read(plan.version.id, toReader(link, plan))).plan.strengths,
      }))
      return { entries: growResume(await Promise.all(readings)), plans }
    },

    /** @throws version/not-found, also for one that this link does not lead to */
    async read(link: StoredLink, versionId: string): Promise<LinkedPlan & { whole: Version }> {
      const plan = (await list(link)).find(({ version }) => version.id === versionId)
      if (!plan) throw new PlanError('version/not-found')
      return { ...plan, whole: await versions.read(versionId, toReader(link, plan)) }
    },
  }
}
