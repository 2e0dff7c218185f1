import type { Connection } from 'mongoose'
import { PlanError } from '../../shared/errors'
import type { Actor } from '../../shared/record'
import type { Clock } from '../Clock'
import { DURABLE } from '../durable'
import { inTurn } from '../inTurn'
import type { RecordKeeper } from '../record/record'
import type { Admission } from './admission'
import { meetingModel } from './meetingModel'
import { hasAccount, participantModel, stateOf, type StoredParticipant } from './participantModel'
import type { Participants } from './participants'
import type { TellPerson } from './tellPerson'

/** Somebody who leads a meeting, or led it. */
export interface Led {
  participantId: string
  since: Date
}

/** Who changes who leads, as the record tells it. */
export interface By {
  actor: Actor
  familyId: string
}

interface Needs {
  db: Connection
  clock: Clock
  participants: Participants
  admission: Admission
  record: RecordKeeper
  tellPerson: TellPerson
  /** Tells every page of the meeting. */
  meetingChanged(meetingId: string): Promise<unknown>
}

export type Leading = ReturnType<typeof createLeading>

const firstName = (name: string) => name.split(' ')[0] ?? name

/**
 * Of those who may lead a meeting, its facilitators, the one whom everybody is told: who opened it, until they hand it
 * over or are a facilitator there no more. There always is one.
 */
export function createLeading({ db, clock, participants, admission, record, tellPerson, meetingChanged }: Needs) {
  const meetings = meetingModel(db)
  const people = participantModel(db)
  const turns = inTurn()

  /** As it was said, whatever those people are now. Earlier releases did not write down who opened a meeting: they came first. */
  async function said(meetingId: string): Promise<Led[]> {
    const meeting = await meetings.findById(meetingId, { leads: 1 }).lean()
    if (!meeting) throw new PlanError('meeting/not-found')
    if (meeting.leads?.length) return meeting.leads.map(({ participantId, since }) => ({ participantId, since }))
    const opener = await people.findOne({ meetingId }).sort({ _id: 1 }).lean()
    return opener ? [{ participantId: opener._id.toHexString(), since: opener.askedAt }] : []
  }

  /** Who leads instead of somebody who is a facilitator no more: whoever has been one longest; null where nothing is to change. */
  async function nextAfter(meetingId: string, led: readonly Led[]): Promise<StoredParticipant | null> {
    const facilitators = await people.find({ meetingId, role: 'facilitator', removedAt: null }).lean()
    const inside = facilitators.filter(({ admittedAt }) => admittedAt)
    if (inside.some(({ _id }) => _id.toHexString() === led.at(-1)?.participantId)) return null
    return inside.sort((a, b) => a.admittedAt!.getTime() - b.admittedAt!.getTime())[0] ?? null
  }

  async function history(meetingId: string): Promise<Led[]> {
    const led = await said(meetingId)
    const next = await nextAfter(meetingId, led)
    return next ? [...led, { participantId: next._id.toHexString(), since: next.admittedAt! }] : led
  }

  async function write(meetingId: string, { _id, name }: StoredParticipant, by: By): Promise<void> {
    const participantId = _id.toHexString()
    const leads = [...(await said(meetingId)), { participantId, since: clock() }]
    const change = { $set: { leads, leadName: firstName(name) } }
    await meetings.updateOne({ _id: meetingId }, change, { writeConcern: DURABLE })
    record.report({ what: 'lead-changed', ...by, meetingId, about: { participantId } })
    await meetingChanged(meetingId)
  }

  async function passOn(meetingId: string, by: By): Promise<void> {
    const next = await nextAfter(meetingId, await said(meetingId))
    if (next) await write(meetingId, next, by)
  }

  return {
    /** Who led the meeting, the earliest first; the last of them leads now. */
    history,

    /** After somebody became something else in the meeting, or was taken out: it is led by a facilitator. */
    settle: (meetingId: string, by: By): Promise<void> => turns(meetingId, () => passOn(meetingId, by)),

    /**
     * Somebody inside, with an account, leads from now on. Who led before stays a facilitator.
     *
     * @param from who leads for whoever asks
     * @throws lead/changed where somebody else was faster; request/invalid for who cannot lead; participant/not-found
     */
    handOver: (meetingId: string, { from, to }: { from: string; to: string }, by: By): Promise<void> =>
      turns(meetingId, async () => {
        if ((await history(meetingId)).at(-1)?.participantId !== from) throw new PlanError('lead/changed')
        const person = await participants.findIn(meetingId, to)
        if (stateOf(person) !== 'admitted') throw new PlanError('participant/not-found')
        if (person.hidden || !hasAccount(person)) throw new PlanError('request/invalid')
        if (person.role !== 'facilitator')
          tellPerson(meetingId, await admission.admit(meetingId, to, { role: 'facilitator' }))
        await write(meetingId, person, by)
        // They may have been taken out meanwhile.
        await passOn(meetingId, by)
      }),
  }
}
