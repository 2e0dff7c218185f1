import * as z from 'zod/mini'
import { Agency, Id, line, Role, words } from './meeting'

/** What somebody can say to the decision. */
export const STANCES = ['support', 'can-live', 'cannot'] as const
export const Stance = z.enum(STANCES)
export type Stance = z.infer<typeof Stance>

/** Longest reason, and longest note of what was decided without agreement. */
export const REASON_MAX = 2_000

/** What somebody who was asked answered to the decision, and to which sentence exactly. */
export const Position = z.object({
  /** Of who answered; null for somebody without a phone, whose words the facilitator typed. */
  participantId: z.nullable(Id),
  name: z.string(),
  role: Role,
  agency: z.nullable(Agency),
  /** Null where they were asked and have not answered. */
  stance: z.nullable(Stance),
  /** Why, in their own words; empty where they did not say. */
  reason: z.string(),
  /** The sentence that they answered. */
  sentence: z.string(),
  at: z.nullable(z.string()),
  /** Who typed it for them; null for their own hands. */
  typedBy: z.nullable(z.string()),
})
export type Position = z.infer<typeof Position>

/** What the agency decided where not everybody could agree. */
export const Settlement = z.object({ words: z.string(), by: z.string(), agency: z.nullable(Agency), at: z.string() })
export type Settlement = z.infer<typeof Settlement>

/** The decision as one person, or the wall, may see it. */
export const DecisionView = z.object({
  /** What was asked last; null while nothing was. */
  ask: z.nullable(z.object({ id: Id, sentence: z.string(), askedAt: z.string(), shown: z.boolean() })),
  /** The viewer's own last answer. */
  mine: z.nullable(Position),
  /** For who leads: who was asked, and whether they answered this sentence. What they answered, nobody learns before it is shown. */
  asked: z.nullable(z.array(z.object({ name: z.string(), answered: z.boolean() }))),
  /** Of everybody who was asked; null until they are shown. */
  positions: z.nullable(z.array(Position)),
  settled: z.nullable(Settlement),
  /** Who of the relatives takes care of a child by it, where somebody said so; the wall is not told. */
  relative: z.nullable(z.string()),
})
export type DecisionView = z.infer<typeof DecisionView>

/** The decision as a version keeps it. */
export const KeptDecision = z.object({ positions: z.array(Position), settled: z.nullable(Settlement) })
export type KeptDecision = z.infer<typeof KeptDecision>

/** An answer; by who leads also for somebody who has no phone here. */
export const PositionWords = z.object({
  /** Which asking it answers, and with it which sentence. */
  askId: Id,
  stance: Stance,
  reason: words(REASON_MAX),
  for: z.optional(z.object({ name: line(40), role: z.enum(['family', 'youth', 'support', 'agency']) })),
})
export type PositionWords = z.infer<typeof PositionWords>

/** `agreed`: everybody who was asked supports this sentence or can live with it. `split`: somebody cannot. */
export type Outcome = 'waiting' | 'agreed' | 'split'

/** Was this answered to the sentence that stands in the plan? */
export const isCurrent = ({ sentence }: Pick<Position, 'sentence'>, decision: string) => sentence === decision.trim()

/** Where people stand on a sentence; an answer to an earlier one counts for nothing. */
export function outcomeOf(positions: readonly Position[], decision: string): Outcome {
  const current = positions.filter((one) => isCurrent(one, decision))
  if (current.some(({ stance }) => stance === 'cannot')) return 'split'
  const all = positions.length > 0 && current.length === positions.length
  return all && current.every(({ stance }) => stance !== null) ? 'agreed' : 'waiting'
}
