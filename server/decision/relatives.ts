import type { Connection } from 'mongoose'
import { PlanError } from '../../shared/errors'
import type { Phase } from '../../shared/roles'
import type { Visitor } from '../access/Access'
import type { Clock } from '../Clock'
import { relativeModel, type StoredRelative } from './decisionModel'

interface Needs {
  db: Connection
  clock: Clock
  phaseOf(meetingId: string): Promise<Phase>
}

export type Relatives = ReturnType<typeof createRelatives>

/** Whether a relative takes care of a child by what was decided: said by a person, never guessed from words. */
export function createRelatives({ db, clock, phaseOf }: Needs) {
  const rows = relativeModel(db)

  return {
    /** @throws plan/sealed or meeting/ended when that came first */
    async setRelative({ familyId, meetingId, name: by }: Visitor, name: string | null): Promise<void> {
      const { _id } = await rows.create({ familyId, meetingId, name: name ?? '', by, at: clock() })
      const phase = await phaseOf(meetingId)
      if (phase === 'open' || phase === 'private') return
      await rows.deleteOne({ _id })
      throw new PlanError(phase === 'sealed' ? 'plan/sealed' : 'meeting/ended')
    },

    async relativeIn(meetingId: string): Promise<string | null> {
      const last = await rows.findOne({ meetingId }).sort({ at: -1, _id: -1 }).lean<StoredRelative>()
      return last?.name || null
    },
  }
}
