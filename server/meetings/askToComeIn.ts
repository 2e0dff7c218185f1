import type { Connection, Types } from 'mongoose'
import type { Answer, Body, Person } from '../../shared/api'
import { PlanError } from '../../shared/errors'
import type { Agency } from '../../shared/meeting'
import type { Session, Sessions } from '../access/sessions'
import type { Clock } from '../Clock'
import { isDuplicateKey } from '../durable'
import type { StoredMeeting } from './meetingModel'
import type { Meetings } from './meetings'
import { holderOf, participantModel, type StoredParticipant } from './participantModel'
import type { Participants } from './participants'

/** Most people at one door: whoever has a code cannot flood the facilitator's list. */
const WAITING_MAX = 100
const NO_MEETING = '0'.repeat(24)

interface Needs {
  db: Connection
  clock: Clock
  sessions: Sessions
  meetings: Meetings
  participants: Participants
  findStaff(staffId: string): Promise<Person | null>
  /** Called when somebody new, or with other words, is at the door. */
  peopleChanged(meetingId: string): void
}

type Introduction = Pick<StoredParticipant, 'name' | 'role' | 'agency' | 'language'>

export interface AtTheDoor {
  door: Answer<'join'>
  /** Secret for the cookie of a browser that had none yet. */
  token: string | null
}

export type AskToComeIn = ReturnType<typeof createAskToComeIn>

/** Asking to come in with a code, for the API and for the page that works without scripts. */
export function createAskToComeIn(needs: Needs) {
  const { db, clock, sessions, meetings, participants, findStaff, peopleChanged } = needs
  const model = participantModel(db)

  /** Is this browser at the door or inside of the meeting of a code? Asked of no meeting where there is none. */
  async function isPresent(code: string, session: Session): Promise<boolean> {
    const meeting = await meetings.findByCode(code)
    return (await participants.findPresent(meeting?._id ?? NO_MEETING, session)) !== null
  }

  /** The meeting of a code, for somebody new only while its door is open. */
  async function findDoor(code: string, session: Session | null) {
    const meeting = await meetings.findByCode(code)
    const present = meeting && session && (await participants.findPresent(meeting._id, session))
    if (!meeting || (!present && !meetings.isDoorOpen(meeting))) throw new PlanError('join/unknown-code')
    return { meeting, present }
  }

  /** A role is a wish at the door, but nobody without such an account may even wish to lead. */
  async function readIntroduction(words: Body<'join'>, session: Session | null): Promise<Introduction> {
    const person = session?.staffId ? await findStaff(session.staffId) : null
    if (words.role === 'facilitator' && person?.duty !== 'facilitator') throw new PlanError('request/invalid')
    const agency: Agency | null = words.role === 'agency' ? (person?.agency ?? words.agency ?? null) : null
    return { name: words.name, role: words.role, agency, language: words.language }
  }

  /** Who waits may say it better; who is inside stays who the facilitator let in. */
  async function askAgain(present: StoredParticipant, words: Introduction): Promise<StoredParticipant> {
    const waiting = { _id: present._id, admittedAt: null, removedAt: null }
    const changed = await model.findOneAndUpdate(waiting, { $set: words }, { returnDocument: 'after' }).lean()
    return changed ?? present
  }

  /** Asked before anything is kept of somebody. @throws request/too-many */
  async function requireRoom(meetingId: Types.ObjectId): Promise<void> {
    const waiting = await model.countDocuments({ meetingId, admittedAt: null, removedAt: null })
    if (waiting >= WAITING_MAX) throw new PlanError('request/too-many')
  }

  async function askFirst(
    meetingId: Types.ObjectId,
    session: Session,
    words: Introduction,
  ): Promise<StoredParticipant> {
    try {
      const asked = await model.create({ meetingId, holder: holderOf(session), ...words, askedAt: clock() })
      return asked.toObject()
    } catch (error) {
      // The same browser asked twice at once.
      const meanwhile = isDuplicateKey(error) ? await participants.findPresent(meetingId, session) : null
      if (!meanwhile) throw error
      return meanwhile
    }
  }

  function answer(meeting: StoredMeeting, asked: StoredParticipant, token: string | null): AtTheDoor {
    const participantId = asked._id.toHexString()
    const meetingId = meeting._id.toHexString()
    return { door: { participantId, meetingId, state: asked.admittedAt ? 'admitted' : 'waiting' }, token }
  }

  /**
   * @param session the browser's, or null for one we do not know yet
   * @throws join/unknown-code, also while the door is closed to new people
   */
  async function askToComeIn({ session, ...words }: Body<'join'> & { session: Session | null }): Promise<AtTheDoor> {
    const { meeting, present } = await findDoor(words.code, session)
    const introduction = await readIntroduction(words, session)
    if (present) {
      const asked = await askAgain(present, introduction)
      peopleChanged(meeting._id.toHexString())
      return answer(meeting, asked, null)
    }
    await requireRoom(meeting._id)
    const started = session ? { session, token: null } : await sessions.start({ kind: 'guest' })
    const asked = await askFirst(meeting._id, started.session, introduction)
    peopleChanged(meeting._id.toHexString())
    return answer(meeting, asked, started.token)
  }

  return Object.assign(askToComeIn, { isPresent })
}
