import type { Connection } from 'mongoose'
import type { Body } from '../../shared/api'
import { PlanError } from '../../shared/errors'
import type { Kept } from '../../shared/keeping'
import type { FamilyKeys } from '../access/familyKeys'
import { bytesOf, DURABLE } from '../durable'
import type { Families } from '../families/families'
import { keepingModel, type StoredKeeping } from './keepingModel'

interface Needs {
  db: Connection
  familyKeys: FamilyKeys
  families: Families
  /** Years a family is kept where nobody decided otherwise. */
  retentionYears: number
  /** When the last thing happened in a family; null for nothing yet. */
  lastActivity(familyId: string): Promise<Date | null>
}

const context = (familyId: string) => `keeping reason ${familyId}`

function yearsAfter(day: Date, years: number): Date {
  const later = new Date(day)
  later.setUTCFullYear(later.getUTCFullYear() + years)
  return later
}

/** How long families are kept, and which may not be removed at all. */
export function createKeeping({ db, familyKeys, families, retentionYears, lastActivity }: Needs) {
  const model = keepingModel(db)

  async function reasonOf({ _id, reason, expungedAt }: StoredKeeping): Promise<string> {
    if (!reason || expungedAt) return ''
    return (await familyKeys.open(_id, bytesOf(reason), context(_id))).toString()
  }

  return {
    /** Every family, without what it is called; the latest first. */
    async list(): Promise<Kept[]> {
      const [all, decided] = await Promise.all([families.listAll(), model.find().lean<StoredKeeping[]>()])
      const byId = new Map(decided.map((row) => [row._id, row]))
      return Promise.all(
        all.map(async ({ id, createdAt }) => {
          const row = byId.get(id)
          const years = row?.years ?? retentionYears
          const last = (await lastActivity(id)) ?? createdAt
          return {
            id,
            name: '',
            createdAt: createdAt.toISOString(),
            lastActivity: last.toISOString(),
            years,
            keepUntil: yearsAfter(last, years).toISOString(),
            hold: row?.hold ?? false,
            reason: row ? await reasonOf(row) : '',
            expungedAt: row?.expungedAt?.toISOString() ?? null,
          }
        }),
      )
    },

    /** When everything of a family was removed; null while it is there. */
    async removedAt(familyId: string): Promise<Date | null> {
      return (await model.findById(familyId, { expungedAt: 1 }).lean())?.expungedAt ?? null
    },

    /** @throws family/not-found, also for one that was removed */
    async decide(familyId: string, { years, hold, reason }: Body<'setKeeping'>): Promise<void> {
      if (!(await families.exists(familyId))) throw new PlanError('family/not-found')
      const sealed = await familyKeys.seal(familyId, Buffer.from(reason), context(familyId))
      const values = { $set: { years, hold, reason: sealed }, $unset: { asked: 1 } } as const
      await model.updateOne({ _id: familyId }, values, { upsert: true, writeConcern: DURABLE })
    },
  }
}

export type Keeping = ReturnType<typeof createKeeping>
