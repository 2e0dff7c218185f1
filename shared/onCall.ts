import * as z from 'zod/mini'
import { Email } from './account'
import { Agency, Id, line, words } from './meeting'
import { WEEKDAYS } from './plan'

const Hour = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/))

/** On which days of the week, and from when to when, somebody can be reached for an agency. */
export const OnCallWords = z.object({
  agency: Agency,
  name: line(80),
  phone: words(40),
  email: z.nullable(Email),
  days: z.array(z.enum(WEEKDAYS)).check(z.minLength(1), z.maxLength(7)),
  starts: Hour,
  /** Not after `starts`: on the next day. */
  ends: Hour,
  /** IANA name; in whose hours. */
  timeZone: z.string().check(z.maxLength(64)),
})
export type OnCallWords = z.infer<typeof OnCallWords>

export const OnCall = z.extend(OnCallWords, { id: Id })
export type OnCall = z.infer<typeof OnCall>
