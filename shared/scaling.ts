import * as z from 'zod/mini'
import { Id, line, words } from './meeting'
import { ItemId } from './plan'

/** The scale of Signs of Safety: 0 is as bad as it gets, 10 is as good. */
export const SCORES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const
export const Score = z.number().check(z.int(), z.gte(0), z.lte(10))

/** Longest question, and longest words for one of its ends. */
export const QUESTION_MAX = 200
/** Longest words on what would make it one higher. */
export const HIGHER_MAX = 500

/** What is asked: how things are, never how somebody is. */
export const ScaleWords = z.object({
  question: line(QUESTION_MAX),
  /** What 0 means, and what 10. */
  zero: line(QUESTION_MAX),
  ten: line(QUESTION_MAX),
  /** The worry, or need, of the plan that it is about, where it is about one: it keeps its id from meeting to meeting. */
  item: z.nullable(ItemId),
})
export type ScaleWords = z.infer<typeof ScaleWords>

/** Whose it is: null unless they agreed that their name is shown. */
const Whose = { name: z.nullable(z.string()), participantId: z.nullable(Id) }

/** One answer, as everybody sees it. */
export const Dot = z.object({ score: Score, ...Whose })
export type Dot = z.infer<typeof Dot>

/** What would make it one higher. Without a name it stands beside no score either. */
export const Higher = z.object({ words: z.string(), ...Whose })
export type Higher = z.infer<typeof Higher>

/** A question that was asked and whose answers were shown. */
export const ScaleRound = z.extend(ScaleWords, {
  id: Id,
  shownAt: z.string(),
  /** The lowest first: their order tells nothing of who answered when. */
  dots: z.array(Dot),
  higher: z.array(Higher),
})
export type ScaleRound = z.infer<typeof ScaleRound>

/** The scale as one person, or the wall, may see it. */
export const ScaleView = z.object({
  /** What is asked now, and how many answered of those whom the viewer may know of; null while nothing is. */
  open: z.nullable(z.extend(ScaleWords, { id: Id, answered: z.number(), of: z.number() })),
  /** The viewer's own answer to it. */
  mine: z.nullable(z.object({ score: Score, higher: z.string(), named: z.boolean() })),
  /** What was shown in this meeting, the oldest first. */
  rounds: z.array(ScaleRound),
})
export type ScaleView = z.infer<typeof ScaleView>

/** What was shown in one of the family's meetings. */
export const MeetingScales = z.object({
  meeting: z.object({ id: Id, title: z.string(), startsAt: z.string(), timeZone: z.string() }),
  rounds: z.array(ScaleRound),
})
export type MeetingScales = z.infer<typeof MeetingScales>

/** An answer; by who leads also for somebody who has no phone here. */
export const ScoreWords = z.object({
  askId: Id,
  score: Score,
  higher: words(HIGHER_MAX),
  /** May their name be shown beside it? */
  named: z.boolean(),
  for: z.optional(z.object({ name: line(40), role: z.enum(['family', 'youth', 'support', 'agency']) })),
})
export type ScoreWords = z.infer<typeof ScoreWords>

/** What `show` needs where not everybody answered: fewer, and a dot without a name has one. */
export const FEWEST_SHOWN = 2

/** By what a question is the same one as at an earlier meeting: what it is about, or else its words. */
export const scaleKey = ({ item, question }: Pick<ScaleWords, 'item' | 'question'>) =>
  item ?? question.trim().toLowerCase()

/** In the middle of the answers: half of them are not above it, half are not below. */
export function middleOf(dots: readonly Pick<Dot, 'score'>[]): number {
  const scores = dots.map(({ score }) => score).sort((a, b) => a - b)
  const half = scores.length / 2
  return (scores[Math.ceil(half) - 1]! + scores[Math.floor(half)]!) / 2
}
