import { Router, type ErrorRequestHandler } from 'express'
import type { Logger } from 'pino'
import { ERRORS, type ErrorCode } from '../../shared/errors'
import type { WhoIsWho } from '../../shared/whoIsWho'
import type { Access, Visitor } from '../access/Access'
import type { Sessions } from '../access/sessions'
import type { Clock } from '../Clock'
import { toPlanError } from '../http/errorHandler'
import { withoutContent } from '../http/withoutContent'
import type { LivePlans } from '../live/livePlans'
import type { AskToComeIn } from '../meetings/askToComeIn'
import type { Meetings } from '../meetings/meetings'
import type { Participants } from '../meetings/participants'
import type { RecordKeeper } from '../record/record'
import { createDesk, type Desk } from './desk'
import { createDoorPages } from './doorPages'
import type { Guesses } from './guesses'
import { createInsidePages } from './insidePages'
import { DOOR_SCRIPT } from './doorScript'
import { createLockPages } from './lockPages'
import { createPlaces } from './places'
import { renderLocked, renderRefused, renderTrouble, renderUnknownCode } from './renderCode'
import type { Voice } from './renderPage'
import { createTeamPages } from './teamPages'

interface Needs extends Pick<
  Parameters<typeof createInsidePages>[0],
  'decisions' | 'promises' | 'hiddenFrom' | 'glossary'
> {
  access: Access
  sessions: Sessions
  meetings: Meetings
  participants: Participants
  askToComeIn: AskToComeIn
  livePlans: LivePlans
  links: { close(reading: string | undefined): Promise<void> }
  familyOf(meetingId: string): Promise<string>
  readWhoIsWho(viewer: Visitor): Promise<WhoIsWho>
  record: RecordKeeper
  guesses: Guesses
  clock: Clock
  log: Logger
}

function renderError(voice: Voice, code: ErrorCode): string {
  if (code === 'join/unknown-code') return renderUnknownCode(voice)
  if (code === 'join/locked') return renderLocked(voice)
  return ERRORS[code].http >= 500 ? renderTrouble(voice) : renderRefused(voice)
}

/** What is refused is said as a page here, to people who never asked for JSON. */
function sayTrouble(desk: Desk, log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const known = toPlanError(error)
    if (!known) log.error({ route: request.route?.path, ...withoutContent(error) }, 'unexpected error')
    if (response.headersSent) return next(error)
    const code = known?.code ?? 'server/trouble'
    response.status(ERRORS[code].http).send(renderError(desk.voiceFor(request), code))
  }
}

/** The way into a meeting as plain pages: they work without scripts, on any phone, in a few kilobytes. */
export function createJoinPages(needs: Needs): Router {
  const desk = createDesk(needs)
  const places = createPlaces(needs)
  const router = Router()
  router.get('/j.js', (_request, response) => {
    response.set('Cache-Control', 'public, max-age=3600').type('js').send(DOOR_SCRIPT)
  })
  // Before the door: `/j/plan` is no code.
  router.use(createInsidePages({ ...needs, places, desk }))
  router.use(createTeamPages({ ...needs, places, desk }))
  router.use(createDoorPages({ ...needs, places, desk }))
  router.use(createLockPages({ ...needs, desk }))
  router.use(['/j', '/lock', '/leave'], sayTrouble(desk, needs.log))
  return router
}
