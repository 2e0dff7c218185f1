import type { Connection } from 'mongoose'
import { PlanError } from '../../shared/errors'
import type { BothLanguages, Meeting } from '../../shared/meeting'
import type { Phase } from '../../shared/roles'
import type { Clock } from '../Clock'
import { DURABLE } from '../durable'
import type { Families } from '../families/families'
import type { CodeTries } from './codeTries'
import { createDoors } from './doors'
import { meetingModel, phaseOf, toMeeting, type StoredMeeting } from './meetingModel'

export type Meetings = ReturnType<typeof createMeetings>

interface Needs {
  db: Connection
  clock: Clock
  families: Families
  codeTries: CodeTries
  kindNameOf(kind: string): BothLanguages
}

/** The meetings as they are stored. */
export function createMeetings({ db, clock, families, codeTries, kindNameOf }: Needs) {
  const model = meetingModel(db)
  const doors = createDoors({ db, clock, codeTries })

  async function showAll(meetings: StoredMeeting[]): Promise<Meeting[]> {
    const names = await families.names(meetings.map(({ familyId }) => familyId.toHexString()))
    return meetings.map((stored) =>
      toMeeting(stored, names.get(stored.familyId.toHexString()) ?? '', kindNameOf(stored.kind)),
    )
  }

  return {
    ...doors,
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

    /** Latest first. */
    list: (filter: { _id: { $in: StoredMeeting['_id'][] } } | { familyId: string }): Promise<StoredMeeting[]> =>
      model.find(filter).sort({ startsAt: -1 }).lean(),

    insert: (meeting: Omit<StoredMeeting, 'joinCode' | 'codeUntil'>): Promise<StoredMeeting> =>
      doors.withJoinCode(async (joinCode) => {
        const codeUntil = doors.codeEnd(meeting.startsAt)
        return (await model.create({ ...meeting, joinCode, codeUntil })).toObject()
      }),

    /**
     * Puts the meeting to another time; its code lasts until after that.
     *
     * @param from when it was for who asks
     * @throws meeting/time-changed where somebody else was faster
     */
    async setTime(meetingId: string, from: Date, to: Date): Promise<void> {
      const change = { $set: { startsAt: to, codeUntil: doors.codeEnd(to) }, $inc: { timeChanges: 1 } }
      const { matchedCount } = await model.updateOne({ _id: meetingId, startsAt: from }, change, {
        writeConcern: DURABLE,
      })
      if (matchedCount === 0) throw new PlanError('meeting/time-changed')
    },

    async setNext(meetingId: string, nextAt: Date | null): Promise<void> {
      await model.updateOne({ _id: meetingId }, { $set: { nextAt } }, { writeConcern: DURABLE })
    },

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
      const starts = to === 'private' && { familyTime: { startedAt: clock(), endedAt: null } }
      const ends = from === 'private' && { 'familyTime.endedAt': clock() }
      await model.updateOne({ _id: meetingId, phase: from, ...plain }, { $set: { phase: to, ...ends, ...starts } })
      const stored = await model.findById(meetingId).lean()
      if (!stored) throw new PlanError('meeting/not-found')
      if (to === 'private' && stored.phase === from) throw new PlanError('version/outdated')
      return stored
    },
  }
}
