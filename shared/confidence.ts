import * as z from 'zod/mini'
import { Id, LANGUAGES } from './meeting'

/** Goes up by one when what stays in the room, and what must be told, is said in other words. */
export const CONFIDENCE_WORDS = 1

/** The lines of it in reading order, by their names in the words of each language. */
export const CONFIDENCE_LINES = ['reads', 'released', 'stays', 'danger', 'looked'] as const

/** That somebody who is in the meeting for their work will keep to it. */
export const Confided = z.object({
  participantId: Id,
  name: z.string(),
  /** In which language they read it, and which words. */
  language: z.enum(LANGUAGES),
  words: z.number(),
  /** Who led the meeting. */
  lead: z.string(),
  at: z.string(),
})
export type Confided = z.infer<typeof Confided>

/** `mine`: what the asker said themself; null where they did not, or are not asked. `all`: for who leads. */
export const ConfidenceView = z.object({
  asked: z.boolean(),
  mine: z.nullable(Confided),
  all: z.nullable(
    z.object({ kept: z.array(Confided), missing: z.array(z.object({ participantId: Id, name: z.string() })) }),
  ),
})
export type ConfidenceView = z.infer<typeof ConfidenceView>
