import type { Noted } from '../../shared/record'
import { Router, type Request, type Response } from 'express'
import type { Logger } from 'pino'
import type { Access } from '../access/Access'
import { clearCookie, COOKIES, readCookie } from '../access/cookies'
import type { Session, Sessions } from '../access/sessions'
import { withoutContent } from '../http/withoutContent'
import type { Participants } from '../meetings/participants'
import type { RecordKeeper } from '../record/record'
import type { Desk } from './desk'
import { keepLanguage } from './desk'
import { renderLeave, renderPhoneLocked } from './renderLeave'

interface Needs {
  access: Access
  participants: Participants
  record: RecordKeeper
  log: Logger
  familyOf(meetingId: string): Promise<string>
  sessions: Sessions
  desk: Desk
  /** Ends what is open through somebody's own link. */
  links: { close(reading: string | undefined): Promise<void> }
}

/** What is recorded of a phone that is locked: in each family that its person belongs to, once. */
async function whoLocks({ participants, familyOf }: Needs, session: Session): Promise<Noted[]> {
  const noted = new Map<string, Noted>()
  for (const stored of await participants.listOf(session)) {
    const { id: participantId, memberId, role: standing, agency, name } = participants.show(stored)
    if (!memberId) continue
    const meetingId = stored.meetingId.toHexString()
    const familyId = await familyOf(meetingId)
    const actor = { staffId: null, participantId, standing, agency, name }
    noted.set(familyId, { what: 'phone-locked', actor, familyId, meetingId, about: { memberId } })
  }
  return [...noted.values()]
}

/** Locking a shared phone, with or without scripts, and the page that says what leaving hides. */
export function createLockPages(needs: Needs): Router {
  const { access, sessions, desk, links, record, log } = needs

  async function noteLock(session: Session): Promise<void> {
    for (const noted of await whoLocks(needs, session)) record.report(noted)
  }

  /** The phone is locked first: nobody waits for the record, and nothing that fails there leaves it open. */
  async function lock(request: Request, response: Response): Promise<void> {
    const { session } = await access.anyone(request)
    if (session) {
      await sessions.end(session.id)
      access.changes.emit('changed', { sessionId: session.id })
    }
    await links.close(readCookie(request.headers.cookie, COOKIES.link))
    clearCookie(request, response, COOKIES.person)
    clearCookie(request, response, COOKIES.link)
    // Browsers heed it over https alone; elsewhere the page clears what it kept itself.
    response.set('Clear-Site-Data', '"cache", "storage"')
    response.redirect(303, `/locked${keepLanguage(request)}`)
    if (session)
      await noteLock(session).catch((error: unknown) => log.error(withoutContent(error), 'lock not recorded'))
  }

  return Router()
    .post('/lock', lock)
    .get('/locked', (request, response) => void response.send(renderPhoneLocked(desk.voiceFor(request))))
    .get('/leave', (request, response) => void response.send(renderLeave(desk.voiceFor(request))))
}
