import type { Connection } from 'mongoose'
import type { Logger } from 'pino'
import type { Clock } from '../Clock'
import { withoutContent } from '../http/withoutContent'
import { releaseModel } from './releaseModel'

/** How often the clock is looked at, ms. No timer runs to the end itself: that would miss a clock that is set. */
const TICK_MS = 200
/** How often the database is asked when the next release ends, ms: other processes sign, too. */
const LOOK_MS = 30_000

interface Needs {
  db: Connection
  clock: Clock
  log: Logger
  /** The rights in this family may have changed. */
  changed(familyId: string): void
}

export type Expiry = ReturnType<typeof createExpiry>

/**
 * Says when a release ends by itself, within a second of its minute. Rights always follow the clock; this is for
 * connections that are open, which ask again only when they are told to.
 */
export function createExpiry({ db, clock, log, changed }: Needs) {
  const model = releaseModel(db)
  let timer: NodeJS.Timeout | undefined
  /** Up to this moment it has been told. */
  let told = clock()
  let nextEnd = Infinity
  let lookedAt = -Infinity
  let looking: Promise<void> | null = null

  /** Tells what lies between two moments; a clock that was set back makes ended releases hold again. */
  async function tellBetween(one: Date, other: Date): Promise<void> {
    const [after, upTo] = one < other ? [one, other] : [other, one]
    const ended = await model.find({ expiresAt: { $gt: after, $lte: upTo }, revokedAt: null }, { familyId: 1 }).lean()
    for (const familyId of new Set(ended.map((release) => release.familyId))) changed(familyId)
  }

  async function look(): Promise<void> {
    const now = clock()
    lookedAt = performance.now()
    await tellBetween(told, now)
    told = now
    const next = await model
      .findOne({ expiresAt: { $gt: now }, revokedAt: null })
      .sort({ expiresAt: 1 })
      .lean()
    nextEnd = next ? next.expiresAt.getTime() : Infinity
  }

  function lookNow(): Promise<void> {
    looking ??= look()
      .catch((error: unknown) => log.error(withoutContent(error), 'the next end of a release could not be read'))
      .finally(() => {
        looking = null
      })
    return looking
  }

  function tick(): void {
    const now = clock().getTime()
    const isDue = now >= nextEnd || now < told.getTime() || performance.now() - lookedAt >= LOOK_MS
    if (isDue) void lookNow()
  }

  return {
    /** A release was signed that ends then. */
    expect(end: Date): void {
      nextEnd = Math.min(nextEnd, end.getTime())
    },

    start(): void {
      timer = setInterval(tick, TICK_MS)
    },

    /** @returns when nothing of it asks the database any more */
    async stop(): Promise<void> {
      clearInterval(timer)
      await looking
    },
  }
}
