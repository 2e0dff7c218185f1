import type { Server as HttpServer } from 'node:http'
import type { Logger } from 'pino'
import { Server } from 'socket.io'
import { PlanError, type ErrorBody } from '../../shared/errors'
import type { Announced, Announcement } from '../../shared/events'
import { ASK_AGAIN_MS, type Access, type AccessChange } from '../access/Access'
import { isOwnOrigin } from '../access/isOwnOrigin'
import { withoutContent } from '../http/withoutContent'
import { createFollowMeetings, type Page, type Pages } from './followMeetings'
import type { Participants } from './participants'
import { createPeopleNews } from './peopleNews'
import { roomsFor, type Audience } from './rooms'
import type { WhoIsHere } from './whoIsHere'

/** The longest question a page has is an id; bytes. */
const MESSAGE_MAX = 4_096

/** Tells a meeting's pages what happened; everybody admitted unless `to` says otherwise. */
export type Announce = <A extends Announcement>(
  meetingId: string,
  event: A,
  payload: Announced<A>,
  to?: Audience,
) => void

interface Needs {
  access: Access
  participants: Participants
  whoIsHere: WhoIsHere
  publicUrl: string | null
  log: Logger
}

export type MeetingSocket = ReturnType<typeof createMeetingSocket>

/** The announcing wire: pages enter their meeting and hear what happens there. Nothing is decided on it. */
export function createMeetingSocket(server: HttpServer, needs: Needs) {
  const { access, log } = needs
  const io: Pages = new Server(server, {
    serveClient: false,
    destroyUpgrade: false,
    maxHttpBufferSize: MESSAGE_MAX,
    allowRequest: (request, decide) => decide(null, isOwnOrigin(request.headers, needs.publicUrl)),
  })
  const peopleChanged = createPeopleNews(io, needs.participants, log)
  const pages = createFollowMeetings(io, { ...needs, peopleChanged })

  /** Closes a page whose rights do not stand any more. */
  function askAgain(page: Page): void {
    pages.askAgain(page).catch((error: unknown) => {
      if (error instanceof PlanError) return void page.disconnect(true)
      log.error(withoutContent(error), 'rights could not be asked')
      // As if the line broke: the page comes back and asks.
      page.conn.close()
    })
  }

  const onChange = (change: AccessChange) => pages.concerned(change).forEach(askAgain)
  const sweep = setInterval(() => io.of('/').sockets.forEach(askAgain), ASK_AGAIN_MS)
  access.changes.on('changed', onChange)

  io.use((page, next) => {
    access.isKnown(page.handshake.headers.cookie).then(
      (known) => next(known ? undefined : new PlanError('session/missing')),
      // A page refused here would not try again; it is asked who it is once more when it enters.
      () => next(),
    )
  })
  io.on('connection', (page) => {
    Object.assign(page.data, { asked: 0, entries: 0 })
    page.on('error', (error) => log.info(withoutContent(error), 'meeting socket failed'))
    page.on('disconnect', () => pages.leave(page))
    page.on('meeting:enter', (payload, answer) => {
      if (typeof answer !== 'function') return void page.disconnect(true)
      pages.enter(page, payload).then(
        () => answer({ ok: true }),
        (error: unknown) => answer(toErrorBody(error, log)),
      )
    })
  })

  const announce: Announce = (meetingId, event, payload, to = 'people') => {
    const audience: { emit(event: string, payload: unknown): boolean } = io.to(roomsFor(meetingId, to))
    audience.emit(event, payload)
  }

  return {
    announce,
    peopleChanged,

    stop(): void {
      access.changes.off('changed', onChange)
      clearInterval(sweep)
      // As if the line broke: pages come back when the server does.
      io.engine.close()
    },
  }
}

/** The Socket.IO edge of the error table. */
function toErrorBody(error: unknown, log: Logger): ErrorBody {
  if (!(error instanceof PlanError)) log.error(withoutContent(error), 'meeting not entered')
  const { code, message } = error instanceof PlanError ? error : new PlanError('server/trouble')
  return { error: { code, message } }
}
