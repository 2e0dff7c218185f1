import { type Connection } from 'mongoose'
import { PlanError } from '../../shared/errors'
import type { Agency } from '../../shared/meeting'
import type { Release } from '../../shared/release'
import type { Role } from '../../shared/roles'
import type { Visitor } from '../access/Access'
import type { FamilyKeys } from '../access/familyKeys'
import type { Clock } from '../Clock'
import { isNamed, type Reader } from './isNamed'
import { releaseModel, type ReleaseWords, type StoredRelease } from './releaseModel'
import { sealWords } from './sealWords'

interface Needs {
  db: Connection
  familyKeys: FamilyKeys
  clock: Clock
  findStaff(staffId: string): Promise<{ agency: Agency | null } | null>
}

export type Releases = ReturnType<typeof createReleases>

/** What is allowed now and was allowed before, for who signed it and whom it names. */
export function createReleases({ db, familyKeys, clock, findStaff }: Needs) {
  const model = releaseModel(db)
  const words = sealWords<ReleaseWords>(familyKeys, 'release')

  function endOf({ revokedAt, expiresAt }: StoredRelease): Date | null {
    return revokedAt ?? (expiresAt <= clock() ? expiresAt : null)
  }

  /** Whether a release opens something to a visitor; for an agency counts the one of their account. */
  async function readerOf({ standing, memberId, staffId }: Visitor): Promise<Reader> {
    const account = standing === 'agency' && staffId ? await findStaff(staffId) : null
    return { role: standing as Role, memberId, agency: account?.agency ?? null }
  }

  async function show(stored: StoredRelease, reader: Reader): Promise<Release> {
    const said = await words.open(stored)
    const mine = stored.signer === reader.memberId
    const { sitting, section, subject, discloser } = stored
    const { about, signedBy, told, ownPurpose } = said
    return {
      ...{
        id: stored._id.toHexString(),
        sitting,
        section,
        subject,
        about,
        signedBy,
        mine,
        discloser,
        told,
        ownPurpose,
      },
      recipients: stored.recipients.filter((one) => mine || one === reader.role || one === reader.agency),
      members: mine ? said.members : [],
      purpose: said.purpose!,
      signedAt: stored.signedAt.toISOString(),
      expiresAt: stored.expiresAt.toISOString(),
      endedAt: endOf(stored)?.toISOString() ?? null,
      copy: mine ? { language: said.language, lines: said.lines.map(({ text }) => text) } : null,
    }
  }

  return {
    show: async (stored: StoredRelease, visitor: Visitor): Promise<Release> => show(stored, await readerOf(visitor)),

    /** All that one signed, also what has ended, and what names one now; latest first. */
    async list(visitor: Visitor): Promise<Release[]> {
      const all = await model.find({ familyId: visitor.familyId }).sort({ signedAt: -1 }).lean<StoredRelease[]>()
      const reader = await readerOf(visitor)
      const seen = all.filter(
        (release) => release.signer === visitor.memberId || (!endOf(release) && isNamed(release, reader)),
      )
      return Promise.all(seen.map((release) => show(release, reader)))
    },

    /**
     * Ends a release at once; once more changes nothing.
     *
     * @throws release/not-found, also for one that somebody else signed; release/over when it ended by itself
     */
    async revoke(visitor: Visitor, releaseId: string): Promise<{ release: StoredRelease; isNew: boolean }> {
      const { familyId, memberId } = visitor
      const mine = { _id: releaseId, familyId, signer: memberId ?? '' }
      const now = clock()
      const holds = { ...mine, revokedAt: null, expiresAt: { $gt: now } }
      const { modifiedCount } = await model.updateOne(holds, { $set: { revokedAt: now } })
      const release = await model.findOne(mine).lean<StoredRelease>()
      if (!release) throw new PlanError('release/not-found')
      if (!release.revokedAt) throw new PlanError('release/over')
      return { release, isNew: modifiedCount > 0 }
    },
  }
}
