import * as z from 'zod/mini'

/** So many lines have to be there before anything is said of them: of fewer it would be known whose they are. */
export const LINES_LEAST = 6

/** How much of what stands there the family said, in tenths; null where too little stands there. */
export const Share = z.nullable(z.object({ lines: z.int(), words: z.int() }))
export type Share = z.infer<typeof Share>

/** The parts of a plan, by the stages in which they are written: what is, what could be, and what was agreed. */
export const VOICE_PARTS = ['told', 'ideas', 'agreed'] as const

/** What the family says next to what professionals say: two groups, and of each nothing but how much. */
export const FamilyVoice = z.object({
  all: Share,
  told: Share,
  ideas: Share,
  agreed: Share,
})
export type FamilyVoice = z.infer<typeof FamilyVoice>

/** The route of the family's voice, as in `API`. */
export const VOICE_ROUTES = {
  readVoice: {
    method: 'get',
    path: '/api/meetings/:meetingId/voice',
    does: 'How much of what stands in the plan the family said, next to professionals; for who leads, and kept nowhere.',
    answer: FamilyVoice,
    status: 200,
  },
} as const
