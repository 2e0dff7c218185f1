import * as z from 'zod/mini'
import type { Kind, Plan, TextRoot } from './plan'

interface Chapter {
  id: string
  texts: readonly TextRoot[]
  kinds: readonly Kind[]
}

/** The chapters of a plan in reading order, below its question. Strengths stand before worries, always. */
export const CHAPTERS = [
  { id: 'purpose', texts: ['purpose', 'vision'], kinds: [] },
  { id: 'strengths', texts: [], kinds: ['strengths'] },
  { id: 'worries', texts: [], kinds: ['worries'] },
  { id: 'goals', texts: [], kinds: ['goals', 'actions', 'steps'] },
  { id: 'ideas', texts: [], kinds: ['ideas'] },
  { id: 'agreements', texts: ['decision'], kinds: ['agreements', 'disagreements'] },
  { id: 'safety', texts: [], kinds: ['safety'] },
] as const satisfies readonly Chapter[]

export type ChapterId = (typeof CHAPTERS)[number]['id']
export const ChapterName = z.enum(CHAPTERS.map(({ id }) => id) as [ChapterId, ...ChapterId[]])

/** Is there anything to read in a chapter? */
export function isWritten(plan: Plan, { texts, kinds }: Chapter): boolean {
  return texts.some((root) => plan[root].trim()) || kinds.some((kind) => plan[kind].some(({ removed }) => !removed))
}
