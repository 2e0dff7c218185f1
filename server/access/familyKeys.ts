import { randomBytes } from 'node:crypto'
import { type Connection, Schema } from 'mongoose'
import { PlanError } from '../../shared/errors'
import { bytesOf, DURABLE } from '../durable'
import { useFamilyKeys } from './encryptedWords'
import { decrypt, encrypt } from './encryption'

const KEY_BYTES = 32

interface FamilyKeyRow {
  /** The family's id. */
  _id: string
  /** The family's key, sealed with the root key; gone with the family. */
  wrapped?: Buffer
  /** When the key was destroyed: no other is ever made for this family. */
  destroyedAt?: Date
}

export interface FamilyKeys {
  /**
   * Encrypts with the family's key, making the key at first use.
   *
   * @param context what the bytes are and where they belong; opening with another context fails, so a record
   *   copied to another place in the database does not open
   */
  seal(familyId: string, plain: Uint8Array, context: string): Promise<Buffer>
  /** @throws family/not-found when the key was destroyed; when the context differs or a byte was changed */
  open(familyId: string, sealed: Uint8Array, context: string): Promise<Buffer>
  /** Makes everything of this family unreadable, for ever; once more changes nothing. */
  destroy(familyId: string, at: Date): Promise<void>
  isDestroyed(familyId: string): Promise<boolean>
}

/**
 * A key per family, wrapped by the root key: a stolen database reads nothing, and destroying one row makes one
 * family unreadable for ever.
 *
 * @param rootKey 32 bytes
 */
export function createFamilyKeys(db: Connection, rootKey: Buffer): FamilyKeys {
  if (rootKey.length !== KEY_BYTES) throw new Error('the root key must have 32 bytes')
  const rows = db.model<FamilyKeyRow>(
    'FamilyKey',
    new Schema<FamilyKeyRow>(
      { _id: { type: String, required: true }, wrapped: { type: Buffer }, destroyedAt: { type: Date } },
      { strict: 'throw', collection: 'familyKeys', versionKey: false },
    ),
  )
  const known = new Map<string, Promise<Buffer>>()

  async function fetchKey(familyId: string): Promise<Buffer> {
    const fresh = encrypt(rootKey, randomBytes(KEY_BYTES), `family-key ${familyId}`)
    // Two first uses at once: the upsert lets exactly one key win, and both read that one.
    const row = await rows
      .findOneAndUpdate(
        { _id: familyId },
        { $setOnInsert: { wrapped: fresh } },
        { upsert: true, returnDocument: 'after', writeConcern: DURABLE },
      )
      .lean()
    if (!row.wrapped) throw new PlanError('family/not-found')
    return decrypt(rootKey, bytesOf(row.wrapped), `family-key ${familyId}`)
  }

  function keyOf(familyId: string): Promise<Buffer> {
    let key = known.get(familyId)
    if (!key) {
      key = fetchKey(familyId)
      known.set(familyId, key)
      key.catch(() => known.delete(familyId))
    }
    return key
  }

  const keys: FamilyKeys = {
    seal: async (familyId, plain, context) => encrypt(await keyOf(familyId), plain, context),
    open: async (familyId, sealed, context) => decrypt(await keyOf(familyId), sealed, context),

    async destroy(familyId, at) {
      const gone = { $unset: { wrapped: 1 }, $set: { destroyedAt: at } } as const
      await rows.updateOne({ _id: familyId, destroyedAt: null }, gone, { writeConcern: DURABLE })
      const row = { _id: familyId }
      await rows.updateOne(row, { $setOnInsert: { destroyedAt: at } }, { upsert: true, writeConcern: DURABLE })
      known.delete(familyId)
    },

    async isDestroyed(familyId) {
      return (await rows.exists({ _id: familyId, destroyedAt: { $ne: null } })) !== null
    },
  }
  useFamilyKeys(db, keys)
  return keys
}
