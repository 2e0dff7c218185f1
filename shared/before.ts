import * as z from 'zod/mini'
import { Meeting } from './meeting'
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
  setTime: {
    method: 'put',
    path: '/api/meetings/:meetingId/time',
    does: 'Puts the meeting to another time, in its own zone. Where somebody else was faster, nothing changes.',
    body: z.object({
      /** When it was for the asker. */
      from: z.iso.datetime({ offset: true }),
      to: z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/)),
    }),
    answer: Meeting,
    status: 200,
  },
  readCalendar: {
    method: 'get',
    path: '/api/meetings/:meetingId/calendar',
    does: 'The meeting as a file for the asker’s own calendar (iCalendar); it names nobody and not what it is about.',
    status: 200,
  },
} as const
