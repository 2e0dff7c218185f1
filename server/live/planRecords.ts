import { type Connection, type Model, Schema } from 'mongoose'
import { SECTIONS, type Section } from '../../shared/roles'
import { DURABLE } from '../durable'

/** One live document: a section of a meeting's plan, in its present generation. */
export interface LiveDocumentRow {
  /** `<meetingId>:<part>`, the part as `partKey` names it */
  _id: string
  meetingId: string
  familyId: string
  section: Section
  /** The member it is about, for a gated section. */
  subject: string | null
  generation: number
}

/** A Yjs client id, minted for one writer in one document and generation, never given out twice there. */
export interface LiveClientRow {
  document: string
  generation: number
  clientId: number
  /** Participant id, or what the server itself wrote as. */
  owner: string
}

/** What one writer sent in one frame; `bytes` are sealed with the family's key. */
export interface LogEntryRow {
  actor: string
  at: Date
  bytes: Buffer
}

/** One group commit. Unique on (document, generation, seq): a second owner of the document is fenced off by it. */
export interface PlanUpdateRow {
  document: string
  generation: number
  seq: number
  entries: LogEntryRow[]
}

/** The whole state up to and with `uptoSeq`, sealed. */
export interface PlanSnapshotRow {
  document: string
  generation: number
  uptoSeq: number
  bytes: Buffer
}

const text = { type: String, required: true }
const number = { type: Number, required: true }
const bytes = { type: Buffer, required: true }

function logSchema(collection: string): Schema<PlanUpdateRow> {
  const entry = new Schema<LogEntryRow>({ actor: text, at: { type: Date, required: true }, bytes }, { _id: false })
  return new Schema<PlanUpdateRow>(
    { document: text, generation: number, seq: number, entries: { type: [entry], required: true } },
    { strict: 'throw', collection, versionKey: false, writeConcern: DURABLE },
  ).index({ document: 1, generation: 1, seq: 1 }, { unique: true })
}

export interface PlanRecords {
  documents: Model<LiveDocumentRow>
  clients: Model<LiveClientRow>
  updates: Model<PlanUpdateRow>
  history: Model<PlanUpdateRow>
  snapshots: Model<PlanSnapshotRow>
}

/** The collections of the live plan. */
export function planRecords(db: Connection): PlanRecords {
  const options = { strict: 'throw', versionKey: false, writeConcern: DURABLE } as const
  return {
    documents: db.model<LiveDocumentRow>(
      'LiveDocument',
      new Schema<LiveDocumentRow>(
        {
          _id: text,
          meetingId: text,
          familyId: text,
          section: { ...text, enum: SECTIONS },
          subject: { type: String, default: null },
          generation: number,
        },
        { ...options, collection: 'liveDocuments' },
      ).index({ meetingId: 1 }),
    ),
    clients: db.model<LiveClientRow>(
      'LiveClient',
      new Schema<LiveClientRow>(
        { document: text, generation: number, clientId: number, owner: text },
        { ...options, collection: 'liveClients' },
      )
        .index({ document: 1, generation: 1, clientId: 1 }, { unique: true })
        .index({ document: 1, generation: 1, owner: 1 }),
    ),
    updates: db.model<PlanUpdateRow>('PlanUpdate', logSchema('planUpdates')),
    history: db.model<PlanUpdateRow>('PlanHistory', logSchema('planHistory')),
    snapshots: db.model<PlanSnapshotRow>(
      'PlanSnapshot',
      new Schema<PlanSnapshotRow>(
        { document: text, generation: number, uptoSeq: number, bytes },
        { ...options, collection: 'planSnapshots' },
      ).index({ document: 1, generation: 1, uptoSeq: -1 }, { unique: true }),
    ),
  }
}
