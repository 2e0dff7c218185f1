import * as z from 'zod/mini'
import { Commitments } from './commitments'
import { Agency, Attendance, BothLanguages, Id, MeetingKind, Role, Section } from './meeting'
import { MemberId } from './part'
import { Plan } from './plan'
import { Heading, PlanDiff } from './planDiff'
import { NOTICES } from './redisclosure'

/** `checkpoint`: a copy made on the way, by name or by itself. `sealed`: final, chained to the one before and signed. */
export const VersionKind = z.enum(['checkpoint', 'sealed'])
export type VersionKind = z.infer<typeof VersionKind>

/**
 * Why a version was made: somebody asked; the meeting or the server stopped; the plan was brought from the last
 * meeting; writing went on after a seal; or just before and after an earlier version was restored; or a stage
 * of the meeting ended.
 */
export const VersionReason = z.enum([
  'asked',
  'meeting-ended',
  'server-stopped',
  'carried-over',
  'amended',
  'before-restore',
  'restored',
  'stage-ended',
])
export type VersionReason = z.infer<typeof VersionReason>

/** What makes a sealed version checkable. */
export const Seal = z.object({
  /** Place in the family's chain, from 1: people call it "Version 2". */
  chain: z.number(),
  /** SHA-256 of the header, hex; the next header holds it. */
  headerHash: z.string(),
  /** The first signs of the header's hash as it stands on paper: `7F3A-91C2-0B6E`. */
  check: z.string(),
  /** Fingerprint of the key that signed it. */
  fingerprint: z.string(),
})
export type Seal = z.infer<typeof Seal>

export const VersionSummary = z.object({
  id: Id,
  meetingId: Id,
  /** Counts from 1 in its meeting. */
  number: z.number(),
  kind: VersionKind,
  reason: VersionReason,
  /** Empty for those made by themselves; for an amendment, why. */
  label: z.string(),
  generation: z.number(),
  /** Who made it, by name; empty for those made by themselves. */
  madeBy: z.string(),
  madeAt: z.string(),
  /** Null for a checkpoint. */
  seal: z.nullable(Seal),
})
export type VersionSummary = z.infer<typeof VersionSummary>

/** A version in a list over several meetings of a family. */
export const FamilyVersion = z.extend(VersionSummary, {
  meeting: z.object({
    kind: MeetingKind,
    kindName: BothLanguages,
    title: z.string(),
    startsAt: z.string(),
    timeZone: z.string(),
  }),
})
export type FamilyVersion = z.infer<typeof FamilyVersion>

/** Who was in the meeting when the version was made. */
export const VersionPerson = z.object({
  id: Id,
  name: z.string(),
  role: Role,
  agency: z.nullable(Agency),
  /** Null where nobody said; versions from before it could be said have none. */
  attendance: z.optional(z.nullable(Attendance)),
})
export type VersionPerson = z.infer<typeof VersionPerson>

/** Words that were destroyed later, by a court's order or because they were not to be kept. */
export const Removal = z.object({ at: z.string(), reason: z.string() })
export type Removal = z.infer<typeof Removal>

/** One of the other parts of a plan. */
const OfPart = {
  section: Section,
  /** The member of the family it is about, where it is about one. */
  subject: z.nullable(MemberId),
  /** What that member is called. */
  name: z.optional(z.string()),
  /** Which sentence goes with these words wherever they go. */
  notice: z.nullable(z.enum(NOTICES)),
}

export const VersionPart = z.object({ ...OfPart, plan: Plan, removed: z.optional(Removal) })
export type VersionPart = z.infer<typeof VersionPart>

/** An immutable copy of the whole plan, with those other parts of it that its reader may read. */
export const Version = z.extend(VersionSummary, {
  plan: Plan,
  people: z.array(VersionPerson),
  commitments: Commitments,
  parts: z.array(VersionPart),
  /** Where the plan's own words were destroyed. */
  removed: z.optional(Removal),
})
export type Version = z.infer<typeof Version>

const Difference = {
  diff: PlanDiff,
  /** In reading order. */
  headings: z.array(Heading),
  /** Who changed it last between the two, and when, by `kind/id` or the name of a text; only where somebody is known. */
  changedBy: z.record(z.string(), z.object({ who: z.string(), at: z.string() })),
}

/** Two versions of a family side by side. */
export const Comparison = z.object({
  from: FamilyVersion,
  to: FamilyVersion,
  ...Difference,
  /** What people answered for themselves, in both. */
  commitments: z.object({ from: Commitments, to: Commitments }),
  /** The other parts that the reader may read in both. */
  parts: z.array(z.object({ ...OfPart, ...Difference })),
})
export type Comparison = z.infer<typeof Comparison>
