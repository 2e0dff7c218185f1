import { Router, type Request, type Response } from 'express'
import type { Person } from '../../shared/api'
import type { Access } from '../access/Access'
import { clearCookie, COOKIES, setCookie } from '../access/cookies'
import type { Session, Sessions } from '../access/sessions'
import { serve } from '../http/serve'
import { byNobody, byStaff } from '../record/actors'
import type { RecordKeeper } from '../record/record'
import type { People } from './people'
import { createSignInLimits } from './signInLimits'

interface Needs {
  access: Access
  sessions: Sessions
  people: People
  record: RecordKeeper
}

/** Signing in and out. */
export function createSessionRoutes({ access, sessions, people, record }: Needs): Router {
  const router = Router()
  const limits = createSignInLimits()

  async function end(session: Session): Promise<void> {
    await sessions.end(session.id)
    access.changes.emit('changed', { sessionId: session.id })
  }

  /** A session is never taken over by signing in: whoever knew the old cookie, and what it was in, stays behind. */
  async function signIn(person: Person, before: Session | null, request: Request, response: Response): Promise<void> {
    const { token } = await sessions.start({ kind: 'staff', staffId: person.id })
    setCookie(request, response, COOKIES.person, token)
    if (before) await end(before)
  }

  serve(router, 'signIn', access.anyone, async ({ visitor, body, request, response }) => {
    const email = body.email.trim().toLowerCase()
    const ip = request.ip ?? ''
    await limits.count(email, ip)
    const person = await people.recognise(email, body.password).catch((error: unknown) => {
      record.report({ what: 'sign-in-failed', ...byNobody, about: {} })
      throw error
    })
    await limits.forgive(email, ip)
    await signIn(person, visitor.session, request, response)
    record.report({ what: 'signed-in', ...byStaff(person), about: {} })
    return person
  })

  serve(router, 'whoAmI', access.anyone, async ({ visitor: { session } }) => {
    return { person: session?.staffId ? await people.find(session.staffId) : null }
  })

  serve(router, 'signOut', access.anyone, async ({ visitor: { session }, request, response }) => {
    if (session) await end(session)
    const person = session?.staffId ? await people.find(session.staffId) : null
    if (person) record.report({ what: 'signed-out', ...byStaff(person), about: {} })
    clearCookie(request, response, COOKIES.person)
    return undefined
  })

  return router
}
