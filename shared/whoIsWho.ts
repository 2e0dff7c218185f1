import * as z from 'zod/mini'
import { Email } from './account'
import { Agency, Attendance, Id, Language, Role } from './meeting'
import { ItemId } from './plan'

/** Who sees how to reach somebody: the family and whom it brought along, or everybody in the meeting. */
export const SHOWN_TO = ['family', 'everybody'] as const

const Phone = z.string().check(z.trim(), z.regex(/^\+?[\d ().-]{3,24}$/))

/** How somebody can be reached, as they wrote it themselves; at least one of the two. */
export const ContactWords = z.object({ phone: z.nullable(Phone), email: z.nullable(Email), to: z.enum(SHOWN_TO) })
export type ContactWords = z.infer<typeof ContactWords>

/** What somebody promised and has not done yet. */
const OpenPromise = z.object({
  id: ItemId,
  words: z.string(),
  other: z.string(),
  /** That of `words`, where somebody told. */
  language: z.nullable(Language),
  due: z.nullable(z.string()),
})

export const TeamPerson = z.object({
  id: Id,
  name: z.string(),
  role: Role,
  /** Of who leads, that of their account. */
  agency: z.nullable(Agency),
  attendance: z.nullable(Attendance),
  me: z.boolean(),
  /** Others do not learn that they are in the meeting. */
  hidden: z.boolean(),
  /** Is the one who leads now. */
  leads: z.boolean(),
  /** Could be asked to lead by whoever reads this. */
  mayLead: z.boolean(),
  /** As far as they want the reader to see it. */
  contact: z.nullable(ContactWords),
  /** None where the reader may not read the plan now. */
  promises: z.array(OpenPromise),
})
export type TeamPerson = z.infer<typeof TeamPerson>

export const WhoIsWho = z.object({
  /** The family first. */
  people: z.array(TeamPerson),
  /** Who led the meeting, and since when; the last of them leads now. */
  leads: z.array(z.object({ participantId: Id, name: z.string(), since: z.string() })),
})
export type WhoIsWho = z.infer<typeof WhoIsWho>

/** The routes of who is who, as in `API`. */
export const WHO_IS_WHO_ROUTES = {
  readWhoIsWho: {
    method: 'get',
    path: '/api/meetings/:meetingId/who-is-who',
    does: 'Who is in the meeting and what they promised, how to reach those who want it, and who leads and led.',
    answer: WhoIsWho,
    status: 200,
  },
  shareContact: {
    method: 'put',
    path: '/api/meetings/:meetingId/contact',
    does: 'Says how one can be reached, and who may see it.',
    body: ContactWords,
    answer: WhoIsWho,
    status: 200,
  },
  withdrawContact: {
    method: 'delete',
    path: '/api/meetings/:meetingId/contact',
    does: 'Takes back how one can be reached; nothing of it is kept.',
    status: 204,
  },
  handOverLead: {
    method: 'put',
    path: '/api/meetings/:meetingId/lead',
    does: 'Somebody else with an account leads from now on; who led before stays in as a facilitator.',
    body: z.object({ from: Id, to: Id }),
    answer: WhoIsWho,
    status: 200,
  },
} as const
