import type { Connection } from 'mongoose'
import { partKey } from '../../shared/part'
import type { Opening } from '../access/Access'
import type { Clock } from '../Clock'
import { isNamed, type Reader } from './isNamed'
import { releaseModel } from './releaseModel'

interface Who extends Reader {
  familyId: string
}

const latest = (one: Date, other: Date) => (one > other ? one : other)

/** Which gated sections releases open to somebody now. */
export function createOpenings({ db, clock }: { db: Connection; clock: Clock }) {
  const model = releaseModel(db)

  /**
   * What somebody signed for is theirs, with all its past, also after it has ended. To others a release opens what is
   * there from its signature on: of several that hold now, from the earliest signature to the latest end.
   */
  return async function findOpenings(who: Who): Promise<Opening[]> {
    const now = clock()
    const releases = await model.find({ familyId: who.familyId }, { words: 0 }).sort({ signedAt: 1 }).lean()
    const openings = new Map<string, Opening>()
    for (const release of releases) {
      const { section, subject, signer, signedAt, expiresAt, revokedAt } = release
      const key = partKey({ section, subject })
      if (who.memberId === signer) openings.set(key, { section, subject, since: null, until: null })
      else if (!revokedAt && expiresAt > now && isNamed(release, who)) {
        const first = openings.get(key)
        const opening = first ?? {
          section,
          subject,
          since: signedAt,
          until: expiresAt,
          releaseId: release._id.toHexString(),
        }
        openings.set(key, { ...opening, until: opening.until && latest(opening.until, expiresAt) })
      }
    }
    return [...openings.values()]
  }
}
