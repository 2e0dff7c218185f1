import type { Connection, Types } from 'mongoose'
import type { Commitments } from '../../shared/commitments'
import { PlanError } from '../../shared/errors'
import type { SealedHeader } from '../../shared/versionExport'
import type { FamilyKeys } from '../access/familyKeys'
import type { SigningKey } from '../access/signingKey'
import type { Clock } from '../Clock'
import type { PartWords } from '../live/livePlans'
import { isDuplicateKey, isUnanswered, untilAnswered } from '../durable'
import { hashParts, hashSections, signHeader } from './sealedHeader'
import { type StoredVersion, type VersionContent, versionModel } from './versionModel'
import { versionSeals } from './versionSeals'

/** Who seals, and under which name. */
export interface Asked {
  label: string
  madeBy: string
  /** Number of the latest version known to whoever seals. */
  basedOn: number
}

/** What is sealed, under the id that the meeting already names. */
interface Final extends Pick<VersionContent, 'plan' | 'people'> {
  commitments: Commitments
  parts: PartWords[]
  _id: Types.ObjectId
  meetingId: string
  familyId: string
  generation: number
}

interface Needs {
  db: Connection
  familyKeys: FamilyKeys
  signingKey(): Promise<SigningKey>
  clock: Clock
}

/** Hashes, chains, signs and stores a sealed version. */
export function createInsertSealed({ db, familyKeys, signingKey, clock }: Needs) {
  const model = versionModel(db)
  const seals = versionSeals(familyKeys)

  async function headerOf(
    final: Final,
    number: number,
    hashes: Pick<SealedHeader, 'sections' | 'others'>,
  ): Promise<SealedHeader> {
    const { familyId, meetingId, generation } = final
    const last = await model
      .findOne({ familyId, 'seal.chain': { $exists: true } }, { seal: 1 })
      .sort({ 'seal.chain': -1 })
      .lean()
    return {
      format: 'ourplan-version-1',
      familyId,
      meetingId,
      number,
      generation,
      sealedAt: clock().toISOString(),
      chain: (last?.seal?.chain ?? 0) + 1,
      previous: last?.seal?.headerHash ?? null,
      ...hashes,
    }
  }

  /** A row for the next place in the family's chain. */
  async function makeRow(final: Final, { label, madeBy, basedOn }: Asked): Promise<StoredVersion> {
    const { _id, meetingId, familyId, generation, parts } = final
    const said = { plan: final.plan, people: final.people, commitments: final.commitments }
    const { hashes, salts } = hashSections(said)
    const { others, sealed } = hashParts(parts)
    const header = await headerOf(final, basedOn + 1, { sections: hashes, others })
    return {
      _id,
      meetingId,
      familyId,
      number: header.number,
      kind: 'sealed',
      reason: 'asked',
      generation,
      madeAt: new Date(header.sealedAt),
      seal: signHeader(header, await signingKey()),
      head: await seals.seal(familyId, _id, 'head', { label, madeBy }),
      content: await seals.seal(familyId, _id, 'content', { ...said, parts: sealed, salts }),
    }
  }

  /** Another meeting of the family took this place in the chain, or the line broke: once more. */
  async function mayTryAgain({ meetingId, number }: StoredVersion, error: unknown): Promise<void> {
    if (isUnanswered(error)) return
    if (!isDuplicateKey(error)) throw error
    const taken = await untilAnswered(() => model.exists({ meetingId, number }))
    if (taken) throw new PlanError('version/outdated', { cause: error })
  }

  /**
   * Done, or refused, once the database has said yes or no; until then nobody writes on.
   *
   * @throws version/outdated when another version took its number
   */
  return async function insertSealed(final: Final, asked: Asked): Promise<StoredVersion> {
    for (;;) {
      const row = await untilAnswered(() => makeRow(final, asked))
      try {
        await model.create(row)
        return row
      } catch (error) {
        // The answer of this try, or of an earlier one, was lost, and the version stands.
        const standing = await untilAnswered(() => model.findById(row._id).lean<StoredVersion>())
        if (standing) return standing
        await mayTryAgain(row, error)
      }
    }
  }
}
