import * as z from 'zod/mini'
import { Id, line } from './meeting'

/** What people say about a sealed plan: they sign it, they would rather not, they have their copy. */
export const SIGNED = ['signed', 'rather-not', 'copy'] as const
export type Signed = (typeof SIGNED)[number]

/** The sheet a signature is drawn on, in whole units. */
export const SHEET = { width: 600, height: 200 } as const

/** Lines from point to point as SVG writes them, in whole units of the sheet, and nothing else: `M12 80L14 78`. */
export const Drawing = z.string().check(z.maxLength(6_000), z.regex(/^(?:M\d{1,3} \d{1,3}(?:L\d{1,3} \d{1,3})+)+$/))

/** Who signed what, as it is kept and shown. */
export const Signature = z.object({
  participantId: Id,
  did: z.enum(SIGNED),
  /** The name they wrote; for what is no signature, what the room calls them. */
  name: z.string(),
  drawing: z.nullable(z.string()),
  /** Who typed for somebody without a phone, by name; null for one's own hand. */
  typedBy: z.nullable(z.string()),
  /** UTC instant, ISO 8601. */
  at: z.string(),
})
export type Signature = z.infer<typeof Signature>

/** What somebody sends to sign. */
export const SignWords = z.object({
  /** The sealed version they were shown. */
  versionId: Id,
  did: z.enum(SIGNED),
  /** Their name as they write it, in letters; */
  name: z.optional(line(80)),
  /** or drawn. */
  drawing: z.optional(Drawing),
  /** Somebody without a phone of their own, who says so; left out for oneself. */
  participantId: z.optional(Id),
})
export type SignWords = z.infer<typeof SignWords>
