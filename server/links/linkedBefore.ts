import { PlanError } from '../../shared/errors'
import type { Need, NeedWords } from '../../shared/need'
import { daysLate, type HoldBy } from '../../shared/ruleClocks'
import type { TimePoll } from '../../shared/timePoll'
import type { Caller, Visitor } from '../access/Access'
import { authorize } from '../access/authorize'
import type { Clock } from '../Clock'
import type { NeedsKept } from '../needs/needs'
import type { PollNews } from '../polls/pollNews'
import type { Polls } from '../polls/polls'
import { type LinkedMeeting, type LinkedMeetings, toReader } from './linkedMeetings'
import type { StoredLink } from './linkModel'

/** What may be said before a meeting, as a link's person sees it. */
export interface LinkedBefore extends LinkedMeeting {
  reader: Visitor
  poll: TimePoll | null
  /** What they said they need to be able to take part. */
  needs: Need[]
  /** Of each time offered, whether it is later than the meeting may be. */
  late: boolean[]
  /** Of each time offered, whether it has passed. */
  over: boolean[]
  /** Still to come; or it began, goes on or is over. */
  ahead: boolean
}

interface Needs {
  clock: Clock
  meetingsOf: LinkedMeetings
  polls: Polls
  pollNews: PollNews
  needs: NeedsKept
  /** Tells those who lead, and these people, that what is needed changed. */
  tell(meetingId: string, participantIds: readonly string[]): void
  clocks: { view(viewer: Visitor): Promise<{ holdBy: HoldBy | null }> }
}

export type LinkedBefores = ReturnType<typeof createLinkedBefore>

/** A link's person was let in. */
const asCaller = (reader: Visitor): Caller => ({
  ...reader,
  participantId: reader.participantId!,
  state: 'admitted',
})

/** What a link's person may say before the meetings they were let into. */
export function createLinkedBefore({ clock, meetingsOf, polls, pollNews, needs, tell, clocks }: Needs) {
  async function look(link: StoredLink, linked: LinkedMeeting): Promise<LinkedBefore> {
    const reader = toReader(link, linked)
    const { startsAt, timeZone } = linked.meeting
    const [{ poll }, { holdBy }, said] = await Promise.all([
      polls.view(reader),
      clocks.view(reader),
      needs.view(asCaller(reader)),
    ])
    const late = poll?.times.map((at) => holdBy !== null && daysLate(holdBy, at, timeZone) !== null) ?? []
    const over = poll?.times.map((at) => new Date(at) <= clock()) ?? []
    const ahead = reader.phase === 'open' && (startsAt > clock() || poll?.state === 'open')
    return { ...linked, reader, poll, needs: said.needs.filter(({ mine }) => mine), late, over, ahead }
  }

  /** @throws meeting/not-found, also for one that this link does not lead to */
  async function find(link: StoredLink, meetingId: string): Promise<LinkedMeeting> {
    const linked = (await meetingsOf(link)).find(({ meeting }) => meeting._id.toHexString() === meetingId)
    if (!linked) throw new PlanError('meeting/not-found')
    return linked
  }

  return {
    /** Those that are still to come, the next one first. */
    async list(link: StoredLink): Promise<LinkedBefore[]> {
      const open = (await meetingsOf(link)).filter(({ meeting }) => meeting.phase === 'open')
      const all = await Promise.all(open.map((linked) => look(link, linked)))
      return all.filter(({ ahead }) => ahead).reverse()
    },

    /** @throws meeting/not-found */
    read: async (link: StoredLink, meetingId: string): Promise<LinkedBefore> => look(link, await find(link, meetingId)),

    /** @throws meeting/not-found, poll/changed, and what stands against it in the meeting as it is now */
    async answer(
      link: StoredLink,
      meetingId: string,
      { pollId, answers }: Pick<Parameters<Polls['answer']>[1], 'pollId' | 'answers'>,
    ): Promise<void> {
      const reader = toReader(link, await find(link, meetingId))
      authorize(reader, 'poll:answer')
      const { concerned } = await polls.answer(reader, { pollId, answers })
      pollNews.toOne(meetingId, concerned)
    },

    /** @throws meeting/not-found, request/invalid, request/too-many, and what stands against it in the meeting */
    async sayNeed(link: StoredLink, meetingId: string, words: Omit<NeedWords, 'for'>): Promise<void> {
      const reader = toReader(link, await find(link, meetingId))
      authorize(reader, 'need:say')
      const { concerned } = await needs.say(asCaller(reader), words)
      tell(meetingId, concerned)
    },
  }
}
