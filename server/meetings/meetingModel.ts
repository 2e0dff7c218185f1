import { Schema, type Connection, type Types } from 'mongoose'
import type { BothLanguages, Meeting } from '../../shared/meeting'
import type { Phase } from '../../shared/roles'
import { encryptWords } from '../access/encryptedWords'

export interface StoredMeeting {
  _id: Types.ObjectId
  familyId: Types.ObjectId
  kind: Meeting['kind']
  title: string
  startsAt: Date
  timeZone: string
  /** How often it was put to another time: calendars take the entry with the higher number. */
  timeChanges?: number
  /** What the facilitator said; whether the plan is sealed stands beside it. */
  phase: Exclude<Phase, 'sealed'>
  /** Id of the version that is being sealed now: nobody writes meanwhile. */
  sealing: string | null
  /** The sealed version that the plan is now. */
  sealed: { versionId: string; chain: number; check: string; at: Date } | null
  leadName: string
  /** Who leads and led it, the earliest first. Nobody stands there where it was opened by an earlier release. */
  leads: { participantId: string; since: Date }[]
  /** When the family meets next; null while nobody said. */
  nextAt: Date | null
  /** The last private family time; null while there was none, `endedAt` null while it goes on. */
  familyTime: { startedAt: Date; endedAt: Date | null } | null
  /** Eight characters as `readJoinCode` makes them. */
  joinCode: string
  joiningOpen: boolean
  /** When the code stops opening the door; null where it was made before codes had an end. */
  codeUntil: Date | null
}

const sealed = new Schema<NonNullable<StoredMeeting['sealed']>>(
  {
    versionId: { type: String, required: true },
    chain: { type: Number, required: true },
    check: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { _id: false },
)

const familyTime = new Schema<NonNullable<StoredMeeting['familyTime']>>(
  { startedAt: { type: Date, required: true }, endedAt: { type: Date, default: null } },
  { _id: false },
)

const lead = new Schema<StoredMeeting['leads'][number]>(
  { participantId: { type: String, required: true }, since: { type: Date, required: true } },
  { _id: false },
)

const schema = new Schema<StoredMeeting>(
  {
    familyId: { type: Schema.Types.ObjectId, required: true },
    kind: { type: String, required: true },
    title: { type: String, required: true },
    startsAt: { type: Date, required: true },
    timeZone: { type: String, required: true },
    timeChanges: { type: Number, default: 0 },
    phase: { type: String, required: true },
    sealing: { type: String, default: null },
    sealed: { type: sealed, default: null },
    leadName: { type: String, required: true },
    leads: { type: [lead], default: [] },
    nextAt: { type: Date, default: null },
    familyTime: { type: familyTime, default: null },
    joinCode: { type: String, required: true },
    joiningOpen: { type: Boolean, required: true },
    codeUntil: { type: Date, default: null },
  },
  { strict: 'throw', versionKey: false, collection: 'meetings' },
)
schema.index({ joinCode: 1 }, { unique: true })
schema.index({ familyId: 1, startsAt: -1 })
encryptWords(schema, ['title', 'leadName'], async ({ familyId }) => String(familyId))

export const meetingModel = (db: Connection) => db.model<StoredMeeting>('Meeting', schema)

/** Where the meeting stands for whoever wants to do something in it. */
export function phaseOf({ phase, sealing, sealed }: Pick<StoredMeeting, 'phase' | 'sealing' | 'sealed'>): Phase {
  return phase !== 'ended' && (sealing || sealed) ? 'sealed' : phase
}

export function toMeeting(stored: StoredMeeting, familyName: string, kindName: BothLanguages): Meeting {
  const { kind, title, timeZone, leadName, sealed } = stored
  const familyTime = stored.familyTime ?? null
  return {
    id: stored._id.toHexString(),
    familyId: stored.familyId.toHexString(),
    familyName,
    kind,
    kindName,
    title,
    startsAt: stored.startsAt.toISOString(),
    timeZone,
    phase: phaseOf(stored),
    leadName,
    nextAt: stored.nextAt?.toISOString() ?? null,
    familyTime: familyTime && {
      startedAt: familyTime.startedAt.toISOString(),
      endedAt: familyTime.endedAt?.toISOString() ?? null,
    },
    sealed: sealed ? { ...sealed, at: sealed.at.toISOString() } : null,
  }
}
