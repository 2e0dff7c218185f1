import * as z from 'zod/mini'
import { Agency } from './meeting'
import { OnCall } from './onCall'

/** Why an agency should sit there: the kind of meeting, the team that works with the family, or its column in the plan. */
export const SEAT_WHYS = ['kind', 'team', 'plan'] as const
export type SeatWhy = (typeof SEAT_WHYS)[number]

/** An agency for which nobody is coming. */
export const MissingSeat = z.object({
  agency: Agency,
  why: z.array(z.enum(SEAT_WHYS)),
  /** Who was asked to come, and is not here yet. */
  asked: z.array(z.object({ name: z.string(), at: z.string() })),
  /** Who can be reached for the agency, those first who are on call then. */
  onCall: z.array(
    z.extend(OnCall, {
      now: z.boolean(),
      /** Has an account, and can be let in without a code. */
      account: z.boolean(),
    }),
  ),
})
export type MissingSeat = z.infer<typeof MissingSeat>

export const SeatsView = z.object({
  missing: z.array(MissingSeat),
  /** Agencies that should sit there, missing or not. */
  needed: z.array(Agency),
  /** For which moment it is told who is on call: the beginning of the meeting, or now. */
  at: z.string(),
})
export type SeatsView = z.infer<typeof SeatsView>
