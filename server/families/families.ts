import { Schema, type Connection, type Types } from 'mongoose'
import type { Family } from '../../shared/api'
import { PlanError } from '../../shared/errors'
import type { Language } from '../../shared/meeting'
import { encryptWords } from '../access/encryptedWords'
import type { Clock } from '../Clock'
import { DURABLE } from '../durable'

interface StoredFamily {
  _id: Types.ObjectId
  name: string
  language: Language
  /** The agency people who work with this family; nobody else learns that it is here. */
  team: Types.ObjectId[]
  /** Pairs of members who must not be in one meeting, each as `one:other`, the smaller id first. Why is not kept. */
  apart: string[]
  createdAt: Date
}

const schema = new Schema<StoredFamily>(
  {
    name: { type: String, required: true },
    language: { type: String, required: true },
    team: { type: [Schema.Types.ObjectId], required: true },
    apart: { type: [String], default: [] },
    createdAt: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, collection: 'families' },
)
schema.index({ team: 1 })
encryptWords(schema, ['name'], async ({ _id }) => _id.toHexString())

function toFamily({ _id, name, language, createdAt }: StoredFamily): Family {
  return { id: _id.toHexString(), name, language, createdAt: createdAt.toISOString() }
}

export type Families = ReturnType<typeof createFamilies>

/** Families, each seen by its team alone. */
export function createFamilies({ db, clock }: { db: Connection; clock: Clock }) {
  const model = db.model<StoredFamily>('Family', schema)

  return {
    async create(family: { name: string; language: Language; createdBy: string }): Promise<Family> {
      const { createdBy, ...words } = family
      return toFamily(await model.create({ ...words, team: [createdBy], createdAt: clock() }))
    },

    async listFor(staffId: string): Promise<Family[]> {
      const families = await model.find({ team: staffId }).sort({ createdAt: -1 }).lean()
      return families.map(toFamily)
    },

    /** @throws family/not-found, also where there is one that the asker does not work with */
    async readFor(staffId: string, familyId: string): Promise<Family> {
      const stored = await model.findOne({ _id: familyId, team: staffId }).lean()
      if (!stored) throw new PlanError('family/not-found')
      return toFamily(stored)
    },

    /** The agency people who work with it. @throws family/not-found, also where the asker is none of them */
    async teamFor(staffId: string, familyId: string): Promise<string[]> {
      const stored = await model.findOne({ _id: familyId, team: staffId }).lean()
      if (!stored) throw new PlanError('family/not-found')
      return stored.team.map((id) => id.toHexString())
    },

    /** The agency people who work with it. */
    async teamOf(familyId: string): Promise<string[]> {
      const stored = await model.findById(familyId, { team: 1 }).lean()
      return (stored?.team ?? []).map((id) => id.toHexString())
    },

    async isInTeam(staffId: string, familyId: string): Promise<boolean> {
      return (await model.exists({ _id: familyId, team: staffId })) !== null
    },

    async addToTeam(familyId: string, staffId: string): Promise<void> {
      await model.updateOne({ _id: familyId }, { $addToSet: { team: staffId } })
    },

    async removeFromTeam(familyId: string, staffId: string): Promise<void> {
      await model.updateOne({ _id: familyId }, { $pull: { team: staffId } })
    },

    /** Pairs of members who must not be in one meeting. */
    async apartIn(familyId: string): Promise<[string, string][]> {
      const stored = await model.findById(familyId, { apart: 1 }).lean()
      return (stored?.apart ?? []).map((pair) => pair.split(':') as [string, string])
    },

    async keepApart(familyId: string, two: readonly [string, string], apart: boolean): Promise<void> {
      const pair = [...two].sort().join(':')
      const change = apart ? { $addToSet: { apart: pair } } : { $pull: { apart: pair } }
      await model.updateOne({ _id: familyId }, change, { writeConcern: DURABLE })
    },

    async exists(familyId: string): Promise<boolean> {
      return (await model.exists({ _id: familyId })) !== null
    },

    /** All there are and were, the latest first, for who decides how long they are kept. */
    async listAll(): Promise<{ id: string; createdAt: Date }[]> {
      const families = await model.find({}, { createdAt: 1 }).sort({ createdAt: -1 }).lean()
      return families.map(({ _id, createdAt }) => ({ id: _id.toHexString(), createdAt }))
    },

    /** Nobody works with this family any more, and nothing says what it was called. */
    async expunge(familyId: string): Promise<void> {
      await model.updateOne({ _id: familyId }, { $set: { name: '', team: [], apart: [] } }, { writeConcern: DURABLE })
    },

    /** What everybody in the room calls this family; empty for none. */
    async nameOf(familyId: string): Promise<string> {
      return (await model.findById(familyId, { name: 1 }).lean())?.name ?? ''
    },

    /** What everybody in the room calls these families, by id. */
    async names(familyIds: Iterable<string>): Promise<Map<string, string>> {
      const families = await model.find({ _id: { $in: [...new Set(familyIds)] } }).lean()
      return new Map(families.map(({ _id, name }) => [_id.toHexString(), name]))
    },
  }
}
