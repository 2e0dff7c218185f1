import type { Connection } from 'mongoose'
import type { FamilyKeys } from '../access/familyKeys'
import { releaseModel, type ReleaseWords, type StoredRelease } from './releaseModel'
import { sealWords } from './sealWords'

/**
 * What the children of a family are called whom somebody signed for, by the id that their parts of the plan have: they
 * need not be in any meeting. For whoever may know of such a part.
 */
export function createChildNames({ db, familyKeys }: { db: Connection; familyKeys: FamilyKeys }) {
  const model = releaseModel(db)
  const words = sealWords<ReleaseWords>(familyKeys, 'release')

  return async function childNames(familyId: string): Promise<Map<string, string>> {
    const releases = await model.find({ familyId }).sort({ signedAt: 1 }).lean<StoredRelease[]>()
    const called = new Map<string, string>()
    for (const release of releases) {
      const { subject, signer } = release
      // What one signs about oneself is named by how one is called in each meeting.
      if (subject !== signer && !called.has(subject)) called.set(subject, (await words.open(release)).about)
    }
    return called
  }
}
