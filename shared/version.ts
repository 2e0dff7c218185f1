import * as z from 'zod/mini'
import { Commitments } from './commitments'
import { Agency, Attendance, BothLanguages, Id, MeetingKind, Role, Section } from './meeting'
import { MemberId } from './part'
import { Plan } from './plan'
import { Heading, PlanDiff } from './planDiff'
import { NOTICES } from './redisclosure'
import { VersionSummary } from './versionSummary'

export { Seal, VersionKind, VersionReason, VersionSummary } from './versionSummary'

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
