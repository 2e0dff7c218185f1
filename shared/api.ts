import * as z from 'zod/mini'
import { SESSION_ROUTES } from './account'
import {
  Agency,
  BothLanguages,
  Id,
  Joining,
  KnownMember,
  Language,
  line,
  Meeting,
  MeetingKind,
  Participant,
  ParticipantState,
  Role,
  Section,
} from './meeting'
import { OTHER_ROUTES } from './otherRoutes'
import { MemberId } from './part'
import { ItemId, KINDS, Plan } from './plan'
import { MeetingKindWords } from './meetingKinds'
import { Signature, SignWords } from './signature'
import { Release, ReleaseAsk, ReleaseForm, SignedForm } from './release'
import { RuleFacts } from './ruleClocks'
import { Pause, Running } from './running'
import { LEADS, Speaking } from './speaking'
import { Comparison, FamilyVersion, Version, VersionKind, VersionSummary } from './version'

export type { Person } from './account'

const instant = z.iso.datetime({ offset: true })
/** A code as people type it: spaces, dashes and small letters are forgiven by the server. */
const Code = z.string().check(z.minLength(4), z.maxLength(24))

export const Family = z.object({ id: Id, name: z.string(), language: Language, createdAt: z.string() })
export type Family = z.infer<typeof Family>

/** A meeting in a list, with what the asker is in it. */
export const MeetingSummary = z.extend(Meeting, { role: z.nullable(Role), state: z.nullable(ParticipantState) })
export type MeetingSummary = z.infer<typeof MeetingSummary>

/** The meeting as one of its people sees it. */
export const MeetingView = z.object({
  meeting: Meeting,
  me: Participant,
  /** What the asker is and was in this family's meetings, by participant id: what they promised earlier is theirs too. */
  ids: z.array(Id),
  /** Only for the facilitator. */
  joining: z.nullable(Joining),
  /** Null at the door. */
  running: z.nullable(Running),
})
export type MeetingView = z.infer<typeof MeetingView>

export const LiveDocument = z.object({
  section: Section,
  /** Whose it is, where it is about one person of the family. */
  subject: z.nullable(MemberId),
  /** Path of its WebSocket, generation included. */
  path: z.string(),
  canEdit: z.boolean(),
  generation: z.number(),
  /** Yjs client ids minted for this person here, to be used one a page load. */
  clientIds: z.array(z.number()),
})
export type LiveDocument = z.infer<typeof LiveDocument>
/** Somebody's part in an item: they wrote it, changed words or choices, removed it or put it back. */
export const HistoryEntry = z.object({
  /** By name, also of somebody who is no longer in the meeting; empty for what the plan began with. */
  who: z.string(),
  at: z.string(),
  did: z.enum(['added', 'changed', 'removed', 'put-back']),
  /** What was changed, named as in the plan: `words`, `due`, `column`, …; empty for anything else. */
  fields: z.array(z.string()),
})
export type HistoryEntry = z.infer<typeof HistoryEntry>

/** A day on which professionals prepared the meeting, and who did. */
export const Preparation = z.object({ day: z.string(), names: z.array(z.string()) })
export type Preparation = z.infer<typeof Preparation>

const LiveDocuments = z.object({ documents: z.array(LiveDocument) })

/** What a paired projector knows about its meeting. */
export const ProjectorView = z.object({ meeting: Meeting, joining: Joining, running: Running })
export type ProjectorView = z.infer<typeof ProjectorView>

/** Which part of the plan is meant, as `partKey` names it; the plan itself when left out. */
const PartKey = z.optional(z.string().check(z.maxLength(64)))
const OfPart = z.object({ part: PartKey })

const Door = z.object({ participantId: Id, meetingId: Id, state: z.enum(['waiting', 'admitted']) })

/** A person's own link to the sealed plans, as far as it may be shown: its secret never is again. */
export const LinkView = z.object({
  id: Id,
  /** How its code comes. */
  way: z.enum(['email', 'paper']),
  madeAt: z.string(),
  expiresAt: z.string(),
  openedAt: z.nullable(z.string()),
  /** Too many wrong codes: it opens no more. */
  locked: z.boolean(),
})
export type LinkView = z.infer<typeof LinkView>

