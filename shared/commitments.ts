import * as z from 'zod/mini'
import { Confided } from './confidence'
import { KeptDecision } from './decision'
import { Promised } from './promise'
import { ScaleRound } from './scaling'

/** What people answered for themselves, as a version keeps it beside the plan's words. */
export const Commitments = z.object({
  decision: z.nullable(KeptDecision),
  /** The last answer of each owner. */
  promises: z.array(Promised),
  /** What was asked from 0 to 10 and shown, the oldest first. */
  scales: z.array(ScaleRound),
  /** Who is there for their work and keeps what is said. */
  confidence: z.array(Confided),
  /**
   * Which relative takes care of a child by what was decided. It belongs to this decision: the next meeting, where others
   * may sit, is told of it by its own people.
   */
  relative: z.nullable(z.string()),
})
export type Commitments = z.infer<typeof Commitments>

/** Of a meeting in which nobody was asked anything, and of versions from before anybody could be. */
export const NO_COMMITMENTS: Commitments = { decision: null, promises: [], scales: [], confidence: [], relative: null }
