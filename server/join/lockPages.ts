import { Router, type Request, type Response } from 'express'
import type { Access } from '../access/Access'
import { clearCookie, COOKIES, readCookie } from '../access/cookies'
import type { Sessions } from '../access/sessions'
import type { Desk } from './desk'
import { keepLanguage } from './desk'
import { renderLeave, renderPhoneLocked } from './renderLeave'

interface Needs {
  access: Access
  sessions: Sessions
  desk: Desk
  /** Ends what is open through somebody's own link. */
  links: { close(reading: string | undefined): Promise<void> }
}

/** Locking a shared phone, with or without scripts, and the page that says what leaving hides. */
export function createLockPages({ access, sessions, desk, links }: Needs): Router {
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
  }

  return Router()
    .post('/lock', lock)
    .get('/locked', (request, response) => void response.send(renderPhoneLocked(desk.voiceFor(request))))
    .get('/leave', (request, response) => void response.send(renderLeave(desk.voiceFor(request))))
}
