import { EventEmitter } from 'node:events'
import type { Request } from 'express'
import type { Person } from '../../shared/api'
import { PlanError } from '../../shared/errors'
import type { Part } from '../../shared/part'
import { Id, type Agency, type Language, type ParticipantState } from '../../shared/meeting'
import type { Action, Gated, Phase, Role, Standing } from '../../shared/roles'
import { authorize } from './authorize'
import { COOKIES } from './cookies'
import type { Session, Sessions } from './sessions'

/** Sockets are asked again this often, ms, also when nobody said that rights changed: sessions end by themselves. */
export const ASK_AGAIN_MS = 60_000

/** A gated part of a family's plans that a release opens to somebody. */
export interface Opening {
  section: Gated
  /** The member it is about. */
  subject: string
  /** From when on: what was there before stays closed. Null: it is their own, all of it. */
  since: Date | null
  /** When it ends by itself; null: never. */
  until: Date | null
  /** The release it is; none for their own. */
  releaseId?: string
}

/** Somebody who may be in a meeting, as far as access has been asked: a person admitted, or a paired projector. */
export interface Visitor {
  standing: Standing
  meetingId: string
  familyId: string
  phase: Phase
  /** Null for a projector. */
  participantId: string | null
  /** Who this is in all meetings of the family; null for professionals and screens. */
  memberId: string | null
  /** Null for who has no account. */
  staffId: string | null
  name: string
  agency: Agency | null
  language: Language
  sessionId: string
  /** Others do not learn that they are in the meeting. */
  hidden?: true | undefined
  /** What releases open to them now. */
  openings: readonly Opening[]
}

/** A person at the door or inside. */
export interface Caller extends Visitor {
  participantId: string
  state: Exclude<ParticipantState, 'removed'>
}

/** What a session is in a meeting, told by the meetings. */
export interface Membership {
  participantId: string
  memberId: string | null
  name: string
  role: Role
  agency: Agency | null
  language: Language
  state: ParticipantState
  hidden?: true | undefined
}

/** Whose rights may have changed: everybody all given ids apply to. */
export interface AccessChange {
  familyId?: string
  /** Of an account. */
  staffId?: string
  meetingId?: string
  participantId?: string
  sessionId?: string
}

/** Asked before anything else happens for a request; answers who is asking or throws. */
export type Admit<V> = (request: Request) => Promise<V>

interface Needs {
  sessions: Sessions
  findStaff(staffId: string): Promise<Person | null>
  findMeeting(meetingId: string): Promise<{ familyId: string; phase: Phase } | null>
  findMembership(meetingId: string, session: Session): Promise<Membership | null>
  /** @param agency the one of their account */
  findOpenings(who: {
    familyId: string
    role: Role
    memberId: string | null
    agency: Agency | null
  }): Promise<Opening[]>
}

export type Access = ReturnType<typeof createAccess>

/** Is this change about that visitor? Then whoever holds a connection for them asks `visit` again. */
export function concerns(change: AccessChange, visitor: Visitor): boolean {
  return (
    (change.familyId ?? visitor.familyId) === visitor.familyId &&
    (change.staffId ?? visitor.staffId) === visitor.staffId &&
    (change.meetingId ?? visitor.meetingId) === visitor.meetingId &&
    (change.participantId ?? visitor.participantId) === visitor.participantId &&
    (change.sessionId ?? visitor.sessionId) === visitor.sessionId
  )
}

function permit(visitor: Visitor, action: Action, part?: Part): Visitor {
  authorize(visitor, action, part)
  return visitor
}

/** For an agency counts the one of their account: what a facilitator calls somebody at the door opens nothing. */
async function openingsOf(needs: Needs, session: Session, who: Membership & { familyId: string }): Promise<Opening[]> {
  const { familyId, role, memberId } = who
  const account = role === 'agency' && session.staffId ? await needs.findStaff(session.staffId) : null
  return needs.findOpenings({ familyId, role, memberId, agency: account?.agency ?? null })
}

async function callAs(needs: Needs, session: Session, meetingId: unknown): Promise<Caller> {
  const id = Id.safeParse(meetingId)
  if (!id.success) throw new PlanError('meeting/not-found')
  const [meeting, membership] = await Promise.all([needs.findMeeting(id.data), needs.findMembership(id.data, session)])
  if (!meeting || !membership) throw new PlanError('meeting/not-found')
  const { role, state, ...person } = membership
  if (state === 'removed') throw new PlanError('access/removed')
  const here = { ...meeting, meetingId: id.data, sessionId: session.id, staffId: session.staffId }
  const openings = state === 'admitted' ? await openingsOf(needs, session, { ...membership, ...meeting }) : []
  return { ...here, ...person, state, standing: role, openings }
}

