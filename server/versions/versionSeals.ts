import type { Types } from 'mongoose'
import { PlanError } from '../../shared/errors'
import type { VersionSummary } from '../../shared/version'
import type { FamilyKeys } from '../access/familyKeys'
import { bytesOf } from '../durable'
import { type StoredVersion, toVersionSummary, type VersionContent, type VersionHead } from './versionModel'

/** What MongoDB takes is 16 MB; the rest is for what lies beside the words. */
const VERSION_BYTES = 15_000_000

type Part = 'head' | 'content'

const context = (part: Part, id: Types.ObjectId) => `version ${part} ${id.toHexString()}`

/** What people wrote in a version, sealed with their family's key and tied to its place. */
export function versionSeals(familyKeys: FamilyKeys) {
  async function open<T extends VersionHead | VersionContent>(
    { familyId, _id }: Pick<StoredVersion, 'familyId' | '_id'>,
    part: Part,
    sealed: Buffer,
  ): Promise<T> {
    return JSON.parse((await familyKeys.open(familyId, bytesOf(sealed), context(part, _id))).toString()) as T
  }

  return {
    open,

    /** @throws plan/too-large */
    async seal(familyId: string, id: Types.ObjectId, part: Part, value: VersionHead | VersionContent): Promise<Buffer> {
      const bytes = Buffer.from(JSON.stringify(value))
      if (bytes.length > VERSION_BYTES) throw new PlanError('plan/too-large')
      return familyKeys.seal(familyId, bytes, context(part, id))
    },

    summarise: async (stored: Omit<StoredVersion, 'content'>): Promise<VersionSummary> =>
      toVersionSummary(stored, await open<VersionHead>(stored, 'head', stored.head)),
  }
}
