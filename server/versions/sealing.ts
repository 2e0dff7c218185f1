import { type Connection, Types } from 'mongoose'
import type { Commitments } from '../../shared/commitments'
import { PlanError } from '../../shared/errors'
import { type Part, partKey, PLAN_PART } from '../../shared/part'
import { Plan } from '../../shared/plan'
import type { VersionPerson, VersionSummary } from '../../shared/version'
import type { SealedSignature } from '../../shared/versionExport'
import type { FamilyKeys } from '../access/familyKeys'
import type { SigningKey } from '../access/signingKey'
import type { Clock } from '../Clock'
import { untilAnswered } from '../durable'
import type { LivePlans, PartWords } from '../live/livePlans'
import { type Asked, createInsertSealed } from './insertSealed'
import { type StoredVersion, toSeal, toVersionSummary, type VersionContent, versionModel } from './versionModel'
import { versionSeals } from './versionSeals'

interface Sealed {
  versionId: string
  chain: number
  check: string
  at: Date
}

interface Needs {
  db: Connection
  familyKeys: FamilyKeys
  signingKey(): Promise<SigningKey>
  livePlans: LivePlans
  clock: Clock
  peopleOf(meetingId: string): Promise<VersionPerson[]>
  familyOf(meetingId: string): Promise<string>
  /** What people answered for themselves, also what is shown to nobody yet: it is final now. */
  commitmentsOf(meetingId: string, sealing: true): Promise<Commitments>
  signaturesSince(familyId: string, seq: number): Promise<{ upTo: number; signatures: SealedSignature[] }>
  meetings: {
    /** @throws version/outdated when the plan is sealed, or being sealed, already */
    startSealing(meetingId: string, versionId: string): Promise<void>
    finishSealing(meetingId: string, sealed: Sealed): Promise<void>
    cancelSealing(meetingId: string, versionId: string): Promise<void>
    listSealing(): Promise<{ meetingId: string; versionId: string }[]>
  }
}

const inChain = { 'seal.chain': { $exists: true } } as const
const latestInChain = { 'seal.chain': -1 } as const

export type Sealing = ReturnType<typeof createSealing>

/**
 * Makes the plan of a meeting final: nobody writes any more, what was acknowledged is in the version, and nothing after
 * it. The meeting says that it is being sealed before anything else happens, so a server that stops half way leaves
 * either no version, or one that the next start finds and finishes.
 */
export function createSealing(needs: Needs) {
  const { livePlans, meetings } = needs
  const model = versionModel(needs.db)
  const insertSealed = createInsertSealed(needs)
  const seals = versionSeals(needs.familyKeys)

  async function wordsIn(row: StoredVersion): Promise<PartWords[]> {
    const { plan, parts = [] } = await seals.open<VersionContent>(row, 'content', row.content)
    const all = [{ ...PLAN_PART, plan, generation: row.generation }, ...parts]
    // What was sealed before a plan could hold this or that, says nothing of it.
    return all.map((part) => ({ ...part, plan: Plan.parse(part.plan) }))
  }

  /** Brings a sealing that was begun to its end: the version is there, or it is not. */
  async function settle(meetingId: string, versionId: string): Promise<void> {
    const row = await model.findById(versionId).lean<StoredVersion>()
    if (!row?.seal) return meetings.cancelSealing(meetingId, versionId)
    const { chain, check } = toSeal(row.seal)
    await meetings.finishSealing(meetingId, { versionId, chain, check, at: row.madeAt })
  }

  return {
    /**
     * @returns the version, once the meeting is sealed with it
     * @throws version/outdated when there is a version the asker has not seen; then people write on
     */
    async seal(meetingId: string, asked: Asked): Promise<VersionSummary> {
      const latest = await model.findOne({ meetingId }, { number: 1 }).sort({ number: -1 }).lean()
      if ((latest?.number ?? 0) !== asked.basedOn) throw new PlanError('version/outdated')
      const base = { _id: new Types.ObjectId(), meetingId, familyId: await needs.familyOf(meetingId) }
      const versionId = base._id.toHexString()
      await meetings.startSealing(meetingId, versionId)
      try {
        const people = await needs.peopleOf(meetingId)
        const row = await livePlans.seal(meetingId, async ([{ plan, generation }, ...parts]) => {
          const commitments = await needs.commitmentsOf(meetingId, true)
          return insertSealed({ ...base, plan, parts, people, commitments, generation }, asked)
        })
        return toVersionSummary(row, { label: asked.label, madeBy: asked.madeBy })
      } finally {
        await untilAnswered(() => settle(meetingId, versionId))
      }
    },

    /** After a start: sealings that a stop cut off. */
    async finishCutOff(): Promise<void> {
      for (const { meetingId, versionId } of await meetings.listSealing()) await settle(meetingId, versionId)
    },

    /** The words of every part in a version, each with the generation they ended. */
    async readSealed(versionId: string): Promise<PartWords[]> {
      const row = await model.findById(versionId).lean<StoredVersion>()
      if (!row) throw new PlanError('version/not-found')
      return wordsIn(row)
    },

    /** Meeting, place in the chain, and time, of the family's last sealed plan; null when there is none. */
    async findLast(familyId: string): Promise<{ meetingId: string; chain: number; at: string } | null> {
      const row = await model
        .findOne({ familyId, ...inChain }, { seal: 1, madeAt: 1, meetingId: 1 })
        .sort(latestInChain)
        .lean()
      return row?.seal
        ? { meetingId: String(row.meetingId), chain: row.seal.chain, at: row.madeAt.toISOString() }
        : null
    },

    /** What the family's sealed versions, from whichever meeting, say last of a part; null when none of them has it. */
    async lastOfFamily(familyId: string, part: Part = PLAN_PART): Promise<Plan | null> {
      const rows = model
        .find({ familyId, ...inChain })
        .sort(latestInChain)
        .lean<StoredVersion>()
        .cursor()
      for await (const row of rows) {
        const words = (await wordsIn(row)).find((one) => partKey(one) === partKey(part))
        if (words) return words.plan
      }
      return null
    },
  }
}
