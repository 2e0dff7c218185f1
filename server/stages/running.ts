import { Types, type Connection } from 'mongoose'
import { PlanError } from '../../shared/errors'
import type { MeetingKindWords } from '../../shared/meetingKinds'
import type { Pause, Running } from '../../shared/running'
import type { Clock } from '../Clock'
import { isDuplicateKey } from '../durable'
import type { Kinds } from './kinds'
import { runModel, type StoredRun } from './runModel'

const MINUTE_MS = 60_000
/** Each try loses only to a change that went through. */
const TRIES = 20

type Run = Omit<StoredRun, 'meetingId' | 'turn'>
const NOT_BEGUN: Run = { stage: null, endsAt: null, leftMs: null, paused: null, look: null }

interface Needs {
  db: Connection
  clock: Clock
  kinds: Kinds
  /** The kind of a meeting. @throws meeting/not-found */
  kindOf(meetingId: string): Promise<string>
  announce(meetingId: string, running: Running): void
}

export type RunningMeetings = ReturnType<typeof createRunning>

/** What is left on the clock, ms, going or not; null before the first stage. */
function leftAt({ endsAt, leftMs }: Run, now: Date): number | null {
  return endsAt ? endsAt.getTime() - now.getTime() : leftMs
}

/** The clock with so much left: it goes on from now, or stands still. */
function withLeft(run: Run, left: number, now: Date): Run {
  const goes = run.paused === null
  return { ...run, endsAt: goes ? new Date(now.getTime() + left) : null, leftMs: goes ? null : left }
}

function show(run: Run, kind: MeetingKindWords, now: Date): Running {
  const place = kind.stages.findIndex(({ id }) => id === run.stage)
  const stage = kind.stages[place]
  return {
    stage: stage ? { ...stage, place: place + 1, of: kind.stages.length } : null,
    endsAt: run.endsAt?.toISOString() ?? null,
    leftMs: run.leftMs,
    paused: run.paused,
    look: run.look && { ...run.look, since: run.look.since.toISOString() },
    rules: stage?.wall === 'rules' ? kind.rules : [],
    toldAt: now.toISOString(),
  }
}

/** The runs as they are stored: each change follows from what is there, and is announced whole. */
function changing({ db, clock, announce }: Needs, agendaOf: (meetingId: string) => Promise<MeetingKindWords>) {
  const model = runModel(db)
  const find = (meetingId: string) => model.findOne({ meetingId: new Types.ObjectId(meetingId) }).lean()

  /** Writes what follows from what is there, unless somebody else wrote meanwhile. */
  async function replace(meetingId: string, before: StoredRun | null, next: Run): Promise<boolean> {
    const turn = (before?.turn ?? 0) + 1
    const id = new Types.ObjectId(meetingId)
    if (before) {
      const written = await model.updateOne({ meetingId: id, turn: before.turn }, { $set: { ...next, turn } })
      return written.modifiedCount === 1
    }
    try {
      await model.create({ meetingId: id, ...next, turn })
      return true
    } catch (error) {
      if (isDuplicateKey(error)) return false
      throw error
    }
  }

  /** @param step what becomes of the meeting; the same where nothing changes */
  async function change(
    meetingId: string,
    step: (run: Run, now: Date) => Run,
  ): Promise<{ running: Running; before: Run }> {
    const kind = await agendaOf(meetingId)
    for (let tries = 0; tries < TRIES; tries++) {
      const stored = await find(meetingId)
      const { stage, endsAt, leftMs, paused, look } = stored ?? NOT_BEGUN
      const before: Run = { stage, endsAt, leftMs, paused, look }
      const now = clock()
      const next = step(before, now)
      if (next === before) return { running: show(before, kind, now), before }
      if (!(await replace(meetingId, stored, next))) continue
      const running = show(next, kind, now)
      announce(meetingId, running)
      return { running, before }
    }
    throw new PlanError('server/trouble')
  }

  return { find, change }
}

/** The course of meetings: their stages and the clock, which is this server’s. Every change is announced whole. */
export function createRunning(needs: Needs) {
  const { clock, kinds, kindOf } = needs
  const agendaOf = async (meetingId: string) => kinds.find(await kindOf(meetingId))
  const { find, change } = changing(needs, agendaOf)
  const changed = async (meetingId: string, step: (run: Run, now: Date) => Run) =>
    (await change(meetingId, step)).running

  return {
    agendaOf,

    async read(meetingId: string): Promise<Running> {
      return show((await find(meetingId)) ?? NOT_BEGUN, await agendaOf(meetingId), clock())
    },

    /**
     * Goes to another stage, whose clock starts now. Somebody who saw another stage than there is changes nothing.
     *
     * @returns also the name of the stage that ended, where one did
     * @throws request/invalid for a stage the meeting does not have
     */
    async goTo(
      meetingId: string,
      from: string | null,
      to: string,
    ): Promise<{ running: Running; ended: string | null }> {
      const { stages } = await agendaOf(meetingId)
      const stage = stages.find(({ id }) => id === to)
      if (!stage) throw new PlanError('request/invalid')
      const begin = (now: Date) => withLeft(NOT_BEGUN, stage.minutes * MINUTE_MS, now)
      const { running, before } = await change(meetingId, (run, now) =>
        run.stage !== from || from === to ? run : { ...begin(now), stage: to },
      )
      const went = before.stage === from && from !== to
      return { running, ended: went ? before.stage : null }
    },

    /** More time; where it was over, from now on. @throws request/invalid before the first stage */
    addTime: (meetingId: string, minutes: number) =>
      changed(meetingId, (run, now) => {
        const left = leftAt(run, now)
        if (left === null || run.stage === null) throw new PlanError('request/invalid')
        return withLeft(run, Math.max(left, 0) + minutes * MINUTE_MS, now)
      }),

    pause: (meetingId: string, paused: Pause | null) =>
      changed(meetingId, (run, now) => {
        if (run.paused === paused) return run
        const left = leftAt(run, now)
        return left === null ? { ...run, paused } : withLeft({ ...run, paused }, left, now)
      }),

    /** @param look an item of the plan, `kind/id`, and who points at it */
    lookAt: (meetingId: string, look: { at: string; by: string } | null) =>
      changed(meetingId, (run, now) => ({ ...run, look: look && { ...look, since: now } })),
  }
}
