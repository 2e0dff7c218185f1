import { isDeepStrictEqual } from 'node:util'
import type { Connection } from 'mongoose'
import type { ClockView } from '../../shared/before'
import { localMinute } from '../../shared/localMinute'
import { holdBy, NO_FACTS, renewalOf, RuleFacts, type HoldBy, type RuleClocks } from '../../shared/ruleClocks'
import type { Visitor } from '../access/Access'
import { may } from '../access/authorize'
import type { Clock } from '../Clock'
import { factsModel, type StoredFacts } from './factsModel'

/** A meeting as far as it sets the clock of the next one. */
interface Held {
  _id: { toHexString(): string }
  kind: string
  startsAt: Date
  timeZone: string
  sealed: { at: Date } | null
}

interface Needs {
  db: Connection
  clock: Clock
  rules: RuleClocks
  meetings: {
    read(meetingId: string): Promise<Held>
    list(filter: { familyId: string }): Promise<Held[]>
  }
  /** Meetings of the family in which the viewer is or was inside, by id. */
  wereIn(viewer: Visitor): Promise<Set<string>>
}

export type Clocks = ReturnType<typeof createClocks>

/** By when meetings have to be held, from what is known of why. */
export function createClocks({ db, clock, rules, meetings, wereIn }: Needs) {
  const rows = factsModel(db)

  async function factsOf(meetingId: string): Promise<RuleFacts> {
    const last = await rows.findOne({ meetingId }).sort({ at: -1, _id: -1 }).lean<StoredFacts>()
    return last ? RuleFacts.parse(JSON.parse(last.facts)) : NO_FACTS
  }

  /** From the last plan of this kind that was sealed before. Who was not there does not learn that there was one. */
  async function renewal(viewer: Visitor, { kind, startsAt }: Held): Promise<HoldBy | null> {
    const earlier = (await meetings.list({ familyId: viewer.familyId })).filter(
      (one) => one.kind === kind && one.startsAt < startsAt && one.sealed,
    )
    if (earlier.length === 0) return null
    const known = viewer.standing === 'facilitator' ? null : await wereIn(viewer)
    const [last] = earlier.filter(({ _id }) => known?.has(_id.toHexString()) ?? true)
    return last ? renewalOf(kind, localMinute(last.sealed!.at, last.timeZone).slice(0, 10), rules) : null
  }

  return {
    rules,

    /** What is known already is not written again. */
    async setFacts({ meetingId, familyId }: { meetingId: string; familyId: string }, facts: RuleFacts): Promise<void> {
      if (isDeepStrictEqual(await factsOf(meetingId), facts)) return
      await rows.create({ meetingId, familyId, facts: JSON.stringify(facts), at: clock() })
    },

    async view(viewer: Visitor): Promise<ClockView> {
      const { meetingId } = viewer
      const [facts, meeting] = await Promise.all([factsOf(meetingId), meetings.read(meetingId)])
      const again = await renewal(viewer, meeting)
      const leads = may({ ...viewer, phase: 'open' }, 'meeting:schedule')
      return { facts: leads ? facts : null, holdBy: holdBy(facts, rules, again), renewal: again }
    },
  }
}
