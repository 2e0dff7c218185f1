import * as z from 'zod/mini'
import { ChapterName } from './chapters'
import { BothLanguages, Id } from './meeting'

/** Why the clock stands still. */
export const PAUSES = ['break', 'interpreter'] as const
export const Pause = z.enum(PAUSES)
export type Pause = z.infer<typeof Pause>

/** What the wall shows in a stage: what holds for everybody in the room, the question, or the chapters it is about. */
export const WALLS = ['rules', 'question', 'chapters'] as const

/**
 * Where a meeting is in its course. The clock is the server’s: pages count from how far theirs is from `toldAt`, and
 * never by their own alone.
 */
export const Running = z.object({
  /** Null until who leads begins the first. */
  stage: z.nullable(
    z.object({
      id: z.string(),
      /** The chapters of the plan it is about, the first of them first. */
      about: z.array(ChapterName),
      /** What the wall shows. */
      wall: z.enum(WALLS),
      name: BothLanguages,
      now: BothLanguages,
      /** Counted from 1. */
      place: z.number(),
      of: z.number(),
    }),
  ),
  /** When the time of the stage is over, UTC; null while the clock stands still. */
  endsAt: z.nullable(z.string()),
  /** What is left while the clock stands still, ms. */
  leftMs: z.nullable(z.number()),
  paused: z.nullable(Pause),
  /** What who leads points at, `kind/id`. */
  look: z.nullable(z.object({ at: z.string(), by: Id, since: z.string() })),
  /** What holds for everybody in the room, while the wall shows it. */
  rules: z.array(BothLanguages),
  toldAt: z.string(),
})
export type Running = z.infer<typeof Running>
