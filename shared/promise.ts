import * as z from 'zod/mini'
import { Id, words } from './meeting'
import { type ActionItem, ItemId, WORDS_MAX } from './plan'

/** What somebody can say to a promise that bears their name. */
export const PROMISED = ['yes', 'change', 'cannot'] as const
export type PromisedAnswer = (typeof PROMISED)[number]

/** Longest text of what was promised, in UTF-16 units: a field may honestly pass its length for a moment. */
const TO_MAX = 40_000

/** What somebody answered to a promise, and to which words, days and hours exactly. */
export const Promised = z.object({
  actionId: ItemId,
  /** Null for somebody without a phone, for whom the facilitator typed. */
  participantId: z.nullable(Id),
  name: z.string(),
  answer: z.enum(PROMISED),
  words: z.string(),
  /** As `promiseText` says it. */
  to: z.string(),
  at: z.string(),
  typedBy: z.nullable(z.string()),
})
export type Promised = z.infer<typeof Promised>

/** The last answer to each promise of a meeting, and which promises bear the asker's own name. */
export const PromisesView = z.object({ answers: z.array(Promised), mine: z.array(ItemId) })
export type PromisesView = z.infer<typeof PromisesView>

export const PromiseWords = z.object({
  actionId: ItemId,
  answer: z.enum(PROMISED),
  words: words(WORDS_MAX),
  /** What the page showed, so that nobody says yes to words they did not see. */
  saw: z.string().check(z.maxLength(TO_MAX)),
  /** For somebody without a phone here; for who leads. */
  typed: z.optional(z.boolean()),
})
export type PromiseWords = z.infer<typeof PromiseWords>

/** What a yes is said to: whose it is, what it says, when and where. A promise that differs in one of them is another. */
export function promiseText(action: ActionItem): string {
  const { who, words: said, where, due, on, starts, ends, repeats, days, until, travel, attends } = action
  return JSON.stringify([who, said, where, due, on, starts, ends, repeats, days, until, travel, attends])
}

/** Did what was promised change since this answer? */
export const isChanged = ({ to }: Pick<Promised, 'to'>, action: ActionItem) => to !== promiseText(action)
