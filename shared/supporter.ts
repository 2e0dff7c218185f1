import * as z from 'zod/mini'
import { Id, line, words } from './meeting'

/** Somebody whom a person of the family wants at their side. */
export const Supporter = z.object({
  id: Id,
  name: z.string(),
  /** Who they are to the person who wishes for them. */
  relation: z.string(),
  /** How they can be reached; may be empty. */
  reach: z.string(),
  /** Who wishes for them. */
  by: z.string(),
  mine: z.boolean(),
  /** Stands on the list of who is asked to come; told to who leads alone. */
  listed: z.boolean(),
  /** Who leads asked them to come. */
  asked: z.nullable(z.object({ by: z.string(), at: z.string() })),
})
export type Supporter = z.infer<typeof Supporter>

export const SupportersView = z.object({ supporters: z.array(Supporter) })
export type SupportersView = z.infer<typeof SupportersView>

export const SupporterWords = z.object({ name: line(40), relation: line(60), reach: words(120) })
export type SupporterWords = z.infer<typeof SupporterWords>
