import * as z from 'zod/mini'
import { Agency, Id, Role } from './meeting'

/** What somebody says about one time. */
export const POLL_ANSWERS = ['works', 'if-must', 'cannot'] as const
export const PollAnswer = z.enum(POLL_ANSWERS)
export type PollAnswer = z.infer<typeof PollAnswer>

/** So many times can be offered at once: one alone is no choice, and nobody weighs a long list. */
export const TIMES_LEAST = 2
export const TIMES_MOST = 8

const LocalMinute = z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/))
/** Which of the times, from 0 on, in the order of the calendar. */
const Which = z.int().check(z.gte(0), z.lt(TIMES_MOST))

/** What one person said; for who leads. */
export const PollPerson = z.object({
  participantId: Id,
  name: z.string(),
  role: Role,
  agency: z.nullable(Agency),
  /** One a time; null where they said nothing. */
  answers: z.array(z.nullable(PollAnswer)),
  /** Who wrote it down for them; null for their own hands. */
  typedBy: z.nullable(z.string()),
})
export type PollPerson = z.infer<typeof PollPerson>

/** Times to choose from, as one of the people asked sees them. */
export const TimePoll = z.object({
  id: Id,
  state: z.enum(['open', 'picked', 'taken-back']),
  /** Who offered the times. */
  by: z.string(),
  /** UTC instants, the earliest first. */
  times: z.array(z.string()),
  /** What the asker said, one a time. */
  mine: z.array(z.nullable(PollAnswer)),
  /** Who wrote that down for them; null for their own hands. */
  typedBy: z.nullable(z.string()),
  picked: z.nullable(Which),
  /** Everybody who is asked, the family first; empty for who does not lead. */
  people: z.array(PollPerson),
})
export type TimePoll = z.infer<typeof TimePoll>

/** Null where no times were offered. */
export const PollView = z.object({ poll: z.nullable(TimePoll) })
export type PollView = z.infer<typeof PollView>

export const PollAnswers = z.object({
  pollId: Id,
  answers: z.array(z.object({ time: Which, answer: PollAnswer })).check(z.minLength(1), z.maxLength(TIMES_MOST)),
  /** For whom who leads writes it down; left out for oneself. */
  for: z.optional(Id),
})
export type PollAnswers = z.infer<typeof PollAnswers>

export const PollStep = z.union([
  z.object({
    step: z.literal('pick'),
    pollId: Id,
    time: Which,
    /** When the meeting is for the asker. */
    from: z.iso.datetime({ offset: true }),
  }),
  z.object({ step: z.literal('take-back'), pollId: Id }),
])
export type PollStep = z.infer<typeof PollStep>

/** The routes of the time poll, as in `API`. */
export const POLL_ROUTES = {
  readPoll: {
    method: 'get',
    path: '/api/meetings/:meetingId/poll',
    does: 'The times that are offered for the meeting and what the asker said; for who leads, who can come when.',
    answer: PollView,
    status: 200,
  },
  askPoll: {
    method: 'post',
    path: '/api/meetings/:meetingId/poll',
    does: 'Offers times for the meeting, in its own zone, to everybody who was let in.',
    body: z.object({ times: z.array(LocalMinute).check(z.minLength(TIMES_LEAST), z.maxLength(TIMES_MOST)) }),
    answer: PollView,
    status: 201,
  },
  answerPoll: {
    method: 'put',
    path: '/api/meetings/:meetingId/poll/answers',
    does: 'Says of one or more of these times whether one can come; who leads, for somebody who told them.',
    body: PollAnswers,
    answer: PollView,
    status: 200,
  },
  leadPoll: {
    method: 'put',
    path: '/api/meetings/:meetingId/poll',
    does: 'Puts the meeting to one of these times (`pick`), or asks no more (`take-back`).',
    body: PollStep,
    answer: PollView,
    status: 200,
  },
} as const
