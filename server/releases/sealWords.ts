import type { Types } from 'mongoose'
import type { FamilyKeys } from '../access/familyKeys'
import { bytesOf } from '../durable'

interface Row {
  _id: Types.ObjectId
  familyId: string
  words: Uint8Array
}

/** What people said in a permission, or in a request for one, sealed with their family's key and tied to its place. */
export function sealWords<T>(familyKeys: FamilyKeys, kind: 'release' | 'release-ask') {
  const context = (id: Types.ObjectId) => `${kind} ${id.toHexString()}`
  return {
    seal: (familyId: string, id: Types.ObjectId, words: T): Promise<Buffer> =>
      familyKeys.seal(familyId, Buffer.from(JSON.stringify(words)), context(id)),

    open: async ({ familyId, _id, words }: Row): Promise<T> =>
      JSON.parse((await familyKeys.open(familyId, bytesOf(words), context(_id))).toString()) as T,
  }
}
