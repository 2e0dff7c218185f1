import type { Server, Socket } from 'socket.io'
import { PlanError } from '../../shared/errors'
import { EnterMeeting, type ClientEvents, type ServerEvents } from '../../shared/events'
import { partKey } from '../../shared/part'
import { concerns, type Access, type AccessChange } from '../access/Access'
import { roomsOf, type Follower } from './rooms'
import type { WhoIsHere } from './whoIsHere'

export interface PageData {
  /** The meeting this page follows, and what it was there when last asked. */
  followed?: { entered: EnterMeeting; follower: Follower }
  /** Counts the questions about this page's rights; only the latest answer holds. */
  asked: number
  /** How often it entered since it connected. */
  entries: number
}
type NoEvents = Record<string, never>
export type Page = Socket<ClientEvents, ServerEvents, NoEvents, PageData>
export type Pages = Server<ClientEvents, ServerEvents, NoEvents, PageData>

/** A page enters once a connection; more is somebody playing. */
const ENTRIES_MAX = 50

interface Needs {
  access: Access
  whoIsHere: WhoIsHere
  /** Somebody came, went, or is here as something else. */
  peopleChanged(meetingId: string): void
}

/** What releases open to a follower, to be compared. */
const openingsIn = ({ openings }: Follower) => openings.map(partKey).sort().join()

/** Which page follows which meeting, and as what; every change of rights is asked about again. */
export function createFollowMeetings(io: Pages, { access, whoIsHere, peopleChanged }: Needs) {
  /** Grows with every change of rights: an answer that was on its way meanwhile is asked for again. */
  let changes = 0

  function leave(page: Page): void {
    const { followed } = page.data
    if (!followed) return
    delete page.data.followed
    for (const room of roomsOf(followed.follower)) void page.leave(room)
    const { participantId, meetingId } = followed.follower
    if (!participantId) return
    whoIsHere.closed(participantId)
    peopleChanged(meetingId)
  }

  function follow(page: Page, entered: EnterMeeting, follower: Follower): void {
    const before = page.data.followed?.follower
    leave(page)
    page.data.followed = { entered, follower }
    void page.join(roomsOf(follower))
    if (before && openingsIn(before) !== openingsIn(follower)) page.emit('parts:changed', {})
    if (!follower.participantId) return
    whoIsHere.opened(follower.participantId)
    peopleChanged(follower.meetingId)
  }

  function whoIs(page: Page, { meetingId, as }: EnterMeeting): Promise<Follower> {
    const { cookie } = page.handshake.headers
    return as === 'participant' ? access.call(cookie, meetingId) : access.visit(cookie, meetingId, as)
  }

  async function ask(page: Page, entered: EnterMeeting): Promise<void> {
    page.data.asked += 1
    const turn = page.data.asked
    for (;;) {
      const seen = changes
      const follower = await whoIs(page, entered)
      if (turn !== page.data.asked || page.disconnected) return
      if (seen === changes) return follow(page, entered, follower)
    }
  }

  return {
    leave,

    /** @throws what stands against it */
    async enter(page: Page, payload: unknown): Promise<void> {
      page.data.entries += 1
      if (page.data.entries > ENTRIES_MAX) throw new PlanError('request/too-many')
      const entered = EnterMeeting.safeParse(payload)
      if (!entered.success) throw new PlanError('request/invalid')
      await ask(page, entered.data)
    },

    /** Pages a change is about. Who may have lost something hears nothing more until they were asked again. */
    concerned(change: AccessChange): Page[] {
      changes += 1
      const pages = [...io.of('/').sockets.values()]
      const concerned = pages.filter(({ data }) => data.followed && concerns(change, data.followed.follower))
      if (change.participantId || change.sessionId) {
        for (const page of concerned) for (const room of roomsOf(page.data.followed!.follower)) void page.leave(room)
      }
      return concerned
    },

    /** @throws when this page may not follow its meeting any more */
    async askAgain(page: Page): Promise<void> {
      if (page.data.followed) await ask(page, page.data.followed.entered)
    },
  }
}
