import type { Connection } from 'mongoose'
import type { Agency } from '../../shared/meeting'
import { partKey } from '../../shared/part'
import type { Role } from '../../shared/roles'
import type { Opening } from '../access/Access'
import type { Clock } from '../Clock'
import { releaseModel, type StoredRelease } from './releaseModel'

interface Who {
  familyId: string
  role: Role
  memberId: string | null
  /** Of their account. */
  agency: Agency | null
}

type Rights = Pick<StoredRelease, 'discloser' | 'recipients' | 'members'>

function names({ discloser, recipients, members }: Rights, { role, memberId, agency }: Who): boolean {
  if (memberId) return members.includes(memberId)
  if (role === 'facilitator' || role === 'interpreter') return recipients.includes(role)
  return role === 'agency' && agency !== null && (discloser === agency || recipients.includes(agency))
}

/** Which gated sections releases open to somebody now. */
export function createOpenings({ db, clock }: { db: Connection; clock: Clock }) {
  const model = releaseModel(db)

  /**
   * What is about a person is theirs, with all its past, also after a release has ended. To others a release opens what is
   * there from its signature on: of several that hold now, the earliest.
   */
  return async function findOpenings(who: Who): Promise<Opening[]> {
    const now = clock()
    const releases = await model.find({ familyId: who.familyId }, { words: 0 }).sort({ signedAt: 1 }).lean()
    const openings = new Map<string, Opening>()
    for (const release of releases) {
      const { section, subject, signedAt, expiresAt, revokedAt } = release
      const key = partKey({ section, subject })
      if (who.memberId === subject) openings.set(key, { section, subject, since: null })
      else if (!revokedAt && expiresAt > now && names(release, who) && !openings.has(key)) {
        openings.set(key, { section, subject, since: signedAt, releaseId: release._id.toHexString() })
      }
    }
    return [...openings.values()]
  }
}
