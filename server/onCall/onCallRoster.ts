import type { Connection } from 'mongoose'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { PlanError } from '../../shared/errors'
import type { Agency } from '../../shared/meeting'
import type { OnCall, OnCallWords } from '../../shared/onCall'
import { isTimeZone } from '../../shared/onCallHours'
import { WEEKDAYS } from '../../shared/plan'
import { onCallModel, type StoredOnCall, toOnCall } from './onCallModel'

/** Lines of one roster. */
const MOST = 500
/** Changes of one person in an hour: who has an account shows in the lines, so nobody tries out emails by them. */
const CHANGES = { points: 120, duration: 60 * 60 }

export type OnCallRoster = ReturnType<typeof createOnCallRoster>

/** The words as they are kept. @throws request/invalid for nobody who could be reached, and for a zone there is not */
function readWords({ email, days, ...words }: OnCallWords): OnCallWords {
  if ((!words.phone && !email) || !isTimeZone(words.timeZone)) throw new PlanError('request/invalid')
  return {
    ...words,
    email: email?.toLowerCase() ?? null,
    days: WEEKDAYS.filter((day) => days.includes(day)),
  }
}

/** Who is on call for which agency. Lines may overlap: two people can be reached better than one. */
export function createOnCallRoster({ db }: { db: Connection }) {
  const model = onCallModel(db)
  const changes = new RateLimiterMemory(CHANGES)

  /** @throws request/too-many */
  async function count(staffId: string): Promise<void> {
    await changes.consume(staffId).catch((error: unknown) => {
      throw error instanceof Error ? error : new PlanError('request/too-many')
    })
  }

  async function list(agency?: Agency): Promise<OnCall[]> {
    const rows = await model.find(agency ? { agency } : {}).lean<StoredOnCall[]>()
    const lines = rows.map(toOnCall)
    return lines.sort((a, b) => a.starts.localeCompare(b.starts) || a.name.localeCompare(b.name))
  }

  return {
    list,

    /** @throws request/invalid, request/too-many */
    async add(staffId: string, words: OnCallWords): Promise<OnCall> {
      const read = readWords(words)
      await count(staffId)
      if ((await model.countDocuments({})) >= MOST) throw new PlanError('request/too-many')
      return toOnCall((await model.create(read)).toObject())
    },

    /** @throws request/invalid, request/too-many, roster/not-found */
    async change(staffId: string, onCallId: string, words: OnCallWords): Promise<OnCall> {
      const read = readWords(words)
      await count(staffId)
      const changed = await model
        .findOneAndUpdate({ _id: onCallId }, { $set: read }, { returnDocument: 'after' })
        .lean<StoredOnCall>()
      if (!changed) throw new PlanError('roster/not-found')
      return toOnCall(changed)
    },

    /** @throws roster/not-found */
    async remove(onCallId: string): Promise<void> {
      const { deletedCount } = await model.deleteOne({ _id: onCallId })
      if (deletedCount === 0) throw new PlanError('roster/not-found')
    },

    /** @throws roster/not-found */
    async find(onCallId: string): Promise<OnCall> {
      const row = await model.findById(onCallId).lean<StoredOnCall>()
      if (!row) throw new PlanError('roster/not-found')
      return toOnCall(row)
    },
  }
}
