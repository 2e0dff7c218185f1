import type { Request, Response } from 'express'
import type { Person } from '../../shared/account'
import { PlanError } from '../../shared/errors'
import type { Access } from '../access/Access'
import { COOKIES, setCookie } from '../access/cookies'
import type { Session, Sessions } from '../access/sessions'
import { byStaff } from '../record/actors'
import type { RecordKeeper } from '../record/record'
import { browserName } from './browserName'
import type { People } from './people'

interface Needs {
  access: Access
  sessions: Sessions
  people: People
  record: RecordKeeper
}

export type SigningIn = ReturnType<typeof createSigningIn>

/** What all ways in have in common. */
export function createSigningIn({ access, sessions, people, record }: Needs) {
  async function end(session: Session): Promise<void> {
    await sessions.end(session.id)
    access.changes.emit('changed', { sessionId: session.id })
  }

  return {
    end,

    /**
     * Somebody is known from now on. A session is never taken over by it: whoever knew the old cookie, and what it was
     * in, stays behind.
     *
     * @throws session/wrong-password when the account was closed meanwhile
     */
    async begin(person: Person, before: Session | null, request: Request, response: Response): Promise<void> {
      const browser = browserName(request.headers['user-agent'])
      const { session, token } = await sessions.start({ kind: 'staff', staffId: person.id, browser })
      // Asked after it was written: closing an account ends what is there, so one of both sees the other.
      if (!(await people.find(person.id))) {
        await sessions.end(session.id)
        throw new PlanError('session/wrong-password')
      }
      setCookie(request, response, COOKIES.person, token)
      if (before) await end(before)
      record.report({ what: 'signed-in', ...byStaff(person), about: {} })
    },

    /** Ends what is open of an account, but not this session. */
    async endOthers(session: Session): Promise<void> {
      await sessions.endAllOf(session.staffId!, session.id)
      access.changes.emit('changed', { staffId: session.staffId! })
    },
  }
}
