import * as z from 'zod/mini'
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
})
export type Commitments = z.infer<typeof Commitments>

/** Of a meeting in which nobody was asked anything, and of versions from before anybody could be. */
export const NO_COMMITMENTS: Commitments = { decision: null, promises: [], scales: [] }
