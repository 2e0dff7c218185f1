import * as z from 'zod/mini'
import { MemberId } from './part'
import { DUTIES, PHASES, ROLES, SECTIONS } from './roles'

/** Ids of the database: 24 hex digits. A scalar pattern, so no operator object ever reaches a query. */
export const Id = z.string().check(z.regex(/^[0-9a-f]{24}$/))

/** A line of words typed by a person: trimmed, not empty, no control characters, no half signs. */
export const line = (max: number) =>
  z.pipe(
    z.string().check(z.trim(), z.minLength(1), z.maxLength(max)),

    z.string().check(z.regex(/^[^\u0000-\u001f\u007f\p{Surrogate}]*$/u)),
  )

/** Words typed by a person, in as many lines as they like; may be empty. */
export const words = (max: number) =>
  z.pipe(
    z.string().check(z.trim(), z.maxLength(max)),

    z.string().check(z.regex(/^[^\u0000-\u0008\u000b-\u001f\u007f\p{Surrogate}]*$/u)),
  )

export const LANGUAGES = ['en', 'es'] as const
export const Language = z.enum(LANGUAGES)
export type Language = z.infer<typeof Language>

/** What the app says itself, and not in its dictionaries. */
export const BothLanguages = z.object({ en: z.string(), es: z.string() })
export type BothLanguages = z.infer<typeof BothLanguages>

/** One of OurPlan’s own kinds of meeting, or of the county’s. */
export const MeetingKind = z.string().check(z.regex(/^[a-z][a-z0-9-]{1,39}$/))
export type MeetingKind = z.infer<typeof MeetingKind>

export const AGENCIES = [
  'child-welfare',
  'calworks',
  'school',
  'mental-health',
  'housing',
  'probation',
  'child-support',
  'other',
] as const
export const Agency = z.enum(AGENCIES)
export type Agency = z.infer<typeof Agency>

export const Role = z.enum(ROLES)
export const Phase = z.enum(PHASES)
export const Section = z.enum(SECTIONS)
export const Duty = z.enum(DUTIES)

/** `waiting` at the door, `admitted`, `removed` by the facilitator (or turned away). */
export const ParticipantState = z.enum(['waiting', 'admitted', 'removed'])
export type ParticipantState = z.infer<typeof ParticipantState>

/** How somebody takes part: in the room, on the phone, by video; `proxy` has no page, and others type for them. */
export const ATTENDANCES = ['room', 'phone', 'video', 'proxy'] as const
export const Attendance = z.enum(ATTENDANCES)
export type Attendance = z.infer<typeof Attendance>

/** A person in one meeting. The name is the one they chose. */
export const Participant = z.object({
  id: Id,
  name: z.string(),
  role: Role,
  agency: z.nullable(Agency),
  language: Language,
  state: ParticipantState,
  /** The same person in all meetings of the family; null for who is there for an agency, and at the door. */
  memberId: z.nullable(MemberId),
  /** Has a page of this meeting open now. */
  here: z.boolean(),
  /** Null where nobody said. */
  attendance: z.nullable(Attendance),
  /** Others do not learn that they are in the meeting; only who leads it and the person do. */
  hidden: z.optional(z.literal(true)),
})
export type Participant = z.infer<typeof Participant>

/** Somebody of the family, as its meetings know them again; for who leads one of them. */
export const KnownMember = z.object({
  memberId: MemberId,
  /** What they were called last. */
  name: z.string(),
  role: Role,
  /** Is in this meeting. */
  inside: z.boolean(),
  /** Who is at the door with a browser that this person was let in with before. */
  sameBrowser: z.array(Id),
})
export type KnownMember = z.infer<typeof KnownMember>

/** How people come in; only the facilitator and the projector get to see it, and only while joining is open. */
export const Joining = z.object({
  open: z.boolean(),
  code: z.nullable(z.string()),
  url: z.nullable(z.string()),
  /** Why nobody new comes in: the facilitator closed the door, somebody guessed codes, or the code is too old. */
  shut: z.nullable(z.enum(['closed', 'guessed', 'old'])),
})
export type Joining = z.infer<typeof Joining>

export const Meeting = z.object({
  id: Id,
  familyId: Id,
  /** The name everybody in the room uses for the family, for example "Miles’s family". */
  familyName: z.string(),
  kind: MeetingKind,
  /** What a meeting of its kind is called. */
  kindName: BothLanguages,
  title: z.string(),
  /** UTC instant, ISO 8601. */
  startsAt: z.string(),
  /** IANA name of the zone the meeting takes place in; times are shown in it. */
  timeZone: z.string(),
  phase: Phase,
  /** First name of who leads it. */
  leadName: z.string(),
  /** When the family meets next, as far as it is agreed; UTC instant, ISO 8601. */
  nextAt: z.nullable(z.string()),
  /** The last time the family was by itself; null while it never was. */
  familyTime: z.nullable(z.object({ startedAt: z.string(), endedAt: z.nullable(z.string()) })),
  /** The sealed version that the plan is now; null while it is written in. */
  sealed: z.nullable(
    z.object({
      versionId: Id,
      /** Place in the family's chain: people call it "Version 2". */
      chain: z.number(),
      /** As it stands on paper: `7F3A-91C2-0B6E`. */
      check: z.string(),
      at: z.string(),
    }),
  ),
})
export type Meeting = z.infer<typeof Meeting>
