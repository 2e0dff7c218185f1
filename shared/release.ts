import * as z from 'zod/mini'
import { AGENCIES, Agency, Id, Language, line } from './meeting'
import { MemberId } from './part'
import { GATED } from './roles'

/**
 * To whom a release may show something, beside single members of the family: an agency (its people with an account, as
 * long as they are in the meeting for it), or who leads or interprets.
 */
export const RECIPIENTS = [...AGENCIES, 'facilitator', 'interpreter'] as const
export type Recipient = (typeof RECIPIENTS)[number]

/** In what right somebody signs for somebody else. */
export const AUTHORITIES = ['parent', 'guardian'] as const
export type Authority = (typeof AUTHORITIES)[number]

/** What a permission is for; `own-words` says so itself. */
export const PURPOSES = ['plan', 'treatment', 'schooling', 'benefits', 'own-words'] as const
export type Purpose = (typeof PURPOSES)[number]

/** Of the sentences that are signed; a page that still shows older ones cannot have them signed. */
export const WORDS_VERSION = 1
/** Longest time a permission may hold. */
export const LONGEST_YEARS = 1

/** Some words on one line, or none. */
const words = (max: number) =>
  z.pipe(
    z.string().check(z.trim(), z.maxLength(max)),
    z.string().check(z.regex(/^[^\u0000-\u001f\u007f\p{Surrogate}]*$/u)),
  )

const Gated = z.enum(GATED)
const once = <T>(key: (one: T) => unknown) => z.refine<T[]>((all) => new Set(all.map(key)).size === all.length)

/** What may be told of one section. */
export const Told = z.object({
  section: Gated,
  /** How much and what kind, in the words of who signs. */
  told: words(300),
  /** Who has the records and tells of them; null where only the person does. Left out: not said yet. */
  discloser: z.optional(z.nullable(Agency)),
})
export type Told = z.infer<typeof Told>

/**
 * What somebody allows in one sitting, as far as it is filled in: several sections, several who may see them. What must
 * be there to sign it is said in `ELEMENTS`.
 */
export const ReleaseForm = z.object({
  /** The child it is about, and in what right one signs for it; null: who signs. */
  about: z.nullable(z.object({ name: line(40), as: z.enum(AUTHORITIES) })),
  sections: z.array(Told).check(
    z.minLength(1),
    z.maxLength(GATED.length),
    once<{ section: string }>(({ section }) => section),
  ),
  recipients: z.array(z.enum(RECIPIENTS)).check(
    z.maxLength(RECIPIENTS.length),
    once<string>((one) => one),
  ),
  /** Members of the family who may see it too. */
  members: z.array(MemberId).check(
    z.maxLength(30),
    once<string>((one) => one),
  ),
  purpose: z.nullable(z.enum(PURPOSES)),
  /** The purpose `own-words`; else empty. */
  ownPurpose: words(300),
  /** The minute it ends, on the clock of the meeting's zone: `2027-06-10T17:00`. */
  until: z.nullable(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/))),
})
export type ReleaseForm = z.infer<typeof ReleaseForm>

/** The one act of signing. */
export const SignedForm = z.extend(ReleaseForm, {
  /** Made by the page: what is sent twice is signed once. */
  sitting: Id,
  /** The request it answers, if it answers one. */
  askId: z.optional(Id),
  /** In which the words were read. */
  language: Language,
  words: z.literal(WORDS_VERSION),
  agree: z.literal(true),
  /** The name, as who signs writes it. */
  signature: words(80),
})
export type SignedForm = z.infer<typeof SignedForm>

/** A signed permission, as the person who signed it or somebody it names sees it. */
export const Release = z.object({
  id: Id,
  sitting: Id,
  section: Gated,
  /** Names the part of the plan it opens, with the section. */
  subject: MemberId,
  /** By name: whom it is about, and who signed. */
  about: z.string(),
  signedBy: z.string(),
  /** Did the reader sign it? Others are told what concerns them, and not who else may see it. */
  mine: z.boolean(),
  discloser: z.nullable(Agency),
  recipients: z.array(z.enum(RECIPIENTS)),
  /** By name. */
  members: z.array(z.string()),
  told: z.string(),
  purpose: z.enum(PURPOSES),
  ownPurpose: z.string(),
  signedAt: z.string(),
  expiresAt: z.string(),
  /** When it ended; null while it holds. */
  endedAt: z.nullable(z.string()),
  /** The words as they were signed, for who signed them. */
  copy: z.nullable(z.object({ language: Language, lines: z.array(z.string()) })),
})
export type Release = z.infer<typeof Release>

/** A form that somebody filled in for a person of the family, who may change, sign or leave it. */
export const ReleaseAsk = z.object({ id: Id, askedBy: z.string(), askedAt: z.string(), form: ReleaseForm })
export type ReleaseAsk = z.infer<typeof ReleaseAsk>
