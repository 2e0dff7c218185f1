import * as z from 'zod/mini'
import { Id } from './meeting'
import { Signature } from './signature'
import { Removal } from './version'

/** A SHA-256 in hex. */
const Hash = z.string().check(z.regex(/^[0-9a-f]{64}$/))
const Fingerprint = z.string().check(z.regex(/^[0-9A-F]{4}(-[0-9A-F]{4}){7}$/))
const Base64 = z.string().check(z.regex(/^[A-Za-z0-9+/]+={0,2}$/))

/** What a sealed version is made of, each hashed by itself, so that one can be shown, or destroyed, without the others. */
export const SEALED_SECTIONS = ['plan', 'participants', 'commitments', 'signatures'] as const
export type SealedSection = (typeof SEALED_SECTIONS)[number]

/** A signature beside others: in which meeting it was given, and the hash of the header that was signed. */
export const SealedSignature = z.extend(Signature, { meetingId: Id, headerHash: Hash })
export type SealedSignature = z.infer<typeof SealedSignature>

/** What is hashed, chained and signed: no words, only what they hash to. */
export const SealedHeader = z.object({
  format: z.literal('ourplan-version-1'),
  familyId: Id,
  meetingId: Id,
  /** Number of the version in its meeting. */
  number: z.number(),
  generation: z.number(),
  /** UTC instant, ISO 8601. */
  sealedAt: z.string(),
  /** Place in the family's chain, from 1. */
  chain: z.number(),
  /** Hash of the header before it in the family's chain; null for the first. */
  previous: z.nullable(Hash),
  /** SHA-256 over the section's salt (32 bytes) and its canonical JSON (RFC 8785). */
  sections: z.object({
    plan: Hash,
    participants: Hash,
    /** What people answered for themselves; headers from before they could have none. */
    commitments: z.optional(Hash),
    /** Of what was signed in the family since the header before; headers from before there were signatures have none. */
    signatures: z.optional(Hash),
  }),
  /**
   * The same of the other parts, each in a place of chance. All other places hold numbers of chance, and there are always
   * as many: neither how many parts there are nor which shows. Headers from before there were such parts have none.
   */
  others: z.optional(z.array(Hash)),
})
export type SealedHeader = z.infer<typeof SealedHeader>

/** A section with its words; or why they are not there: held back from this reader, or destroyed. */
export const ExportedSection = z.union([
  z.object({ salt: Base64, content: z.unknown() }),
  z.object({ withheld: z.literal(true) }),
  z.object({ removed: Removal }),
])
export type ExportedSection = z.infer<typeof ExportedSection>

const slot = z.number().check(z.int(), z.nonnegative())

/** One of the other parts, and where its hash stands; those held back from this reader are not mentioned. */
export const ExportedPart = z.union([
  z.object({ slot, salt: Base64, content: z.unknown() }),
  z.object({ slot, removed: Removal }),
])
export type ExportedPart = z.infer<typeof ExportedPart>

const ExportedVersion = z.object({
  header: SealedHeader,
  /** Ed25519 over `ourplan-version-1:` and the header's hash in hex; base64. */
  signature: Base64,
  /** Fingerprint of the key it was signed with. */
  key: Fingerprint,
  sections: z.object({
    plan: ExportedSection,
    participants: ExportedSection,
    /** There where the header has it. */
    commitments: z.optional(ExportedSection),
    signatures: z.optional(ExportedSection),
  }),
  /** There where the header has them. */
  others: z.optional(z.array(ExportedPart)),
})

/** The sealed versions of a family, in the order of their chain: the file that `npm run verify` takes. */
export const VersionExport = z.object({
  format: z.literal('ourplan-export-1'),
  family: z.object({ id: Id, name: z.string() }),
  exportedAt: z.string(),
  /** Public keys (SPKI, DER, base64) by fingerprint. */
  keys: z.record(Fingerprint, Base64),
  /** What goes with words of gated parts wherever they go, by its key; signed, and not there where there are no such words. */
  notices: z.optional(z.record(z.string(), z.string())),
  versions: z.array(ExportedVersion),
  /** What was signed since the last seal, as far as its reader may see it; not there where there is nothing. */
  signatures: z.optional(z.array(SealedSignature)),
  /** How far the chain goes, signed: a version left out at the end shows. */
  end: z.object({ count: z.number(), headerHash: z.nullable(Hash), key: Fingerprint, signature: Base64 }),
})
export type VersionExport = z.infer<typeof VersionExport>

/** The key this server signs with, for whoever checks. */
export const SigningKeyView = z.object({
  algorithm: z.literal('Ed25519'),
  /** SPKI, DER, base64. */
  publicKey: Base64,
  fingerprint: Fingerprint,
})
export type SigningKeyView = z.infer<typeof SigningKeyView>
