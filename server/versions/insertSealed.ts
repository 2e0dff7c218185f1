import type { Connection, Types } from 'mongoose'
import type { Commitments } from '../../shared/commitments'
import { PlanError } from '../../shared/errors'
import type { SealedHeader, SealedSignature } from '../../shared/versionExport'
import type { FamilyKeys } from '../access/familyKeys'
import type { SigningKey } from '../access/signingKey'
import type { Clock } from '../Clock'
import type { PartWords } from '../live/livePlans'
import { isDuplicateKey, isUnanswered, untilAnswered } from '../durable'
import { hashParts, hashSections, signHeader } from './sealedHeader'
import { type StoredSeal, type StoredVersion, type VersionContent, versionModel } from './versionModel'
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
  /** What was signed in a family after a number, and up to which. */
  signaturesSince(familyId: string, seq: number): Promise<{ upTo: number; signatures: SealedSignature[] }>
}

/** What is hashed and signed. */
function headerOf(
  final: Final,
  number: number,
  last: StoredSeal | undefined,
  hashes: Pick<SealedHeader, 'sections' | 'others'>,
  at: Date,
): SealedHeader {
  const { familyId, meetingId, generation } = final
  return {
    format: 'ourplan-version-1',
    familyId,
    meetingId,
    number,
    generation,
    sealedAt: at.toISOString(),
    chain: (last?.chain ?? 0) + 1,
    previous: last?.headerHash ?? null,
    ...hashes,
  }
}

/** Hashes, chains, signs and stores a sealed version. */
export function createInsertSealed({ db, familyKeys, signingKey, clock, signaturesSince }: Needs) {
  const model = versionModel(db)
  const seals = versionSeals(familyKeys)

  /** The family's last seal so far. */
  async function lastSeal(familyId: string): Promise<StoredSeal | undefined> {
    const last = await model
      .findOne({ familyId, 'seal.chain': { $exists: true } }, { seal: 1 })
      .sort({ 'seal.chain': -1 })
      .lean()
    return last?.seal
  }

  /** A row for the next place in the family's chain. It covers what was signed since the place before. */
  async function makeRow(final: Final, { label, madeBy, basedOn }: Asked): Promise<StoredVersion> {
    const { _id, meetingId, familyId, generation, parts } = final
    const last = await lastSeal(familyId)
    const { upTo, signatures } = await signaturesSince(familyId, last?.signedUpTo ?? 0)
    const said = { plan: final.plan, people: final.people, commitments: final.commitments, signatures }
    const { hashes, salts } = hashSections(said)
    const { others, sealed } = hashParts(parts)
    const header = headerOf(final, basedOn + 1, last, { sections: hashes, others }, clock())
    return {
      _id,
      meetingId,
      familyId,
      number: header.number,
      kind: 'sealed',
      reason: 'asked',
      generation,
      madeAt: new Date(header.sealedAt),
      seal: { ...signHeader(header, await signingKey()), signedUpTo: upTo },
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
