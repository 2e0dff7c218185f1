import type { Connection } from 'mongoose'
import { PlanError } from '../../shared/errors'
import { meetingModel, type StoredMeeting } from './meetingModel'

/** Whether the plans of meetings are sealed, or being sealed. */
export function createSealedMeetings({ db }: { db: Connection }) {
  const model = meetingModel(db)

  return {
    /**
     * From now on nobody comes in to write, until `finishSealing` or `cancelSealing`.
     *
     * @throws version/outdated when the plan is sealed, is being sealed, or the meeting has ended
     */
    async startSealing(meetingId: string, versionId: string): Promise<void> {
      const open = { _id: meetingId, phase: 'open', sealing: null, sealed: null } as const
      const { matchedCount } = await model.updateOne(open, { $set: { sealing: versionId } })
      if (matchedCount === 0) throw new PlanError('version/outdated')
    },

    async finishSealing(meetingId: string, sealed: NonNullable<StoredMeeting['sealed']>): Promise<void> {
      await model.updateOne({ _id: meetingId, sealing: sealed.versionId }, { $set: { sealed, sealing: null } })
    },

    async cancelSealing(meetingId: string, versionId: string): Promise<void> {
      await model.updateOne({ _id: meetingId, sealing: versionId }, { $set: { sealing: null } })
    },

    /** Meetings in which a server stopped half way through sealing. */
    async listSealing(): Promise<{ meetingId: string; versionId: string }[]> {
      const stored = await model.find({ sealing: { $ne: null } }, { sealing: 1 }).lean()
      return stored.map(({ _id, sealing }) => ({ meetingId: _id.toHexString(), versionId: sealing! }))
    },

    async sealedWith(meetingId: string): Promise<string | null> {
      return (await model.findById(meetingId, { sealed: 1 }).lean())?.sealed?.versionId ?? null
    },

    /** People write on after this seal. */
    async unseal(meetingId: string, versionId: string): Promise<void> {
      await model.updateOne({ _id: meetingId, 'sealed.versionId': versionId }, { $set: { sealed: null } })
    },
  }
}
