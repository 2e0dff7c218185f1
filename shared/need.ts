import * as z from 'zod/mini'
import { Id, line, words } from './meeting'
import { NEED_ACTS, NEED_KINDS, NEED_STATES } from './needKinds'
import { MemberId } from './part'

const WORDS_MAX = 200

/** Whoever said "I will see to it". */
const NeedOwner = z.object({
  /** Null, and without a name, for somebody of whom the asker may not know that they are in the meeting. */
  participantId: z.nullable(Id),
  name: z.string(),
  me: z.boolean(),
  at: z.string(),
  /** Who wrote their yes down for them; null for their own hands. */
  typedBy: z.nullable(z.string()),
})

/** What somebody needs, as far as the asker may know of it. */
export const Need = z.object({
  id: Id,
  kind: z.enum(NEED_KINDS),
  /** The exact language of an interpreter; anything else to know about it. */
  words: z.string(),
  /** Who needs it. */
  name: z.string(),
  mine: z.boolean(),
  /** Its person is not shown to others, so only who leads can see to it. */
  hidden: z.boolean(),
  typedBy: z.nullable(z.string()),
  at: z.string(),
  state: z.enum(NEED_STATES),
  owner: z.nullable(NeedOwner),
  /** Is the asker asked to see to it? */
  asksMe: z.boolean(),
  /** Who was asked, for who leads alone. */
  asked: z.array(z.object({ name: z.string(), cannot: z.boolean() })),
  /** Who said that it is seen to, or no longer needed, and when; without a name where the asker may not know them. */
  closed: z.nullable(z.object({ by: z.string(), at: z.string() })),
})
export type Need = z.infer<typeof Need>

export const NeedsView = z.object({ needs: z.array(Need) })
export type NeedsView = z.infer<typeof NeedsView>

/** For whom the facilitator types: somebody in the meeting or at its door, somebody the family’s meetings know, or a name. */
const NeedFor = z.union([
  z.strictObject({ participantId: Id }),
  z.strictObject({ memberId: MemberId }),
  z.strictObject({ name: line(40) }),
])
export type NeedFor = z.infer<typeof NeedFor>

export const NeedWords = z.object({ kind: z.enum(NEED_KINDS), words: words(WORDS_MAX), for: z.optional(NeedFor) })
export type NeedWords = z.infer<typeof NeedWords>

export const NeedChange = z.object({
  act: z.enum(NEED_ACTS),
  /** Who is asked, or whose yes is written down; null for the asker themself. */
  whom: z.nullable(Id),
})
export type NeedChange = z.infer<typeof NeedChange>
