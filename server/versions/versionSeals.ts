import type { Types } from 'mongoose'
import type { VersionSummary } from '../../shared/version'
import type { FamilyKeys } from '../access/familyKeys'
import { bytesOf } from '../durable'
import { type StoredVersion, toVersionSummary, type VersionContent, type VersionHead } from './versionModel'

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

    seal: (familyId: string, id: Types.ObjectId, part: Part, value: VersionHead | VersionContent): Promise<Buffer> =>
      familyKeys.seal(familyId, Buffer.from(JSON.stringify(value)), context(part, id)),

    summarise: async (stored: Omit<StoredVersion, 'content'>): Promise<VersionSummary> =>
      toVersionSummary(stored, await open<VersionHead>(stored, 'head', stored.head)),
  }
}
