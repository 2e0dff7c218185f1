import canonicalize from 'canonicalize'
import { createHash } from 'node:crypto'
import type { Connection } from 'mongoose'
import type { Logger } from 'pino'
import { PlanError } from '../../shared/errors'
import { type Noted, RECORD_FIELDS, RECORDED, type RecordEntry, type What } from '../../shared/record'
import type { FamilyKeys } from '../access/familyKeys'
import type { Clock } from '../Clock'
import { isDuplicateKey } from '../durable'
import { withoutContent } from '../http/withoutContent'
import { inTurn } from '../inTurn'
import { recordModel } from './recordModel'

/** Chain of what concerns no family. */
export const HOUSE = 'house'

/** Another server may write in the same chain; each try loses only to one that went through. */
const TRIES = 100
/** A loser waits up to this long, ms, so that two servers do not run into each other again and again. */
const PAUSE_MS = 15

interface Needs {
  db: Connection
  familyKeys: FamilyKeys
  clock: Clock
  log: Logger
}

/** What the name of an entry's actor is encrypted for: this family, this time. */
export const nameContext = (chain: string, at: string) => `record name ${chain} ${at}`

export type RecordKeeper = ReturnType<typeof createRecord>

/** Only what the table names, and only scalars of its kinds: no words of people come in here. */
function readAbout(noted: Noted): RecordEntry['about'] {
  const said = noted.about as unknown as { [field: string]: unknown }
  return Object.fromEntries(RECORDED[noted.what].map((field) => [field, RECORD_FIELDS[field].parse(said[field])]))
}

/**
 * Who did what, and who looked: a chain of entries a family, and one for the house. Each entry holds the hash of the one
 * before, so nothing can be changed or left out unseen. There is no code path that changes or removes one.
 */
export function createRecord({ db, familyKeys, clock, log }: Needs) {
  const model = recordModel(db)
  const turns = inTurn()
  const pending = new Set<Promise<void>>()

  /** Null where there is no family to encrypt it for, also after its key was destroyed. */
  async function sealName(name: string, familyId: string | null, at: string): Promise<string | null> {
    if (!familyId || !name || (await familyKeys.isDestroyed(familyId))) return null
    return (await familyKeys.seal(familyId, Buffer.from(name), nameContext(familyId, at))).toString('base64')
  }

  async function write(noted: Noted): Promise<void> {
    const { what, actor, familyId = null, meetingId = null } = noted
    const chain = familyId ?? HOUSE
    const at = clock().toISOString()
    const { staffId, participantId, standing, agency } = actor
    const who = { staffId, participantId, standing, agency, name: await sealName(actor.name, familyId, at) }
    const about = readAbout(noted)
    for (let tries = 1; ; tries++) {
      const last = await model.findOne({ chain }, { seq: 1, hash: 1 }).sort({ seq: -1 }).lean()
      const seq = (last?.seq ?? 0) + 1
      const previous = last?.hash ?? null
      const said: RecordEntry = {
        format: 'ourplan-record-1',
        chain,
        seq,
        at,
        previous,
        what,
        actor: who,
        meetingId,
        about,
      }
      const entry = canonicalize(said)!
      const hash = createHash('sha256').update(entry).digest('hex')
      try {
        await model.create({ chain, seq, entry, hash })
        return
      } catch (error) {
        if (!isDuplicateKey(error) || tries === TRIES) throw error
        await new Promise((resolve) => setTimeout(resolve, Math.random() * PAUSE_MS))
      }
    }
  }

  const inChain = (noted: Noted) => turns(noted.familyId ?? HOUSE, () => write(noted))

  return {
    /**
     * For what shows somebody something: durable before it is shown.
     *
     * @throws record/unavailable; then it must not be shown
     */
    async note(noted: Noted): Promise<void> {
      try {
        await inChain(noted)
      } catch (error) {
        log.error({ what: noted.what, ...withoutContent(error) }, 'not recorded')
        throw new PlanError('record/unavailable', { cause: error })
      }
    },

    /** For what has been done: nobody waits for it; a failure is reported to who runs the server. */
    report(noted: Noted): void {
      const writing = inChain(noted).catch((error: unknown) => {
        log.error({ what: noted.what, ...withoutContent(error) }, 'not recorded')
      })
      pending.add(writing)
      void writing.finally(() => pending.delete(writing))
    },

    /** Was that recorded in a family? */
    async holds(familyId: string, what: What): Promise<boolean> {
      return (await model.exists({ chain: familyId, entry: new RegExp(`"what":"${what}"`) })) !== null
    },

    /** When the last thing was recorded in a family; null for nothing yet. */
    async lastActivity(familyId: string): Promise<Date | null> {
      const last = await model.findOne({ chain: familyId }).sort({ seq: -1 }).lean()
      return last && new Date((JSON.parse(last.entry) as RecordEntry).at)
    },

    /** Done when everything reported so far is written, or given up. */
    async settled(): Promise<void> {
      await Promise.all(pending)
    },
  }
}
