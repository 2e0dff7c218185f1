import { type Connection, Schema, type Types } from 'mongoose'
import type { Stance } from '../../shared/decision'
import type { Agency } from '../../shared/meeting'
import type { Role } from '../../shared/roles'
import { encryptWords } from '../access/encryptedWords'
import { DURABLE } from '../durable'

/** Everybody was asked about a sentence. One that changed is asked about anew, so an answer always has its sentence. */
export interface StoredAsk {
  _id: Types.ObjectId
  familyId: string
  meetingId: string
  sentence: string
  askedAt: Date
  /** Since when everybody sees what was answered; null while nobody does. */
  shownAt: Date | null
}

/** One answer. None is ever changed: who answers again adds one. */
export interface StoredPosition {
  _id: Types.ObjectId
  familyId: string
  meetingId: string
  ask: string
  /** Who it is: a person of the family across their phones, a participant, or a name that was typed for somebody. */
  who: string
  participantId: string | null
  name: string
  role: Role
  agency: Agency | null
  stance: Stance
  reason: string
  /** Name of who typed it for them; empty for their own hands. */
  typedBy: string
  at: Date
}

/** What the agency decided where not everybody could agree; the latest counts. */
export interface StoredSettlement {
  _id: Types.ObjectId
  familyId: string
  meetingId: string
  ask: string
  words: string
  by: string
  agency: Agency | null
  at: Date
}

/** A relative takes care of a child by what was decided, or nobody does any more; the latest counts. */
export interface StoredRelative {
  _id: Types.ObjectId
  familyId: string
  meetingId: string
  /** Who takes care; empty for nobody. */
  name: string
  by: string
  at: Date
}

const text = { type: String, required: true }
const maybe = { type: String, default: '' }
const belongs = { familyId: text, meetingId: text }
const options = (collection: string) => ({
  strict: 'throw' as const,
  versionKey: false as const,
  collection,
  writeConcern: DURABLE,
})

const asks = new Schema<StoredAsk>(
  { ...belongs, sentence: text, askedAt: { type: Date, required: true }, shownAt: { type: Date, default: null } },
  options('decisionAsks'),
)
const positions = new Schema<StoredPosition>(
  {
    ...belongs,
    ask: text,
    who: text,
    participantId: { type: String, default: null },
    name: text,
    role: text,
    agency: { type: String, default: null },
    stance: text,
    reason: maybe,
    typedBy: maybe,
    at: { type: Date, required: true },
  },
  options('positions'),
)
const settlements = new Schema<StoredSettlement>(
  {
    ...belongs,
    ask: text,
    words: text,
    by: text,
    agency: { type: String, default: null },
    at: { type: Date, required: true },
  },
  options('settlements'),
)
const relatives = new Schema<StoredRelative>(
  { ...belongs, name: maybe, by: text, at: { type: Date, required: true } },
  options('relatives'),
)
for (const schema of [asks, positions, settlements, relatives]) schema.index({ meetingId: 1 })
encryptWords(asks, ['sentence'], async ({ familyId }) => String(familyId))
encryptWords(positions, ['who', 'name', 'stance', 'reason', 'typedBy'], async ({ familyId }) => String(familyId))
encryptWords(settlements, ['words', 'by'], async ({ familyId }) => String(familyId))
encryptWords(relatives, ['name', 'by'], async ({ familyId }) => String(familyId))

export const askModel = (db: Connection) => db.model<StoredAsk>('DecisionAsk', asks)
export const positionModel = (db: Connection) => db.model<StoredPosition>('Position', positions)
export const settlementModel = (db: Connection) => db.model<StoredSettlement>('Settlement', settlements)
export const relativeModel = (db: Connection) => db.model<StoredRelative>('Relative', relatives)
