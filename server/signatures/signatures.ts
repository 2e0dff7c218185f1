import { type Connection, Types } from 'mongoose'
import { PlanError } from '../../shared/errors'
import type { Participant } from '../../shared/meeting'
import type { Signature, SignWords } from '../../shared/signature'
import type { SealedSignature } from '../../shared/versionExport'
import type { Visitor } from '../access/Access'
import type { FamilyKeys } from '../access/familyKeys'
import type { Clock } from '../Clock'
import { bytesOf, isDuplicateKey } from '../durable'
import { inTurn } from '../inTurn'
import { signatureModel, type SignatureWords, type StoredSignature } from './signatureModel'

interface Needs {
  db: Connection
  familyKeys: FamilyKeys
  clock: Clock
  /** The sealed version that the plan of a meeting is now; null while it is written in. */
  sealedWith(meetingId: string): Promise<string | null>
  /** What a sealed version's header hashes to; null for a copy, and for none. */
  headerHashOf(versionId: string): Promise<string | null>
  participants: { read(meetingId: string, participantId: string): Promise<Participant> }
  /** Of whom the viewer may not know that they were there. */
  hiddenFrom(viewer: Visitor, meetingIds: readonly string[]): Promise<Set<string>>
  /** Of whom only who leads may know that they are there. */
  hiddenIn(meetingId: string): Promise<Set<string>>
}

/** Another server may sign for the same family; each try loses only to one that went through. */
const TRIES = 100

const context = (id: Types.ObjectId) => `signature ${id.toHexString()}`

export type Signatures = ReturnType<typeof createSignatures>

/** Who signed which sealed version: added to, never changed, each bound to the version's header. */
export function createSignatures(needs: Needs) {
  const { db, familyKeys } = needs
  const model = signatureModel(db)
  const turns = inTurn()
  const sign = signing(needs)

  async function show(stored: StoredSignature): Promise<Signature> {
    const bytes = await familyKeys.open(stored.familyId, bytesOf(stored.words), context(stored._id))
    const words = JSON.parse(bytes.toString()) as SignatureWords
    const { participantId, did, at } = stored
    return { participantId, did, at: at.toISOString(), ...words }
  }

  return {
    /**
     * Once more changes nothing.
     *
     * @returns whether it is new
     * @throws version/outdated when the plan is not that sealed version (any more); signature/given, signature/own
     */
    sign: (visitor: Visitor, words: SignWords): Promise<boolean> => turns(visitor.familyId, () => sign(visitor, words)),

    /** In the order they were given, of those the viewer may know of. */
    async list(versionId: string, viewer: Visitor): Promise<Signature[]> {
      const rows = await model.find({ versionId }).sort({ seq: 1 }).lean<StoredSignature[]>()
      const hidden = await needs.hiddenFrom(viewer, [viewer.meetingId])
      return Promise.all(rows.filter(({ participantId }) => !hidden.has(participantId)).map(show))
    },

    /** How many signed, of those whom everybody may know of. */
    async count(meetingId: string, versionId: string): Promise<number> {
      const rows = await model.find({ versionId, did: 'signed' }, { participantId: 1 }).lean()
      const hidden = await needs.hiddenIn(meetingId)
      return rows.filter(({ participantId }) => !hidden.has(participantId)).length
    },

    /** Those of a family after a number, for the next sealed header to cover. */
    async since(familyId: string, seq: number): Promise<{ upTo: number; signatures: SealedSignature[] }> {
      const rows = await model
        .find({ familyId, seq: { $gt: seq } })
        .sort({ seq: 1 })
        .lean<StoredSignature[]>()
      const signatures = await Promise.all(
        rows.map(async (row) => ({ meetingId: row.meetingId, headerHash: row.headerHash, ...(await show(row)) })),
      )
      return { upTo: rows.at(-1)?.seq ?? seq, signatures }
    },
  }
}

/** Writing one down. */
function signing(needs: Needs) {
  const { db, familyKeys, clock } = needs
  const model = signatureModel(db)

  /** @throws signature/own for somebody who has a page of their own */
  async function signer(visitor: Visitor, { participantId }: SignWords): Promise<{ id: string; name: string }> {
    const own = { id: visitor.participantId!, name: visitor.name }
    if (!participantId || participantId === own.id) return own
    const person = await needs.participants.read(visitor.meetingId, participantId)
    if (person.state !== 'admitted') throw new PlanError('participant/not-found')
    if (person.attendance !== 'proxy') throw new PlanError('signature/own')
    return person
  }

  /** Takes the family's next number; somebody else may take it in the same moment. */
  async function insert(row: Omit<StoredSignature, 'seq'>): Promise<boolean> {
    const { familyId, versionId, participantId, did } = row
    for (let tries = 1; ; tries++) {
      if (await model.exists({ versionId, participantId, did })) return false
      const last = await model.findOne({ familyId }, { seq: 1 }).sort({ seq: -1 }).lean()
      try {
        await model.create({ ...row, seq: (last?.seq ?? 0) + 1 })
        return true
      } catch (error) {
        if (!isDuplicateKey(error) || tries === TRIES) throw error
      }
    }
  }

  return async function sign(visitor: Visitor, words: SignWords): Promise<boolean> {
    const { versionId, did } = words
    const headerHash =
      (await needs.sealedWith(visitor.meetingId)) === versionId && (await needs.headerHashOf(versionId))
    if (!headerHash) throw new PlanError('version/outdated')
    const { id: participantId, name } = await signer(visitor, words)
    if (did === 'signed' && !words.name && !words.drawing) throw new PlanError('request/invalid')
    const gave = did === 'rather-not' && (await model.exists({ versionId, participantId, did: 'signed' }))
    if (gave) throw new PlanError('signature/given')
    const _id = new Types.ObjectId()
    const { familyId, meetingId } = visitor
    const written: SignatureWords = {
      name: did === 'signed' ? (words.name ?? name) : name,
      drawing: did === 'signed' ? (words.drawing ?? null) : null,
      typedBy: participantId === visitor.participantId ? null : visitor.name,
    }
    const sealed = await familyKeys.seal(familyId, Buffer.from(JSON.stringify(written)), context(_id))
    const row = { _id, familyId, meetingId, versionId, headerHash, participantId, did, at: clock(), words: sealed }
    return insert(row)
  }
}
