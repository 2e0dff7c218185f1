import { EventEmitter } from 'node:events'
import type { Request } from 'express'
import type { Person } from '../../shared/api'
import { PlanError } from '../../shared/errors'
import { Id, type Agency, type Language, type ParticipantState } from '../../shared/meeting'
import type { Action, Phase, Role, Standing } from '../../shared/roles'
import { authorize } from './authorize'
import { COOKIES } from './cookies'
import type { Session, Sessions } from './sessions'

/** Somebody who may be in a meeting, as far as access has been asked: a person admitted, or a paired projector. */
export interface Visitor {
  standing: Standing
  meetingId: string
  familyId: string
  phase: Phase
  /** Null for a projector. */
  participantId: string | null
  name: string
  agency: Agency | null
  language: Language
  sessionId: string
}

/** A person at the door or inside. */
export interface Caller extends Visitor {
  participantId: string
  state: Exclude<ParticipantState, 'removed'>
}

/** What a session is in a meeting, told by the meetings. */
export interface Membership {
  participantId: string
  name: string
  role: Role
  agency: Agency | null
  language: Language
  state: ParticipantState
}

/** Whose rights may have changed: everybody all given ids apply to. */
export interface AccessChange {
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
}

export type Access = ReturnType<typeof createAccess>

/** Is this change about that visitor? Then whoever holds a connection for them asks `visit` again. */
export function concerns(change: AccessChange, visitor: Visitor): boolean {
  return (
    (change.meetingId ?? visitor.meetingId) === visitor.meetingId &&
    (change.participantId ?? visitor.participantId) === visitor.participantId &&
    (change.sessionId ?? visitor.sessionId) === visitor.sessionId
  )
}

function permit(visitor: Visitor, action: Action): Visitor {
  authorize(visitor, action)
  return visitor
}

/** The one place that knows who is asking and whether they may. Nothing is remembered: every question is asked anew. */
export function createAccess({ sessions, findStaff, findMeeting, findMembership }: Needs) {
  const changes = new EventEmitter<{ changed: [AccessChange] }>()
  // One listener a live connection.
  changes.setMaxListeners(0)

  async function anyone(request: Request): Promise<{ session: Session | null }> {
    return { session: await sessions.find(request.headers.cookie) }
  }

  async function isKnown(cookieHeader: string | undefined): Promise<boolean> {
    const session = await sessions.find(cookieHeader)
    return (session ?? (await sessions.find(cookieHeader, COOKIES.projector))) !== null
  }

  async function whoIs(cookieHeader: string | undefined): Promise<{ person: Person; session: Session }> {
    const session = await sessions.find(cookieHeader)
    const person = session?.staffId ? await findStaff(session.staffId) : null
    if (!session || !person) throw new PlanError('session/missing')
    return { person, session }
  }

  /** Somebody at the door or inside; everybody else learns nothing, not even that the meeting exists. */
  async function call(cookieHeader: string | undefined, meetingId: unknown): Promise<Caller> {
    const session = await sessions.find(cookieHeader)
    if (!session) throw new PlanError('session/missing')
    const id = Id.safeParse(meetingId)
    if (!id.success) throw new PlanError('meeting/not-found')
    const [meeting, membership] = await Promise.all([findMeeting(id.data), findMembership(id.data, session)])
    if (!meeting || !membership) throw new PlanError('meeting/not-found')
    const { role, state, ...person } = membership
    if (state === 'removed') throw new PlanError('access/removed')
    return { ...meeting, ...person, state, standing: role, meetingId: id.data, sessionId: session.id }
  }

  async function comeIn(cookieHeader: string | undefined, meetingId: unknown): Promise<Visitor> {
    const { state, ...visitor } = await call(cookieHeader, meetingId)
    if (state === 'waiting') throw new PlanError('access/waiting')
    return visitor
  }

  async function show(cookieHeader: string | undefined): Promise<Visitor> {
    const session = await sessions.find(cookieHeader, COOKIES.projector)
    if (!session?.meetingId) throw new PlanError('session/missing')
    const meeting = await findMeeting(session.meetingId)
    if (!meeting) throw new PlanError('meeting/not-found')
    const screen = { participantId: null, name: '', agency: null, language: 'en' } as const
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

    /** Is this any browser we know, a person's or a projector? */
    isKnown,

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
      return async (request) => permit(await comeIn(request.headers.cookie, request.params.meetingId), action)
    },

    /** A person at the door of the meeting in the address, or inside. */
    atTheDoor: (request: Request): Promise<Caller> => call(request.headers.cookie, request.params.meetingId),

    /** A paired projector that may do this in its meeting. */
    projector: (action: Action): Admit<Visitor> => {
      return async (request) => permit(await show(request.headers.cookie), action)
    },

    /** The same questions for sockets, which have cookies but no request: somebody inside, */
    visit,

    /** or somebody who may still be at the door. */
    call,
  }
}
