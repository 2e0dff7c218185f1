import type { Connection } from 'mongoose'
import { PlanError } from '../../shared/errors'
import type { Access } from '../access/Access'
import type { FamilyKeys } from '../access/familyKeys'
import { hashToken, secretToken } from '../access/secretToken'
import type { Clock } from '../Clock'
import { DURABLE } from '../durable'
import type { Families } from '../families/families'
import { keepingModel } from './keepingModel'

/** How long who asked has to say that they mean it. */
const CONFIRM_MS = 10 * 60_000

interface Needs {
  db: Connection
  access: Access
  familyKeys: FamilyKeys
  families: Families
  clock: Clock
  /** Takes the family's meetings away, so that nobody comes in. @returns how many there were */
  removeMeetings(familyId: string): Promise<void>
  /** Takes away what cannot be read any more, once the key is gone. */
  removeWords(familyId: string): Promise<void>
  /** Says so in the family's record, once. */
  noteRemoval(familyId: string, by: string): Promise<void>
}

/**
 * Removes a family for ever. What stays: that there was one, when it was removed and by whom; the headers of its sealed
 * versions; and its record, in which names are unreadable. Both chains verify as before. Cut off half way, the next start
 * goes on.
 */
export function createExpunging(needs: Needs) {
  const { db, access, familyKeys, families, clock, removeMeetings, removeWords, noteRemoval } = needs
  const model = keepingModel(db)

  async function finish(familyId: string, by: string, at: Date): Promise<void> {
    await families.expunge(familyId)
    await removeMeetings(familyId)
    access.changes.emit('changed', { familyId })
    await familyKeys.destroy(familyId, at)
    await removeWords(familyId)
    await noteRemoval(familyId, by)
    await model.updateOne({ _id: familyId, expungedBy: by }, { $set: { gone: true } }, { writeConcern: DURABLE })
  }

  async function requireFree(familyId: string): Promise<void> {
    const row = await model.findById(familyId, { hold: 1, expungedAt: 1 }).lean()
    if (row?.expungedAt || !(await families.exists(familyId))) throw new PlanError('family/not-found')
    if (row?.hold) throw new PlanError('family/held')
  }

  return {
    /**
     * The first of two times that somebody says so.
     *
     * @returns what to say it with the second time
     * @throws family/held
     */
    async ask(familyId: string): Promise<string> {
      await requireFree(familyId)
      const { token, tokenHash } = secretToken()
      const asked = { tokenHash, until: new Date(clock().getTime() + CONFIRM_MS) }
      await model.updateOne({ _id: familyId }, { $set: { asked } }, { upsert: true, writeConcern: DURABLE })
      return token
    },

    /** @throws family/held, also when it was held after they asked; family/not-confirmed when they asked too long ago */
    async expunge(familyId: string, confirmation: string, by: string): Promise<void> {
      await requireFree(familyId)
      const at = clock()
      const meant = { 'asked.tokenHash': hashToken(confirmation), 'asked.until': { $gt: at } } as const
      const { matchedCount } = await model.updateOne(
        { _id: familyId, hold: { $ne: true }, expungedAt: null, ...meant },
        { $set: { expungedAt: at, expungedBy: by }, $unset: { asked: 1, reason: 1 } },
        { writeConcern: DURABLE },
      )
      if (matchedCount === 0) throw new PlanError('family/not-confirmed')
      await finish(familyId, by, at)
    },

    /** After a start: removals that a stop cut off. */
    async finishCutOff(): Promise<void> {
      const rows = await model.find({ expungedAt: { $ne: null }, gone: { $ne: true } }).lean()
      for (const { _id, expungedAt, expungedBy } of rows) await finish(_id, expungedBy!, expungedAt!)
    },
  }
}

export type Expunging = ReturnType<typeof createExpunging>
