import { type Connection, Types } from 'mongoose'
import type { KnownMember } from '../../shared/meeting'
import { MEMBERS, type Role } from '../../shared/roles'
import { meetingModel } from './meetingModel'
import { participantModel, stateOf, type StoredParticipant } from './participantModel'

export type Members = ReturnType<typeof createMembers>

/** Somebody may be there more than once: in several meetings, with several browsers. */
function byMember(people: StoredParticipant[]): Map<string, StoredParticipant[]> {
  const known = new Map<string, StoredParticipant[]>()
  for (const person of people) {
    const id = person.memberId!.toHexString()
    known.set(id, [...(known.get(id) ?? []), person])
  }
  return known
}

/** The meetings of one family, from one of them. */
function createMeetingsBeside(db: Connection) {
  const meetings = meetingModel(db)

  return async function meetingsBeside(meetingId: Types.ObjectId): Promise<Types.ObjectId[]> {
    const meeting = await meetings.findById(meetingId, { familyId: 1 }).lean()
    const familys = await meetings.find({ familyId: meeting!.familyId }, { _id: 1 }).lean()
    return familys.map(({ _id }) => _id)
  }
}

/** The people of a family as it knows them again, from one of its meetings to the next. */
export function createMembers({ db }: { db: Connection }) {
  const model = participantModel(db)
  const meetings = meetingModel(db)
  const meetingsBeside = createMeetingsBeside(db)

  /** Who the same browser was let in as last; null for nobody of the family. */
  async function ofBrowser(person: StoredParticipant): Promise<Types.ObjectId | null> {
    const meetingId = { $in: await meetingsBeside(person.meetingId) }
    const known = await model
      .findOne({ holder: person.holder, meetingId, memberId: { $ne: null } })
      .sort({ askedAt: -1 })
      .lean()
    return known?.memberId ?? null
  }

  /** Somebody in the meetings of the family, on whichever phone or computer. */
  async function entriesOf(person: StoredParticipant): Promise<StoredParticipant[]> {
    const { memberId, holder } = person
    const is = memberId ? { memberId } : { holder, memberId: null }
    return model.find({ ...is, meetingId: { $in: await meetingsBeside(person.meetingId) } }).lean()
  }

  return {
    ofBrowser,

    /** What somebody is and was in the meetings of the family, by participant id. */
    idsOf: async (person: StoredParticipant): Promise<string[]> =>
      (await entriesOf(person)).map(({ _id }) => _id.toHexString()),

    /** The meetings of the family in which somebody is or was inside. */
    async meetingsOf(person: StoredParticipant): Promise<Set<string>> {
      const inside = (await entriesOf(person)).filter(({ admittedAt }) => admittedAt)
      return new Set(inside.map(({ meetingId }) => meetingId.toHexString()))
    },

    isKnown: async ({ meetingId }: StoredParticipant, memberId: string): Promise<boolean> =>
      (await model.exists({ memberId, meetingId: { $in: await meetingsBeside(meetingId) } })) !== null,

    /** Is one of these people inside now, as whatever they came? */
    async isAnyInside(meetingId: Types.ObjectId, memberIds: readonly string[]): Promise<boolean> {
      for (const inside of await model.find({ meetingId, admittedAt: { $ne: null }, removedAt: null }).lean()) {
        const known = inside.memberId ?? (await ofBrowser(inside))
        if (known && memberIds.includes(known.toHexString())) return true
      }
      return false
    },

    /** Whoever is not shown to others is not shown on a second screen either. */
    isHidden: async (meetingId: Types.ObjectId, memberId: Types.ObjectId | null): Promise<boolean> =>
      memberId !== null && (await model.exists({ meetingId, memberId, hidden: true, removedAt: null })) !== null,

    /** Was one of these people ever inside the meeting? */
    wasIn: async (meetingId: string, memberIds: readonly string[]): Promise<boolean> =>
      (await model.exists({ meetingId, memberId: { $in: memberIds }, admittedAt: { $ne: null } })) !== null,

    /** Everybody the family knows again, for who leads one of its meetings. */
    async list(meetingId: string): Promise<KnownMember[]> {
      const here = new Types.ObjectId(meetingId)
      const all = { meetingId: { $in: await meetingsBeside(here) } }
      const people = await model
        .find({ ...all, memberId: { $ne: null } })
        .sort({ askedAt: 1 })
        .lean()
      const waiting = await model.find({ meetingId, admittedAt: null, removedAt: null }).lean()
      return [...byMember(people)].map(([memberId, entries]) => {
        const { name, role } = entries.at(-1)!
        const holders = new Set(entries.map(({ holder }) => holder))
        return {
          memberId,
          name,
          role,
          inside: entries.some((one) => one.meetingId.equals(here) && stateOf(one) === 'admitted'),
          sameBrowser: waiting.filter(({ holder }) => holders.has(holder)).map(({ _id }) => _id.toHexString()),
        }
      })
    },

    /** At a start: whom an earlier release let in without knowing them again gets to be known, one by one. */
    async knowAgain(): Promise<void> {
      const roles: readonly Role[] = MEMBERS
      const unknown = { memberId: null, admittedAt: { $ne: null }, role: { $in: roles } }
      for (const person of await model.find(unknown).sort({ askedAt: 1 }).lean()) {
        // What a start that was cut off left behind: its meeting was never written.
        if (!(await meetings.exists({ _id: person.meetingId }))) continue
        const memberId = (await ofBrowser(person)) ?? new Types.ObjectId()
        await model.updateOne({ _id: person._id, memberId: null }, { $set: { memberId } })
      }
    },
  }
}
