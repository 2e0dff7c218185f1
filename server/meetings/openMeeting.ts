import { Types, type Connection } from 'mongoose'
import type { Body, Person } from '../../shared/api'
import { PlanError } from '../../shared/errors'
import { emptyPlan, KINDS, type Plan, type PlanItem } from '../../shared/plan'
import { type Part, PLAN_PART } from '../../shared/part'
import type { VersionPerson } from '../../shared/version'
import type { Session } from '../access/sessions'
import type { Clock } from '../Clock'
import { EVERY_MEETING_HAS, type LivePlans } from '../live/livePlans'
import type { StoredMeeting } from './meetingModel'
import type { Meetings } from './meetings'
import { holderOf, participantModel } from './participantModel'

interface Needs {
  db: Connection
  clock: Clock
  meetings: Meetings
  livePlans: LivePlans
  versions: {
    /** Keeps what was brought along as the first version of the new meeting. */
    makeFirst(
      meeting: { meetingId: string; familyId: string },
      brought: { madeBy: string; people: VersionPerson[] },
    ): Promise<void>
  }
  sealing: {
    /** What the family's sealed versions say last of a part of its plan; null when none of them has it. */
    lastOfFamily(familyId: string, part?: Part): Promise<Plan | null>
  }
  /** The gated parts of the family's plans that releases hold open now. */
  activeParts(familyId: string): Promise<Part[]>
}

export type OpenMeeting = ReturnType<typeof createOpenMeeting>

/** What is brought to the next meeting: done and withdrawn things too, closed as they are, but not what was removed. */
function standing(plan: Plan): Plan {
  const kept = KINDS.map((kind) => [kind, plan[kind].filter((item: PlanItem) => !item.removed)])
  return { ...plan, ...Object.fromEntries(kept) }
}

/** @throws request/invalid for a zone nobody knows */
function readTimeZone(timeZone: string | undefined): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone
  } catch (error) {
    throw new PlanError('request/invalid', { cause: error })
  }
}

/**
 * Opens a meeting that the person leads. The meeting itself is written last: when the server stops in between, what
 * is left behind is found by nobody, and no meeting is there that cannot be opened.
 */
export function createOpenMeeting({ db, clock, meetings, livePlans, versions, sealing, activeParts }: Needs) {
  const participants = participantModel(db)

  /**
   * What is said in private family time, or prepared, is said for one meeting. A gated part comes along for as long as
   * a release holds it open; without one it is not there, and its person reads it in the versions.
   */
  async function birthOthers(meetingId: string, familyId: string, carryOver: boolean): Promise<void> {
    for (const section of EVERY_MEETING_HAS) {
      await livePlans.birth({ section, subject: null, meetingId, familyId, plan: emptyPlan() })
    }
    for (const part of await activeParts(familyId)) {
      const brought = carryOver ? await sealing.lastOfFamily(familyId, part) : null
      await livePlans.birth({ ...part, meetingId, familyId, plan: brought ? standing(brought) : emptyPlan() })
    }
  }

  return async function openMeeting(
    words: Body<'createMeeting'>,
    person: Person,
    session: Session,
  ): Promise<StoredMeeting> {
    const { question = '', familyId, kind, title, startsAt, carryOver = true } = words
    const timeZone = readTimeZone(words.timeZone)
    const _id = new Types.ObjectId()
    const meetingId = _id.toHexString()
    const brought = carryOver ? await sealing.lastOfFamily(familyId) : null
    const plan = { ...(brought ? standing(brought) : emptyPlan()), question, questionOther: '' }
    await livePlans.birth({ ...PLAN_PART, meetingId, familyId, plan })
    await birthOthers(meetingId, familyId, carryOver)
    const lead = await participants.create({
      meetingId: _id,
      holder: holderOf(session),
      name: person.name,
      role: 'facilitator',
      language: 'en',
      askedAt: clock(),
      admittedAt: clock(),
    })
    if (brought) {
      const { name, role } = lead
      const people = [{ id: lead._id.toHexString(), name, role, agency: null }]
      await versions.makeFirst({ meetingId, familyId }, { madeBy: name, people })
    }
    return meetings.insert({
      _id,
      familyId: new Types.ObjectId(familyId),
      kind,
      title,
      startsAt: new Date(startsAt),
      timeZone,
      phase: 'open',
      sealing: null,
      sealed: null,
      leadName: person.name.split(' ')[0] ?? person.name,
      leads: [{ participantId: lead._id.toHexString(), since: clock() }],
      familyTime: null,
      nextAt: null,
      joiningOpen: true,
    })
  }
}
