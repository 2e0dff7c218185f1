import * as z from 'zod/mini'
import { Id } from './meeting'

/** Who would like to speak, and whose turn it is; by participant id, as far as whoever asks may know of them. */
export const Speaking = z.object({
  /** Hands that are up, the first one first. */
  hands: z.array(Id),
  /** Who has the word. */
  word: z.nullable(Id),
  /** Everybody once, the family first: who had their turn, and who comes. Null while people speak as it comes. */
  circle: z.nullable(z.object({ had: z.array(Id), coming: z.array(Id) })),
})
export type Speaking = z.infer<typeof Speaking>

/** A circle as the wall shows it: whose turn it is, and who comes next, by name; null while people speak as it comes. */
export const WallTurns = z.object({
  circle: z.nullable(z.object({ now: z.nullable(z.string()), coming: z.array(z.string()) })),
})
export type WallTurns = z.infer<typeof WallTurns>

export const NOBODY_SPEAKS: Speaking = { hands: [], word: null, circle: null }

/** What who leads does about it: gives somebody the word, lowers a hand, begins a circle or ends it. */
export const LEADS = ['give', 'lower', 'begin-circle', 'end-circle'] as const
