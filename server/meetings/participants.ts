import type { Connection, Types } from 'mongoose'
import { PlanError } from '../../shared/errors'
import type { Language, Participant } from '../../shared/meeting'
import type { Membership, Visitor } from '../access/Access'
import { maySee } from '../access/maySee'
import type { Session } from '../access/sessions'
import { hasAccount, holderOf, participantModel, toParticipant, type StoredParticipant } from './participantModel'
import type { WhoIsHere } from './whoIsHere'

/** Who wrote it stays with who leads. */
const SOMEBODY: Record<Language, string> = { en: 'Somebody', es: 'Alguien' }

export type Participants = ReturnType<typeof createParticipants>

/** Who is in the meetings. */
export function createParticipants({ db, whoIsHere }: { db: Connection; whoIsHere: WhoIsHere }) {
  const model = participantModel(db)
  const show = (stored: StoredParticipant) => toParticipant(stored, whoIsHere.isHere(stored._id.toHexString()))

  /** What this browser is in the meeting now, at the door or inside. */
  function findPresent(meetingId: string | Types.ObjectId, session: Session): Promise<StoredParticipant | null> {
    return model.findOne({ meetingId, holder: holderOf(session), removedAt: null }).lean()
  }

  async function findLatest(meetingId: string, session: Session): Promise<StoredParticipant | null> {
    const present = await findPresent(meetingId, session)
    return (
      present ??
      model
        .findOne({ meetingId, holder: holderOf(session) })
        .sort({ removedAt: -1 })
        .lean()
    )
  }

  async function findIn(meetingId: string, participantId: string): Promise<StoredParticipant> {
    const stored = await model.findOne({ _id: participantId, meetingId }).lean()
    if (!stored) throw new PlanError('participant/not-found')
    return stored
  }

  return {
    show,
    findPresent,

    /** @throws participant/not-found, also for somebody of another meeting */
    findIn,

    /** What this browser is in the meeting, or was until it was removed. */
    async findMembership(meetingId: string, session: Session): Promise<Membership | null> {
      const stored = await findLatest(meetingId, session)
      if (!stored) return null
      const { id, here: _here, attendance: _attendance, ...person } = show(stored)
      return { participantId: id, ...person }
    },

    /** @throws participant/not-found */
    async read(meetingId: string, participantId: string): Promise<Participant> {
      return show(await findIn(meetingId, participantId))
    },

    /** Those inside and those at the door, each in the order they asked. */
    async list(meetingId: string): Promise<{ admitted: Participant[]; waiting: Participant[] }> {
      const present = await model.find({ meetingId, removedAt: null }).sort({ askedAt: 1 }).lean()
      const people = present.map(show)
      return {
        admitted: people.filter(({ state }) => state === 'admitted'),
        waiting: people.filter(({ state }) => state === 'waiting'),
      }
    },

    /** What everybody is called who is or was in the meeting, by participant id; somebody hidden is somebody. */
    async namesIn(meetingId: string, viewer: Visitor): Promise<Map<string, string>> {
      const all = await model.find({ meetingId }).lean()
      const called = (person: Participant) => (maySee(viewer, person) ? person.name : SOMEBODY[viewer.language])
      return new Map(all.map(show).map((person) => [person.id, called(person)]))
    },

    /** Ids of people of the family, in their meetings and across them, of whom the viewer may not know. */
    async hiddenFrom(viewer: Visitor, meetingIds: readonly string[] = [viewer.meetingId]): Promise<Set<string>> {
      const hidden = (await model.find({ meetingId: { $in: meetingIds }, hidden: true }).lean()).map(show)
      return new Set(hidden.filter((one) => !maySee(viewer, one)).flatMap(({ id, memberId }) => [id, memberId ?? id]))
    },

    /** Of whom only who leads may know that they are in the meeting. */
    async hiddenIn(meetingId: string): Promise<Set<string>> {
      const hidden = await model.find({ meetingId, hidden: true }, { _id: 1 }).lean()
      return new Set(hidden.map(({ _id }) => _id.toHexString()))
    },

    /** What the people of the family are called who are or were in the meeting, by member id. */
    async memberNames(meetingId: string, viewer: Visitor): Promise<Map<string, string>> {
      const members = (await model.find({ meetingId, memberId: { $ne: null } }).lean()).map(show)
      return new Map(members.filter((one) => maySee(viewer, one)).map(({ name, memberId }) => [memberId!, name]))
    },

    /** Who a participant, of whichever meeting, is across meetings; null for nobody. */
    async findOwner(participantId: string) {
      const stored = await model.findById(participantId).lean()
      if (!stored) return null
      const staffId = hasAccount(stored) ? stored.holder.slice('staff:'.length) : null
      return { participantId, memberId: stored.memberId?.toHexString() ?? null, staffId }
    },

    /** Everything this browser is present in. */
    listOf(session: Session): Promise<StoredParticipant[]> {
      return model.find({ holder: holderOf(session), removedAt: null }).lean()
    },
  }
}
