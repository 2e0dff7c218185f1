import type { Logger } from 'pino'
import { withoutContent } from '../http/withoutContent'
import type { CodeTries } from './codeTries'
import type { Meetings } from './meetings'
import type { MeetingSocket } from './meetingSocket'

interface Needs {
  codeTries: CodeTries
  meetings: Meetings
  socket: MeetingSocket
  log: Logger
}

/** Tells the facilitators of a meeting, and its screen, that somebody guessed its code too often. */
export function tellShutCodes({ codeTries, meetings, socket, log }: Needs): void {
  async function tell(part: string): Promise<void> {
    for (const meeting of await meetings.listNamed(part)) {
      const joining = await meetings.joiningOf(meeting, '')
      socket.announce(meeting._id.toHexString(), 'joining:changed', { joining }, 'facilitators-and-projector')
    }
  }

  // Not awaited by who guessed: whether there was anybody to tell does not show in how long the answer takes.
  codeTries.news.on('shut', (part) => {
    tell(part).catch((error: unknown) => log.error(withoutContent(error), 'shut code not announced'))
  })
}
