import type { Connection } from 'mongoose'
import { PlanError } from '../../shared/errors'
import type { Joining, Meeting } from '../../shared/meeting'
import type { Phase } from '../../shared/roles'
import { isDuplicateKey } from '../durable'
import type { Families } from '../families/families'
import { makeJoinCode, readJoinCode, showJoinCode } from './joinCode'
import { meetingModel, phaseOf, toMeeting, type StoredMeeting } from './meetingModel'

export type Meetings = ReturnType<typeof createMeetings>

const CODE_TRIES = 5

/** May new people come in? Not while the door is closed, and not after the meeting. */
export function isDoorOpen({ joiningOpen, phase }: StoredMeeting): boolean {
  return joiningOpen && phase !== 'ended'
}

/** How to come in, for who may know; nothing while the door is closed. */
export function toJoining(meeting: StoredMeeting, publicUrl: string): Joining {
  const { joinCode } = meeting
  if (!isDoorOpen(meeting)) return { open: false, code: null, url: null }
  return { open: true, code: showJoinCode(joinCode), url: `${publicUrl}/j/${joinCode}` }
}

/** The meetings as they are stored. */
export function createMeetings({ db, families }: { db: Connection; families: Families }) {
  const model = meetingModel(db)

  async function showAll(meetings: StoredMeeting[]): Promise<Meeting[]> {
    const names = await families.names(meetings.map(({ familyId }) => familyId.toHexString()))
    return meetings.map((stored) => toMeeting(stored, names.get(stored.familyId.toHexString()) ?? ''))
  }

  /** Does something that needs a fresh join code; should one be taken (1 in 10¹¹), with another. */
  async function withJoinCode<T>(use: (joinCode: string) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await use(makeJoinCode())
      } catch (error) {
        if (!isDuplicateKey(error) || tries === CODE_TRIES) throw error
      }
    }
  }

  async function change(meetingId: string, values: Partial<StoredMeeting>): Promise<StoredMeeting> {
    const changed = await model.findByIdAndUpdate(meetingId, { $set: values }, { returnDocument: 'after' }).lean()
    if (!changed) throw new PlanError('meeting/not-found')
    return changed
  }

  return {
    showAll,

    async show(stored: StoredMeeting): Promise<Meeting> {
      const [meeting] = await showAll([stored])
      return meeting!
    },

    /** What access asks about a meeting. */
    async findRoom(meetingId: string): Promise<{ familyId: string; phase: Phase } | null> {
      const stored = await model.findById(meetingId, { familyId: 1, phase: 1, sealing: 1, sealed: 1 }).lean()
      return stored && { familyId: stored.familyId.toHexString(), phase: phaseOf(stored) }
    },

    find: (meetingId: string): Promise<StoredMeeting | null> => model.findById(meetingId).lean(),

    /** @throws meeting/not-found */
    async read(meetingId: string): Promise<StoredMeeting> {
      const stored = await model.findById(meetingId).lean()
      if (!stored) throw new PlanError('meeting/not-found')
      return stored
    },

    /** The meeting a typed code stands for, whether or not its door is open. */
    async findByCode(typed: string): Promise<StoredMeeting | null> {
      const joinCode = readJoinCode(typed)
      return joinCode ? model.findOne({ joinCode }).lean() : null
    },

    /** Latest first. */
    list: (filter: { _id: { $in: StoredMeeting['_id'][] } } | { familyId: string }): Promise<StoredMeeting[]> =>
      model.find(filter).sort({ startsAt: -1 }).lean(),

    insert: (meeting: Omit<StoredMeeting, 'joinCode'>): Promise<StoredMeeting> =>
      withJoinCode(async (joinCode) => (await model.create({ ...meeting, joinCode })).toObject()),

    /**
     * Brings the meeting from one phase to another; what somebody else made of it meanwhile stands.
     *
     * @throws version/outdated for a curtain over a plan that is being sealed
     */
    async setPhase(
      meetingId: string,
      from: StoredMeeting['phase'],
      to: StoredMeeting['phase'],
    ): Promise<StoredMeeting> {
      const plain = to === 'private' ? { sealing: null, sealed: null } : {}
      await model.updateOne({ _id: meetingId, phase: from, ...plain }, { $set: { phase: to } })
      const stored = await model.findById(meetingId).lean()
      if (!stored) throw new PlanError('meeting/not-found')
      if (to === 'private' && stored.phase === from) throw new PlanError('version/outdated')
      return stored
    },

    setJoining: (meetingId: string, open: boolean, newCode: boolean): Promise<StoredMeeting> =>
      newCode
        ? withJoinCode((joinCode) => change(meetingId, { joiningOpen: open, joinCode }))
        : change(meetingId, { joiningOpen: open }),
  }
}
