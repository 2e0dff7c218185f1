import type { Connection } from 'mongoose'
import { PlanError } from '../../shared/errors'
import { momentOf } from '../../shared/localMinute'
import type { Participant } from '../../shared/meeting'
import type { PollAnswers, PollStep, PollView } from '../../shared/timePoll'
import type { Visitor } from '../access/Access'
import type { Clock } from '../Clock'
import { isDuplicateKey } from '../durable'
import { inTurn } from '../inTurn'
import { pollModel, type StoredAnswers, type StoredPoll } from './pollModel'
import { toPoll, whoIs } from './toPoll'

interface Needs {
  db: Connection
  clock: Clock
  /** Those who were let in. */
  insideOf(meetingId: string): Promise<Participant[]>
  /** What everybody is called who is or was there, by participant id, as far as the viewer may know. */
  namesIn(meetingId: string, viewer: Visitor): Promise<Map<string, string>>
  meetings: {
    read(meetingId: string): Promise<{ startsAt: Date; timeZone: string }>
    setTime(meetingId: string, from: Date, to: Date): Promise<void>
  }
}

/** What was done, and whose pages should look again: a participant id where it is not everybody’s. */
export interface Polled {
  view: PollView
  concerned: string
}

export type Polls = ReturnType<typeof createPolls>

/** Moments of the room’s clock, the earliest first. @throws request/invalid for one that is not there, over or twice */
function readTimes(local: readonly string[], timeZone: string, now: Date): Date[] {
  const times = local.map((one) => momentOf(one, timeZone)).filter((at) => at !== null && at > now) as Date[]
  const each = new Set(times.map(Number))
  if (each.size !== local.length) throw new PlanError('request/invalid')
  return times.sort((a, b) => +a - +b)
}

/** Nobody overwrites what somebody said with their own hands. @throws answer/own-phone */
function requireNotTheirOwn({ answers }: StoredPoll, who: string): void {
  const said = answers.find((one) => one.who === who)
  if (said && said.typedBy === null) throw new PlanError('answer/own-phone')
}

function withAnswers(poll: StoredPoll, who: string, said: PollAnswers['answers'], typedBy: string | null) {
  const mine = poll.answers.find((one) => one.who === who)
  const answers = poll.times.map((_, time) => mine?.answers[time] ?? null)
  for (const { time, answer } of said) {
    if (time >= answers.length) throw new PlanError('request/invalid')
    answers[time] = answer
  }
  const others: StoredAnswers[] = poll.answers.filter((one) => one.who !== who)
  return [...others, { who, answers, typedBy }]
}

/** Times offered for a meeting: who can come when, until who leads picks one or takes the question back. */
export function createPolls({ db, clock, insideOf, namesIn, meetings }: Needs) {
  const model = pollModel(db)
  const turns = inTurn()

  async function view(viewer: Visitor): Promise<PollView> {
    const { meetingId } = viewer
    const [poll, inside, names] = await Promise.all([
      model.findOne({ meetingId }).lean<StoredPoll>(),
      insideOf(meetingId),
      namesIn(meetingId, viewer),
    ])
    return { poll: poll && toPoll(poll, viewer, inside, (id) => names.get(id) ?? '') }
  }

  /** @throws poll/changed for one that is not open any more */
  async function findOpen(meetingId: string, pollId: string): Promise<StoredPoll> {
    const poll = await model.findOne({ _id: pollId, meetingId, state: 'open' }).lean<StoredPoll>()
    if (!poll) throw new PlanError('poll/changed')
    return poll
  }

  /** Only while it stands as it was read, whichever server others ask. @throws poll/changed */
  async function change({ _id, changes }: StoredPoll, $set: Partial<StoredPoll>): Promise<void> {
    const { matchedCount } = await model.updateOne({ _id, changes, state: 'open' }, { $set, $inc: { changes: 1 } })
    if (matchedCount === 0) throw new PlanError('poll/changed')
  }

  /** For whom somebody answers. @throws access/denied, participant/not-found */
  async function whom({ meetingId, participantId, standing, memberId }: Visitor, forId: string | undefined) {
    const self = { id: participantId!, memberId }
    if (forId === undefined || forId === participantId) return { person: self, isSelf: true }
    if (standing !== 'facilitator') throw new PlanError('access/denied')
    const person = (await insideOf(meetingId)).find(({ id }) => id === forId)
    if (!person) throw new PlanError('participant/not-found')
    return { person, isSelf: false }
  }

  async function pick({ meetingId }: Visitor, poll: StoredPoll, time: number, from: Date): Promise<void> {
    const to = poll.times[time]
    // Nobody meets at a time that is over.
    if (!to || to <= clock()) throw new PlanError('request/invalid')
    const { startsAt } = await meetings.read(meetingId)
    if (startsAt.getTime() !== from.getTime()) throw new PlanError('meeting/time-changed')
    // First the time: where the server stops between the two, it can be picked once more.
    if (to.getTime() !== from.getTime()) await meetings.setTime(meetingId, from, to)
    await change(poll, { state: 'picked', picked: time })
  }

  return {
    view,

    /** @throws poll/changed while others are offered, request/invalid */
    ask: (visitor: Visitor, local: readonly string[]): Promise<PollView> =>
      turns(visitor.meetingId, async () => {
        const { meetingId, familyId, participantId } = visitor
        const times = readTimes(local, (await meetings.read(meetingId)).timeZone, clock())
        await model.deleteOne({ meetingId, state: { $ne: 'open' } })
        const poll = { meetingId, familyId, askedBy: participantId!, askedAt: clock(), times, state: 'open' as const }
        await model.create(poll).catch((error: unknown) => {
          throw isDuplicateKey(error) ? new PlanError('poll/changed') : error
        })
        return view(visitor)
      }),

    /** @throws poll/changed, access/denied, participant/not-found, answer/own-phone, request/invalid */
    answer: (visitor: Visitor, { pollId, answers, for: forId }: PollAnswers): Promise<Polled> =>
      turns(visitor.meetingId, async () => {
        const { person, isSelf } = await whom(visitor, forId)
        const poll = await findOpen(visitor.meetingId, pollId)
        const who = whoIs(person)
        if (!isSelf) requireNotTheirOwn(poll, who)
        const typedBy = isSelf ? null : visitor.participantId
        await change(poll, { answers: withAnswers(poll, who, answers, typedBy) })
        return { view: await view(visitor), concerned: person.id }
      }),

    /** @throws poll/changed, meeting/time-changed, request/invalid */
    lead: (visitor: Visitor, step: PollStep): Promise<PollView> =>
      turns(visitor.meetingId, async () => {
        const poll = await findOpen(visitor.meetingId, step.pollId)
        if (step.step === 'pick') await pick(visitor, poll, step.time, new Date(step.from))
        else await change(poll, { state: 'taken-back', answers: [] })
        return view(visitor)
      }),
  }
}
