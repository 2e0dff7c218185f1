import type { Connection } from 'mongoose'
import type { Logger } from 'pino'
import type { Agency, Participant } from '../../shared/meeting'
import type { Part } from '../../shared/part'
import type { Access } from '../access/Access'
import type { FamilyKeys } from '../access/familyKeys'
import type { Clock } from '../Clock'
import { createAsking } from './asking'
import { createExpiry } from './expiry'
import { createReleases } from './releases'
import { createSigning } from './signing'

interface Needs {
  db: Connection
  familyKeys: FamilyKeys
  clock: Clock
  log: Logger
  access: Access
  findStaff(staffId: string): Promise<{ agency: Agency | null } | null>
  /** The people admitted to a meeting now. */
  peopleOf(meetingId: string): Promise<Participant[]>
  timeZoneOf(meetingId: string): Promise<string>
  /** Makes the live document of a part in a meeting; does nothing where it is. */
  birthPart(where: Part & { meetingId: string; familyId: string }): Promise<void>
}

/** Everything about who may see what: asking for it, allowing it, and its end. */
export function createReleasing(needs: Needs) {
  const changed = (familyId: string) => void needs.access.changes.emit('changed', { familyId })
  return {
    asking: createAsking(needs),
    releases: createReleases(needs),
    sign: createSigning(needs),
    expiry: createExpiry({ ...needs, changed }),
  }
}
