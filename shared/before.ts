import * as z from 'zod/mini'
import { HoldBy, RuleClocks, RuleFacts } from './ruleClocks'

/** By when a meeting has to be held, as one of its people is told. */
export const ClockView = z.object({
  /** Why it is held; for who may change it. */
  facts: z.nullable(RuleFacts),
  /** The earliest of what is known; null where nothing says by when. */
  holdBy: z.nullable(HoldBy),
  /** By when the family's plan is to be looked at again; null for who was not there when it was sealed. */
  renewal: z.nullable(HoldBy),
})
export type ClockView = z.infer<typeof ClockView>

/** The routes of what is settled before a meeting, as in `API`. */
export const BEFORE_ROUTES = {
  readRuleClocks: {
    method: 'get',
    path: '/api/rule-clocks',
    does: 'The rules that say by when meetings have to be held here.',
    answer: RuleClocks,
    status: 200,
  },
  readClock: {
    method: 'get',
    path: '/api/meetings/:meetingId/clock',
    does: 'By when the meeting has to be held, and when the family’s plan is to be looked at again.',
    answer: ClockView,
    status: 200,
  },
  setClock: {
    method: 'put',
    path: '/api/meetings/:meetingId/clock',
    does: 'Says why the meeting is held, and on which days what it is about takes place.',
    body: RuleFacts,
    answer: ClockView,
    status: 200,
  },
} as const