/** The one place that knows who is asking and whether they may. Nothing is remembered: every question is asked anew. */
export function createAccess(needs: Needs) {
  const { sessions, findStaff, findMeeting } = needs
  const changes = new EventEmitter<{ changed: [AccessChange] }>()
  // One listener a live connection.
  changes.setMaxListeners(0)

  async function anyone(request: Request): Promise<{ session: Session | null }> {
    return { session: await sessions.find(request.headers.cookie) }
  }

  /** The same for a page that asks by itself: nobody need be there. */
  async function glance(request: Request): Promise<{ session: Session | null }> {
    return { session: await sessions.find(request.headers.cookie, { used: false }) }
  }

  async function isKnown(cookieHeader: string | undefined): Promise<boolean> {
    const session = await sessions.find(cookieHeader, { used: false })
    return (session ?? (await sessions.find(cookieHeader, { name: COOKIES.projector }))) !== null
  }

  async function whoIs(cookieHeader: string | undefined): Promise<{ person: Person; session: Session }> {
    const session = await sessions.find(cookieHeader)
    const person = session?.staffId ? await findStaff(session.staffId) : null
    if (!session || !person) throw new PlanError('session/missing')
    return { person, session }
  }

  /** Somebody at the door or inside; everybody else learns nothing, not even that the meeting exists. */
  async function call(cookieHeader: string | undefined, meetingId: unknown, used = false): Promise<Caller> {
    const session = await sessions.find(cookieHeader, { used })
    if (!session) throw new PlanError('session/missing')
    return callAs(needs, session, meetingId)
  }

  async function comeIn(cookieHeader: string | undefined, meetingId: unknown, used = false): Promise<Visitor> {
    const { state, ...visitor } = await call(cookieHeader, meetingId, used)
    if (state === 'waiting') throw new PlanError('access/waiting')
    return visitor
  }

  async function show(cookieHeader: string | undefined): Promise<Visitor> {
    const session = await sessions.find(cookieHeader, { name: COOKIES.projector })
    if (!session?.meetingId) throw new PlanError('session/missing')
    const meeting = await findMeeting(session.meetingId)
    if (!meeting) throw new PlanError('meeting/not-found')
    const nobody = { participantId: null, memberId: null, staffId: null, name: '', agency: null } as const
    const screen = { ...nobody, language: 'en', openings: [] } as const
    return { ...meeting, ...screen, standing: 'projector', meetingId: session.meetingId, sessionId: session.id }
  }

  async function visit(cookieHeader: string | undefined, meetingId: string, as: 'participant' | 'projector') {
    if (as === 'participant') return comeIn(cookieHeader, meetingId)
    const screen = await show(cookieHeader)
    if (screen.meetingId !== meetingId) throw new PlanError('meeting/not-found')
    return screen
  }

  return {
    /** Emitted whenever rights may have changed; connections that live on ask `visit` again. */
    changes,

    /** Whoever it is, with or without a session. */
    anyone,

    glance,

    /** Is this any browser we know, a person's or a projector? */
    isKnown,

    /** A signed-in agency person, whatever they may do: for what is their own. */
    account: (request: Request): Promise<{ person: Person; session: Session }> => whoIs(request.headers.cookie),

    /** A signed-in agency person who may do this outside of meetings. */
    staff: (action: Action): Admit<{ person: Person; session: Session }> => {
      return async (request) => {
        const known = await whoIs(request.headers.cookie)
        authorize({ standing: `staff:${known.person.duty}` }, action)
        return known
      }
    },

    /** A person admitted to the meeting in the address who may do this there. */
    participant: (action: Action): Admit<Visitor> => {
      return async (request) => permit(await comeIn(request.headers.cookie, request.params.meetingId, true), action)
    },

    /** A person at the door of the meeting in the address, or inside. */
    atTheDoor: (request: Request): Promise<Caller> => call(request.headers.cookie, request.params.meetingId, true),

    /** A paired projector that may do this in its meeting. */
    projector: (action: Action): Admit<Visitor> => {
      return async (request) => permit(await show(request.headers.cookie), action)
    },

    /** The same questions for sockets, which have cookies but no request and prolong no account's session: somebody inside, */
    visit,

    /** or somebody who may still be at the door. */
    call,
  }
}
