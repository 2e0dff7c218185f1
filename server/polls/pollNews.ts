import type { Announce } from '../meetings/meetingSocket'

export type PollNews = ReturnType<typeof createPollNews>

/** Tells pages that the times to choose from, or answers to them, changed; what somebody answers stirs only the lead’s and their own. */
export function createPollNews(announce: Announce) {
  return {
    toAll: (meetingId: string): void => announce(meetingId, 'before:changed', { of: 'poll' }, 'people'),

    toOne(meetingId: string, participantId: string): void {
      announce(meetingId, 'before:changed', { of: 'poll' }, 'facilitators')
      announce(meetingId, 'before:changed', { of: 'poll' }, { participantId })
    },
  }
}
