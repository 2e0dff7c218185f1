import { PlanError } from '../../shared/errors'
import { growResume, type ResumeEntry } from '../../shared/resume'
import type { Version, VersionSummary } from '../../shared/version'
import type { Connection } from 'mongoose'
import type { Visitor } from '../access/Access'
import { may } from '../access/authorize'
import { phaseOf, type StoredMeeting } from '../meetings/meetingModel'
import type { Meetings } from '../meetings/meetings'
import { participantModel, type StoredParticipant } from '../meetings/participantModel'
import type { Versions } from '../versions/versions'
import type { StoredLink } from './linkModel'

export interface LinkedPlan {
  meeting: StoredMeeting
  participant: StoredParticipant
  version: VersionSummary
}

/** The link's person as what they were in the meeting. No release opens anything here: gated parts stay in the room. */
function toReader(link: StoredLink, { meeting, participant }: LinkedPlan): Visitor {
  const { role, name, agency, language } = participant
  return {
    standing: role,
    meetingId: meeting._id.toHexString(),
    familyId: link.familyId.toHexString(),
    phase: phaseOf(meeting),
    participantId: participant._id.toHexString(),
    memberId: link.memberId.toHexString(),
    staffId: null,
    name,
    agency,
    language,
    sessionId: link._id.toHexString(),
    openings: [],
  }
}

export type LinkedPlans = ReturnType<typeof createLinkedPlans>

/** The sealed plans behind a link: of the meetings its person was let into, as what they were there. */
export function createLinkedPlans({
  db,
  meetings,
  versions,
}: {
  db: Connection
  meetings: Meetings
  versions: Versions
}) {
  const participants = participantModel(db)

  async function list({ memberId, familyId }: StoredLink): Promise<LinkedPlan[]> {
    const mine = await participants.find({ memberId, removedAt: null, admittedAt: { $ne: null } }).lean()
    const of = await meetings.list({ _id: { $in: mine.map(({ meetingId }) => meetingId) } })
    const plans = of
      .filter((meeting) => meeting.familyId.equals(familyId))
      .map(async (meeting): Promise<LinkedPlan[]> => {
        const participant = mine.find(({ meetingId }) => meetingId.equals(meeting._id))!
        if (!may({ standing: participant.role, phase: phaseOf(meeting) }, 'version:read')) return []
        const all = await versions.list(meeting._id.toHexString())
        return all.filter(({ kind }) => kind === 'sealed').map((version) => ({ meeting, participant, version }))
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
