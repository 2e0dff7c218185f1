import { PlanError } from '../../shared/errors'
import type { LivePlans } from '../live/livePlans'
import type { Sealing } from './sealing'
import type { Versions } from './versions'

interface Needs {
  livePlans: LivePlans
  sealing: Sealing
  versions: Versions
  meetings: {
    /** Id of the version that the meeting's plan is sealed with; null when it is not. */
    sealedWith(meetingId: string): Promise<string | null>
    unseal(meetingId: string, versionId: string): Promise<void>
  }
}

/** Lets people write on after a seal. */
export function createAmending({ livePlans, sealing, versions, meetings }: Needs) {
  /**
   * Starts the next generation of the plan from the sealed words, ids kept, and keeps a version that says who wanted
   * that and why. Cut off half way, it is done by the next try.
   *
   * @throws access/denied when the plan is not sealed
   */
  return async function amend(
    meetingId: string,
    { reason, madeBy }: { reason: string; madeBy: string },
  ): Promise<void> {
    const versionId = await meetings.sealedWith(meetingId)
    if (!versionId) throw new PlanError('access/denied')
    for (const part of await sealing.readSealed(versionId)) await livePlans.startGeneration(meetingId, part)
    const basedOn = await versions.latestNumber(meetingId)
    await versions.make(meetingId, { label: reason, madeBy, basedOn, reason: 'amended' })
    await meetings.unseal(meetingId, versionId)
  }
}

export type Amend = ReturnType<typeof createAmending>