interface Route {
  method: 'get' | 'post' | 'put' | 'delete'
  /** Express path; parameters named `…Id` are database ids. */
  path: `/${string}`
  /** One sentence for the API's own description. */
  does: string
  /** What stands behind the question mark. */
  query?: z.ZodMiniObject<Record<string, z.ZodMiniType<string | undefined>>>
  body?: z.ZodMiniType
  answer?: z.ZodMiniType
  status: number
}

/**
 * Every JSON route, once: the server registers from this table, the client calls through it, the description at
 * `/api/openapi.json` is printed from it, and the tests walk it.
 */
export const API = {
  ...SESSION_ROUTES,
  ...OTHER_ROUTES,

  createFamily: {
    method: 'post',
    path: '/api/families',
    does: 'Creates a family.',
    body: z.object({ name: line(80), language: Language }),
    answer: Family,
    status: 201,
  },
  listFamilies: {
    method: 'get',
    path: '/api/families',
    does: 'Lists the families the asker works with.',
    answer: z.object({ families: z.array(Family) }),
    status: 200,
  },
  readFamily: {
    method: 'get',
    path: '/api/families/:familyId',
    does: 'One family, its meetings, latest first, and the sealed plan that its next meeting starts from.',
    answer: z.object({
      family: Family,
      meetings: z.array(MeetingSummary),
      lastSealed: z.nullable(
        z.object({
          chain: z.number(),
          at: z.string(),
          /** Somebody was in its meeting who must not meet another person of the family. */
          apart: z.boolean(),
        }),
      ),
    }),
    status: 200,
  },

  createMeeting: {
    method: 'post',
    path: '/api/meetings',
    does: 'Opens a meeting with a live plan and a join code; the asker leads it.',
    body: z.object({
      familyId: Id,
      kind: MeetingKind,
      title: line(120),
      startsAt: instant,
      timeZone: z.optional(z.string().check(z.maxLength(64))),
      /** The decision question the plan starts with; may be empty. */
      question: z.optional(z.string().check(z.maxLength(500))),
      /** Starts from the family's last sealed plan, ids kept, where there is one; true when left out. */
      carryOver: z.optional(z.boolean()),
      /** Why it is held, as far as it is known: from it follows by when. */
      facts: z.optional(RuleFacts),
    }),
    answer: z.extend(Meeting, { joinCode: z.string(), joinUrl: z.string() }),
    status: 201,
  },
  listMeetings: {
    method: 'get',
    path: '/api/meetings',
    does: 'The meetings this browser is in, latest first.',
    answer: z.object({ meetings: z.array(MeetingSummary) }),
    status: 200,
  },
  readMeeting: {
    method: 'get',
    path: '/api/meetings/:meetingId',
    does: 'The meeting, and what the asker is in it (also while waiting at the door).',
    answer: MeetingView,
    status: 200,
  },
  setPhase: {
    method: 'put',
    path: '/api/meetings/:meetingId/phase',
    does: 'Ends the meeting (with a checkpoint) or opens it again; `private` leaves the family by itself until `open`.',
    body: z.object({ phase: z.enum(['open', 'private', 'ended']) }),
    answer: Meeting,
    status: 200,
  },
  listKinds: {
    method: 'get',
    path: '/api/meeting-kinds',
    does: 'The kinds of meetings there are here, the county’s own last.',
    answer: z.object({ kinds: z.array(z.object({ id: MeetingKind, name: BothLanguages })) }),
    status: 200,
  },
  readAgenda: {
    method: 'get',
    path: '/api/meetings/:meetingId/agenda',
    does: 'The stages of the meeting, with what the family is asked first in each, and its ground rules.',
    answer: MeetingKindWords,
    status: 200,
  },
  setStage: {
    method: 'put',
    path: '/api/meetings/:meetingId/stage',
    does: 'Goes to another stage, with a copy of the plan as the one before ends. Where somebody else went on already, nothing changes.',
    body: z.object({
      /** The stage the asker saw; null before the first. */
      from: z.nullable(MeetingKind),
      to: MeetingKind,
    }),
    answer: Running,
    status: 200,
  },
  addTime: {
    method: 'post',
    path: '/api/meetings/:meetingId/stage/time',
    does: 'Gives the stage more minutes, counted from now where its time is over.',
    body: z.object({ minutes: z.int().check(z.gte(1), z.lte(60)) }),
    answer: Running,
    status: 200,
  },
  setPause: {
    method: 'put',
    path: '/api/meetings/:meetingId/pause',
    does: 'Stops the clock, for a break or until the interpreter has said it, or lets it go on.',
    body: z.object({ paused: z.nullable(Pause) }),
    answer: Running,
    status: 200,
  },
  lookHere: {
    method: 'put',
    path: '/api/meetings/:meetingId/look',
    does: 'Points at an item of the plan on every screen, or no longer.',
    body: z.object({ at: z.nullable(z.object({ kind: z.enum(KINDS), id: ItemId })) }),
    answer: Running,
    status: 200,
  },
  setNext: {
    method: 'put',
    path: '/api/meetings/:meetingId/next',
    does: 'Says when the family meets next, in the time of the meeting’s zone; null for not yet.',
    body: z.object({ at: z.nullable(z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/))) }),
    answer: Meeting,
    status: 200,
  },
  readSpeaking: {
    method: 'get',
    path: '/api/meetings/:meetingId/speaking',
    does: 'Who would like to speak, and whose turn it is.',
    answer: Speaking,
    status: 200,
  },
  raiseHand: {
    method: 'put',
    path: '/api/meetings/:meetingId/speaking/hand',
    does: 'Raises the asker’s hand, or lowers it.',
    body: z.object({ up: z.boolean() }),
    answer: Speaking,
    status: 200,
  },
  passTurn: {
    method: 'post',
    path: '/api/meetings/:meetingId/speaking/turn',
    does: 'Ends the turn of who has the word: their own, or anybody’s by who leads. In a circle the next one comes.',
    answer: Speaking,
    status: 200,
  },
  leadSpeaking: {
    method: 'put',
    path: '/api/meetings/:meetingId/speaking',
    does: 'Gives somebody the word, lowers a hand, or begins or ends a circle in which everybody speaks once, the family first.',
    body: z.object({ act: z.enum(LEADS), whom: z.nullable(Id) }),
    answer: Speaking,
    status: 200,
  },
  setJoining: {
    method: 'put',
    path: '/api/meetings/:meetingId/joining',
    does: 'Opens or closes the door for new people; `newCode` makes the old code and link worthless.',
    body: z.object({ open: z.boolean(), newCode: z.optional(z.boolean()) }),
    answer: Joining,
    status: 200,
  },

  join: {
    method: 'post',
    path: '/api/join',
    does: 'Asks to come in with a code; sets the session cookie. The facilitator decides.',
    body: z.object({
      code: Code,
      name: line(40),
      role: Role,
      agency: z.optional(z.nullable(Agency)),
      language: Language,
    }),
    answer: Door,
    status: 202,
  },
  listPeople: {
    method: 'get',
    path: '/api/meetings/:meetingId/participants',
    does: 'The people admitted; for the facilitator also those at the door.',
    answer: z.object({ people: z.array(Participant) }),
    status: 200,
  },
  listMembers: {
    method: 'get',
    path: '/api/meetings/:meetingId/members',
    does: 'Who of the family its meetings know again, and who of them must not meet; for the facilitator.',
    answer: z.object({
      members: z.array(KnownMember),
      /** Pairs who must not be in one meeting; null where the asker is not on the family’s team. */
      apart: z.nullable(z.array(z.tuple([MemberId, MemberId]))),
    }),
    status: 200,
  },
  keepApart: {
    method: 'put',
    path: '/api/meetings/:meetingId/members/:memberId/apart',
    does: 'Says that two people of the family must not be let into one meeting, or may again. Why is not kept.',
    body: z.object({ from: MemberId, apart: z.boolean() }),
    status: 204,
  },
  admit: {
    method: 'post',
    path: '/api/meetings/:meetingId/participants/:participantId/admission',
    does: 'Lets a person in with a role (or changes the role of one who is in).',
    body: z.object({
      role: Role,
      agency: z.optional(z.nullable(Agency)),
      /** Who of the family it is; null for somebody new. Left out, the browser says. */
      memberId: z.optional(z.nullable(MemberId)),
    }),
    answer: Participant,
    status: 200,
  },
  remove: {
    method: 'delete',
    path: '/api/meetings/:meetingId/participants/:participantId',
    does: 'Turns a person away or takes them out of the meeting, at once.',
    status: 204,
  },

  addPerson: {
    method: 'post',
    path: '/api/meetings/:meetingId/participants',
    does: 'Puts somebody on the list who has no page of their own: others type for them.',
    body: z.object({
      name: line(40),
      role: Role,
      agency: z.optional(z.nullable(Agency)),
      language: Language,
      /** Who of the family it is; null or left out for somebody new. */
      memberId: z.optional(z.nullable(MemberId)),
    }),
    answer: Participant,
    status: 201,
  },
  attend: {
    method: 'put',
    path: '/api/meetings/:meetingId/participants/:participantId/attendance',
    does: 'Says how the asker takes part, or, for the facilitator, somebody else.',
    body: z.object({ attendance: z.enum(['room', 'phone', 'video']) }),
    answer: Participant,
    status: 200,
  },
  hide: {
    method: 'put',
    path: '/api/meetings/:meetingId/participants/:participantId/hiding',
    does: 'Hides from others that a person is in the meeting, or shows it again.',
    body: z.object({ hidden: z.boolean() }),
    answer: Participant,
    status: 200,
  },
  callMe: {
    method: 'put',
    path: '/api/meetings/:meetingId/name',
    does: 'Changes what the asker is called in the meeting.',
    body: z.object({ name: line(40) }),
    answer: Participant,
    status: 200,
  },

  makeLink: {
    method: 'post',
    path: '/api/meetings/:meetingId/participants/:participantId/links',
    does: 'Makes a person of the family a link of their own to the sealed plans, and to what they may say before a meeting; with a code by email, or on paper.',
    body: z.object({
      /** Where codes are sent; null for a link on paper. */
      email: z.nullable(z.string().check(z.maxLength(254), z.regex(/^[^\s@<>",;]+@[^\s@<>",;]+\.[^\s@<>",;]+$/))),
    }),
    answer: z.object({
      link: LinkView,
      /** With its secret behind the hash; shown this once. */
      url: z.string(),
      /** On paper alone. */
      code: z.nullable(z.string()),
    }),
    status: 201,
  },
  listLinks: {
    method: 'get',
    path: '/api/meetings/:meetingId/participants/:participantId/links',
    does: 'The links of a person of the family.',
    answer: z.object({ links: z.array(LinkView) }),
    status: 200,
  },
  endLink: {
    method: 'delete',
    path: '/api/meetings/:meetingId/participants/:participantId/links/:linkId',
    does: 'Ends a link, and closes what is open through it.',
    status: 204,
  },

  openLive: {
    method: 'post',
    path: '/api/meetings/:meetingId/live',
    does: 'What is needed to open the live documents this person may see.',
    answer: LiveDocuments,
    status: 200,
  },
  readPlan: {
    method: 'get',
    path: '/api/meetings/:meetingId/plan',
    does: 'The current plan, or the `part` of it that is named, everything in it durably stored.',
    query: OfPart,
    answer: Plan,
    status: 200,
  },
  readHistory: {
    method: 'get',
    path: '/api/meetings/:meetingId/history',
    does: 'Who wrote what in the plan, or in the `part` of it that is named, by `kind/id` (or the name of a text), the earliest first.',
    query: OfPart,
    answer: z.object({ items: z.record(z.string(), z.array(HistoryEntry)) }),
    status: 200,
  },

  listReleases: {
    method: 'get',
    path: '/api/meetings/:meetingId/releases',
    does: 'What the asker signed in this family, also what has ended; what names them now; and what they are asked to sign.',
    answer: z.object({ releases: z.array(Release), asks: z.array(ReleaseAsk) }),
    status: 200,
  },
  signRelease: {
    method: 'post',
    path: '/api/meetings/:meetingId/releases',
    does: 'Signs a permission: one signature for several sections, each of which can be ended by itself.',
    body: SignedForm,
    answer: z.object({ releases: z.array(Release) }),
    status: 201,
  },
  revokeRelease: {
    method: 'post',
    path: '/api/meetings/:meetingId/releases/:releaseId/revocation',
    does: 'Ends a permission that the asker signed, at once.',
    answer: Release,
    status: 200,
  },
  askRelease: {
    method: 'post',
    path: '/api/meetings/:meetingId/release-asks',
    does: 'Puts a form, filled in as far as it goes, before a person of the family, who may change, sign or leave it.',
    body: z.object({ participantId: Id, form: ReleaseForm }),
    answer: ReleaseAsk,
    status: 201,
  },
  setAsideAsk: {
    method: 'delete',
    path: '/api/meetings/:meetingId/release-asks/:askId',
    does: 'Lets go of what the asker was asked to sign; nobody is told.',
    status: 204,
  },

  readPreparation: {
    method: 'get',
    path: '/api/meetings/:meetingId/preparation',
    does: 'Who of the professionals prepared the meeting, day by day; none of their words.',
    answer: z.object({ preparation: z.array(Preparation) }),
    status: 200,
  },

  pairProjector: {
    method: 'post',
    path: '/api/meetings/:meetingId/projector',
    does: 'Makes a one-time pairing link for a projector.',
    answer: z.object({ url: z.string() }),
    status: 201,
  },
  startProjector: {
    method: 'post',
    path: '/api/projector/sessions',
    does: 'Uses up a pairing link; sets the projector cookie.',
    body: z.object({ token: z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/)) }),
    answer: ProjectorView,
    status: 201,
  },
  readProjector: {
    method: 'get',
    path: '/api/projector',
    does: 'The meeting this projector shows.',
    answer: ProjectorView,
    status: 200,
  },
  openProjectorLive: {
    method: 'post',
    path: '/api/projector/live',
    does: 'What a projector needs to follow the plan.',
    answer: LiveDocuments,
    status: 200,
  },

  makeVersion: {
    method: 'post',
    path: '/api/meetings/:meetingId/versions',
    does: 'Makes a checkpoint, or seals the plan. `basedOn`: number of the latest version the asker has seen (0 for none).',
    body: z.object({
      kind: VersionKind,
      label: line(80),
      basedOn: z.number().check(z.int(), z.nonnegative()),
    }),
    answer: VersionSummary,
    status: 201,
  },
  listVersions: {
    method: 'get',
    path: '/api/meetings/:meetingId/versions',
    does: 'The versions of a meeting, latest first.',
    answer: z.object({ versions: z.array(VersionSummary) }),
    status: 200,
  },
  readVersion: {
    method: 'get',
    path: '/api/versions/:versionId',
    does: 'One version, whole, with those parts of it that the asker may read.',
    answer: Version,
    status: 200,
  },
  signVersion: {
    method: 'post',
    path: '/api/meetings/:meetingId/signatures',
    does: 'Signs the sealed plan, in letters or drawn; or says that one would rather not, or has one’s copy.',
    body: SignWords,
    answer: z.object({ signatures: z.array(Signature) }),
    status: 201,
  },
  listSignatures: {
    method: 'get',
    path: '/api/versions/:versionId/signatures',
    does: 'Who signed a sealed version.',
    answer: z.object({ signatures: z.array(Signature) }),
    status: 200,
  },
  compareVersions: {
    method: 'get',
    path: '/api/versions/:versionId/diff',
    does: 'What a version changed since another one of the same family, `from`, item by item.',
    query: z.object({ from: Id }),
    answer: Comparison,
    status: 200,
  },
  restore: {
    method: 'post',
    path: '/api/meetings/:meetingId/restorations',
    does: 'Brings one item, of the plan or of the `part` that is named, or the whole plan, back to what a version of the family says, as new words of the asker.',
    body: z.object({
      versionId: Id,
      item: z.optional(z.object({ kind: z.enum(KINDS), id: ItemId })),
      part: PartKey,
    }),
    answer: Plan,
    status: 201,
  },
  listFamilyVersions: {
    method: 'get',
    path: '/api/families/:familyId/versions',
    does: 'The versions of all meetings of a family that the asker is in, latest first.',
    answer: z.object({ versions: z.array(FamilyVersion) }),
    status: 200,
  },
  amend: {
    method: 'post',
    path: '/api/meetings/:meetingId/amendments',
    does: 'Lets people write on after a seal, in a new generation of the plan.',
    body: z.object({ reason: line(300) }),
    answer: Meeting,
    status: 201,
  },
} as const satisfies Record<string, Route>

export type RouteName = keyof typeof API
export type Body<R extends RouteName> = (typeof API)[R] extends { body: infer S extends z.ZodMiniType }
  ? z.infer<S>
  : undefined
export type Query<R extends RouteName> = (typeof API)[R] extends { query: infer S extends z.ZodMiniType }
  ? z.infer<S>
  : undefined
export type Answer<R extends RouteName> = (typeof API)[R] extends { answer: infer S extends z.ZodMiniType }
  ? z.infer<S>
  : undefined

type ParamsOf<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamsOf<`/${Rest}`>
  : P extends `${string}:${infer Name}`
    ? Name
    : never
/** The parameters in a route's path, all of them database ids. */
export type Params<R extends RouteName> = Record<ParamsOf<(typeof API)[R]['path']>, string>
