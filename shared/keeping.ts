import * as z from 'zod/mini'
import { Id, line } from './meeting'

/** How long a family is kept after the last thing that happened in it, in years; 0 for no time set by rule. */
export const Years = z.number().check(z.int(), z.gte(0), z.lte(100))

/** What an administrator decides about keeping a family. */
export const KeepingWords = z.object({
  years: Years,
  /** Nothing of this family may be removed, whatever the years say: a court or an audit asked for it. */
  hold: z.boolean(),
  /** Why it is held, or was; may be empty. */
  reason: z.union([line(300), z.literal('')]),
})

/** A family as who administers sees it: no name, unless they work with it. */
export const Kept = z.extend(KeepingWords, {
  id: Id,
  /** Empty for who does not work with this family. */
  name: z.string(),
  createdAt: z.string(),
  lastActivity: z.string(),
  /** From when on it need not be kept any more. */
  keepUntil: z.string(),
  /** When everything of it was removed; null while it is there. */
  expungedAt: z.nullable(z.string()),
})
export type Kept = z.infer<typeof Kept>
