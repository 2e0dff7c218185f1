import type { Connection } from 'mongoose'
import { PlanError } from '../../shared/errors'
import type { Joining } from '../../shared/meeting'
import type { Clock } from '../Clock'
import { isDuplicateKey } from '../durable'
import type { CodeTries } from './codeTries'
import { makeJoinCode, meetingPart, readJoinCode, showJoinCode } from './joinCode'
import { meetingModel, type StoredMeeting } from './meetingModel'

/** Fresh codes looked at before giving up: one in a million is taken, unless somebody tries them all. */
const CODE_TRIES = 20
/** How long a code opens the door after the meeting begins, or after it was made where that is later, ms. */
const CODE_LASTS_MS = 12 * 60 * 60_000

/** The doors of meetings: their codes, and whether they let in somebody new. */
export function createDoors({ db, clock, codeTries }: { db: Connection; clock: Clock; codeTries: CodeTries }) {
  const model = meetingModel(db)

  /** When a code that is made now for a meeting stops opening its door. */
  const codeEnd = (startsAt: Date) => new Date(Math.max(startsAt.getTime(), clock().getTime()) + CODE_LASTS_MS)

  const isCodeOver = ({ codeUntil, startsAt }: StoredMeeting) =>
    clock().getTime() >= (codeUntil?.getTime() ?? startsAt.getTime() + CODE_LASTS_MS)

  /** May new people come in? Not while the door is closed, not after the meeting, and not with a code that is too old. */
  function isDoorOpen(meeting: StoredMeeting): boolean {
    return meeting.joiningOpen && meeting.phase !== 'ended' && !isCodeOver(meeting)
  }

  /** Why nobody new comes in; null when they do. */
  async function whyShut(meeting: StoredMeeting): Promise<Joining['shut']> {
    if (!meeting.joiningOpen || meeting.phase === 'ended') return 'closed'
    if (isCodeOver(meeting)) return 'old'
    return (await codeTries.isShut(meeting.joinCode)) ? 'guessed' : null
  }

  /** Nobody guessed at its first half, and no other meeting is named by that. */
  async function isFresh(joinCode: string): Promise<boolean> {
    const [untouched, taken] = await Promise.all([codeTries.isUntouched(joinCode), listNamed(meetingPart(joinCode))])
    return untouched && taken.length === 0
  }

  /** Does something that needs a fresh join code; should one be taken, with another. */
  async function withJoinCode<T>(use: (joinCode: string) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      const joinCode = makeJoinCode()
      if (!(await isFresh(joinCode)) && tries < CODE_TRIES) continue
      try {
        return await use(joinCode)
      } catch (error) {
        if (!isDuplicateKey(error) || tries >= CODE_TRIES) throw error
      }
    }
  }

  /** Meetings whose code begins so; `~` comes after every letter of a code. */
  function listNamed(part: string): Promise<StoredMeeting[]> {
    return model.find({ joinCode: { $gte: part, $lt: `${part}~` } }).lean()
  }

  /** The meeting a typed code stands for, whether or not its door is open. */
  async function findByCode(typed: string): Promise<StoredMeeting | null> {
    // What cannot be a code is looked for all the same: it costs what any other wrong code costs.
    return model.findOne({ joinCode: readJoinCode(typed) ?? '' }).lean()
  }

  async function change(meetingId: string, values: Partial<StoredMeeting>): Promise<StoredMeeting> {
    const changed = await model.findByIdAndUpdate(meetingId, { $set: values }, { returnDocument: 'after' }).lean()
    if (!changed) throw new PlanError('meeting/not-found')
    return changed
  }

  return {
    codeEnd,
    withJoinCode,
    findByCode,
    listNamed,
    isDoorOpen,

    /** The meeting whose door a code opens for somebody new; how often it was guessed at is counted by who asks. */
    async findDoor(typed: string): Promise<StoredMeeting | null> {
      const meeting = await findByCode(typed)
      return meeting && isDoorOpen(meeting) ? meeting : null
    },

    /** How to come in, for who may know; nothing while nobody new comes in. */
    async joiningOf(meeting: StoredMeeting, publicUrl: string): Promise<Joining> {
      const shut = await whyShut(meeting)
      if (shut) return { open: false, code: null, url: null, shut }
      const { joinCode } = meeting
      return { open: true, code: showJoinCode(joinCode), url: `${publicUrl}/j/${joinCode}`, shut }
    },

    /** Opens or closes the door. It opens with a new code where the old one is too old or was guessed at. */
    async setJoining(meetingId: string, open: boolean, newCode: boolean): Promise<StoredMeeting> {
      const changed = await change(meetingId, { joiningOpen: open })
      const shut = await whyShut(changed)
      if (!newCode && shut !== 'old' && shut !== 'guessed') return changed
      const codeUntil = codeEnd(changed.startsAt)
      return withJoinCode((joinCode) => change(meetingId, { joinCode, codeUntil }))
    },
  }
}
