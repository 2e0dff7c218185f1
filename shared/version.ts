import * as z from 'zod/mini'
import { Agency, Id, Role } from './meeting'
import { Plan } from './plan'

/** `checkpoint`: a copy made on the way, by name or by itself. */
export const VersionKind = z.enum(['checkpoint'])
export type VersionKind = z.infer<typeof VersionKind>

/** Why a checkpoint was made: somebody asked, or the meeting or the server stopped. */
export const VersionReason = z.enum(['asked', 'meeting-ended', 'server-stopped'])
export type VersionReason = z.infer<typeof VersionReason>

export const VersionSummary = z.object({
  id: Id,
  meetingId: Id,
  /** Counts from 1 in its meeting. */
  number: z.number(),
  kind: VersionKind,
  reason: VersionReason,
  /** Empty for those made by themselves. */
  label: z.string(),
  generation: z.number(),
  /** Who made it, by name; empty for those made by themselves. */
  madeBy: z.string(),
  madeAt: z.string(),
})
export type VersionSummary = z.infer<typeof VersionSummary>

/** Who was in the meeting when the version was made. */
export const VersionPerson = z.object({ id: Id, name: z.string(), role: Role, agency: z.nullable(Agency) })
export type VersionPerson = z.infer<typeof VersionPerson>

/** An immutable copy of the whole plan. */
export const Version = z.extend(VersionSummary, { plan: Plan, people: z.array(VersionPerson) })
export type Version = z.infer<typeof Version>
