import * as z from 'zod/mini'
import { Agency, Id, Language, line, words } from './meeting'

/** How somebody is asked to come: an email, a text message, or a page that is handed to them. */
export const CHANNELS = ['email', 'text', 'paper'] as const
/** As what somebody can be asked to come; who leads is never asked like that. */
export const INVITED_AS = ['family', 'youth', 'support', 'agency', 'interpreter', 'observer'] as const
/** Given to the mail server, or passed on by a person. */
export const WAYS = ['mail', 'hand'] as const

export const InviteWords = z.object({
  name: line(40),
  role: z.enum(INVITED_AS),
  /** For agency people; of others it is not kept. */
  agency: z.nullable(Agency),
  language: Language,
  channel: z.enum(CHANNELS),
  /** Where the email or the text goes; not kept for paper. */
  address: words(254),
})
export type InviteWords = z.infer<typeof InviteWords>

/** What somebody who is asked to come reads, in their language: when and how, nothing of whom and what about. */
export const Letter = z.object({ subject: z.string(), text: z.string(), url: z.string(), code: z.string() })
export type Letter = z.infer<typeof Letter>

export const Invite = z.object({
  id: Id,
  ...InviteWords.shape,
  /** The last time it was given away; null while nobody did. */
  given: z.nullable(
    z.object({
      way: z.enum(WAYS),
      by: z.string(),
      at: z.string(),
      /** The meeting was put to another time since. */
      outdated: z.boolean(),
    }),
  ),
  /** How often giving it away was begun: who begins it once more must have seen that. */
  tries: z.number(),
  /** An email that was begun and of which nothing was heard yet. */
  trying: z.nullable(
    z.object({
      by: z.string(),
      at: z.string(),
      /** Nothing will be heard of it any more: whether it went out is not known. */
      lost: z.boolean(),
    }),
  ),
  /** What to send now; null while the door is shut. */
  letter: z.nullable(Letter),
})
export type Invite = z.infer<typeof Invite>

export const InvitesView = z.object({
  invites: z.array(Invite),
  /** Emails go out from here. */
  mails: z.boolean(),
})
export type InvitesView = z.infer<typeof InvitesView>

/** The routes of who is asked to come, as in `API`. */
export const INVITE_ROUTES = {
  listInvites: {
    method: 'get',
    path: '/api/meetings/:meetingId/invites',
    does: 'Who is asked to come, how to reach them, what to send and whether it was; for who leads.',
    answer: InvitesView,
    status: 200,
  },
  addInvite: {
    method: 'post',
    path: '/api/meetings/:meetingId/invites',
    does: 'Puts somebody on the list of who is asked to come. Nothing is sent by that.',
    body: InviteWords,
    answer: InvitesView,
    status: 201,
  },
  inviteSupporter: {
    method: 'post',
    path: '/api/meetings/:meetingId/supporters/:supporterId/invite',
    does: 'Puts somebody the family wants there on that list, to be reached as the family said. Nothing is sent by that.',
    answer: InvitesView,
    status: 201,
  },
  removeInvite: {
    method: 'delete',
    path: '/api/meetings/:meetingId/invites/:inviteId',
    does: 'Takes somebody off that list. What was sent is not called back.',
    status: 204,
  },
  giveInvite: {
    method: 'put',
    path: '/api/meetings/:meetingId/invites/:inviteId/given',
    does: 'Sends the email (`mail`), or says that the words were passed on (`hand`), for the time and the tries the asker knows.',
    body: z.object({
      way: z.enum(WAYS),
      startsAt: z.iso.datetime({ offset: true }),
      tries: z.int().check(z.gte(0), z.lte(10_000)),
    }),
    answer: InvitesView,
    status: 200,
  },
} as const
