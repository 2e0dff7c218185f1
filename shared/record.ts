import * as z from 'zod/mini'
import { Agency, Duty, Id, Phase, Role, Section } from './meeting'
import { MemberId } from './part'
import { STANDINGS } from './roles'

const count = z.number().check(z.int(), z.nonnegative())

/** What an entry of the record may say beside who and when: ids, categories and numbers, never words of people. */
export const RECORD_FIELDS = {
  participantId: Id,
  /** Somebody of the family, in all its meetings. */
  memberId: MemberId,
  role: Role,
  roleBefore: Role,
  duty: Duty,
  dutyBefore: Duty,
  agency: z.nullable(Agency),
  phase: Phase,
  phaseBefore: Phase,
  section: Section,
  /** The member a gated section is about. */
  subject: z.nullable(MemberId),
  releaseId: Id,
  /** The release that opened what was read; null for who it is about. */
  openedBy: z.nullable(Id),
  /** The way somebody came to read. */
  via: z.enum(['live', 'plan', 'history', 'version', 'compare', 'export', 'paper']),
  versionId: Id,
  fromVersionId: Id,
  number: count,
  /** Place in the family's chain of sealed versions; 0 for a copy. */
  chainNumber: count,
  count,
  staffId: Id,
  years: count,
  hold: z.boolean(),
  /** The whole plan, not one thing of it. */
  whole: z.boolean(),
} as const

type Field = keyof typeof RECORD_FIELDS

/** Everything that is recorded, once: what happened, and which fields say more about it. */
export const RECORDED = {
  'signed-in': [],
  'sign-in-failed': [],
  'signed-out': [],
  'sessions-ended': [],
  'password-changed': [],
  'codes-on': [],
  'codes-off': [],

  invited: ['staffId'],
  'invitation-accepted': [],
  'duty-changed': ['staffId', 'duty', 'dutyBefore'],
  'account-closed': ['staffId'],
  'account-opened': ['staffId'],
  'codes-reset': ['staffId'],
  'team-added': ['staffId'],
  'team-removed': ['staffId'],
  'on-call-changed': [],

  'family-made': [],
  'meeting-opened': [],
  'time-changed': [],
  'invite-given': [],
  'plan-opened': [],
  'phase-changed': ['phase', 'phaseBefore'],
  admitted: ['participantId', 'role', 'agency'],
  'admitted-as-same-member': ['participantId', 'memberId'],
  'role-changed': ['participantId', 'role', 'roleBefore', 'agency'],
  'seat-asked': ['participantId', 'agency'],
  removed: ['participantId'],
  'lead-changed': ['participantId'],
  hidden: ['participantId'],
  'shown-again': ['participantId'],
  'link-made': ['participantId'],
  'link-ended': ['participantId'],
  'link-ended-by-owner': [],
  'link-opened': [],
  'projector-paired': [],
  'projector-started': [],

  'part-opened': ['section', 'subject', 'openedBy', 'via'],
  'version-made': ['versionId', 'number'],
  'version-sealed': ['versionId', 'number', 'chainNumber'],
  'version-signed': ['versionId'],
  'signed-for': ['versionId', 'participantId'],
  'version-read': ['versionId'],
  'versions-compared': ['versionId', 'fromVersionId'],
  'versions-exported': ['count'],
  restored: ['versionId', 'number', 'chainNumber', 'whole', 'section', 'subject'],
  amended: [],

  'decision-asked': [],
  'answers-shown': [],
  'decision-answered': [],
  'decision-settled': [],
  'promise-answered': [],
  'answer-typed': [],
  /** The same, to the decision. */
  'decision-typed': [],
  'confidence-kept': [],

  'release-asked': ['memberId'],
  'release-signed': ['releaseId', 'section', 'subject'],
  'release-revoked': ['releaseId', 'section', 'subject'],

  'phone-locked': ['memberId'],
  'record-exported': [],
  'keeping-changed': ['years', 'hold'],
  'expunging-asked': [],
  'family-expunged': [],
} as const satisfies Record<string, readonly Field[]>

export type What = keyof typeof RECORDED
export const WHATS = Object.keys(RECORDED) as [What, ...What[]]

export type About<W extends What> = { [F in (typeof RECORDED)[W][number]]: z.infer<(typeof RECORD_FIELDS)[F]> }

/** As what somebody did it: their standing, the server by itself, or nobody we know. */
export const RECORD_STANDINGS = [...STANDINGS, 'server', 'unknown'] as const
export type RecordStanding = (typeof RECORD_STANDINGS)[number]

/** Who did it. The name is kept encrypted with the family's key, and only where a family is concerned. */
export interface Actor {
  staffId: string | null
  participantId: string | null
  standing: RecordStanding
  agency: Agency | null
  name: string
}

/** Something that is to be recorded. */
export type Noted = {
  [W in What]: { what: W; actor: Actor; familyId?: string | null; meetingId?: string | null; about: About<W> }
}[What]

/** An entry as it was hashed, without its hash; also a line of an export. */
export interface RecordEntry {
  format: 'ourplan-record-1'
  /** A family's id, or `house` for what concerns no family. */
  chain: string
  /** From 1, without a gap. */
  seq: number
  /** UTC instant, ISO 8601. */
  at: string
  /** Hash of the entry before; null for the first. */
  previous: string | null
  what: What
  actor: {
    staffId: string | null
    participantId: string | null
    standing: RecordStanding
    agency: string | null
    /** Encrypted with the family's key, base64: unreadable once the key is destroyed, and the hash still fits. */
    name: string | null
  }
  meetingId: string | null
  about: Record<string, string | number | boolean | null>
}

/** What the family is told about one thing somebody did. */
export const RecordLine = z.object({
  seq: z.number(),
  at: z.string(),
  what: z.enum(WHATS),
  /** By name; empty for who is nobody of the meeting. */
  who: z.string(),
  standing: z.enum(RECORD_STANDINGS),
  agency: z.nullable(Agency),
  meetingId: z.nullable(Id),
  /** The person it was done to, or whose section it is; null where it concerns nobody in particular. */
  whom: z.nullable(z.string()),
  about: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})
export type RecordLine = z.infer<typeof RecordLine>
