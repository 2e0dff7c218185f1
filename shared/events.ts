import * as z from 'zod/mini'
import type { ErrorBody } from './errors'
import { Id, Joining, Meeting, Participant } from './meeting'
import { Running } from './running'
import { Speaking, WallTurns } from './speaking'
import { VersionSummary } from './versionSummary'

/** What people in a meeting are asked, or say, each for themselves. */
export const ANSWERS_OF = ['decision', 'promises', 'needs', 'screening', 'scaling', 'contacts', 'confidence'] as const

/** What is settled before a meeting. */
export const BEFORE = ['clock', 'poll', 'invites'] as const

/**
 * What the server announces over Socket.IO (the plan's words never travel here). Payloads are whole states, not
 * differences, so a message missed on a bad line is made good by the next one.
 */
export const ANNOUNCEMENTS = {
  /** The meeting changed (phase, title). */
  'meeting:changed': z.object({ meeting: Meeting }),
  /** Where the meeting is in its course: stage, clock, what is pointed at. */
  'running:changed': z.object({ running: Running }),
  /** Who would like to speak, and whose turn it is; to each as far as they may know. */
  'speaking:changed': z.object({ speaking: Speaking }),
  /** Only to the projector: whose turn it is in a circle. */
  'turns:changed': WallTurns,
  /** Who is in the meeting and who is here; those at the door too, for the facilitator alone. */
  'people:changed': z.object({ people: z.array(Participant) }),
  /** Only to the person concerned: let in, role changed, or removed. */
  'admission:changed': z.object({ me: Participant }),
  /** Only to the facilitator and the projector. */
  'joining:changed': z.object({ joining: Joining }),
  /** Only to the person concerned: what they allow, or are asked to, may have changed. What it is, pages ask for. */
  'releases:changed': z.object({}),
  /** Only to a page for which a part of the plan was opened, or closed: it asks again which there are. */
  'parts:changed': z.object({}),
  /**
   * Only to whom it concerns: what people were asked, or answered, changed. What it
   * is, pages ask for.
   */
  'answers:changed': z.object({ of: z.enum(ANSWERS_OF) }),
  /** Only to whom it concerns: something that is settled before the meeting changed. What it is, pages ask for. */
  'before:changed': z.object({ of: z.enum(BEFORE) }),
  'version:made': z.object({ version: VersionSummary }),
  /** How many signed the sealed plan, of those whom everybody may know of; who did, pages ask for. */
  'signatures:changed': z.object({ versionId: Id, signed: z.number() }),
} as const

export type Announcement = keyof typeof ANNOUNCEMENTS
export type Announced<A extends Announcement> = z.infer<(typeof ANNOUNCEMENTS)[A]>

export type ServerEvents = { [A in Announcement]: (payload: Announced<A>) => void }

/** What a page may ask over Socket.IO. A projector enters with its own cookie. */
export const EnterMeeting = z.object({ meetingId: Id, as: z.enum(['participant', 'projector']) })
export type EnterMeeting = z.infer<typeof EnterMeeting>

export interface ClientEvents {
  /** Follow a meeting: announcements start after the answer. */
  'meeting:enter': (payload: EnterMeeting, answer: (result: { ok: true } | ErrorBody) => void) => void
}
