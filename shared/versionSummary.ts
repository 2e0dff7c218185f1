import * as z from 'zod/mini'
import { Id } from './meeting'

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
