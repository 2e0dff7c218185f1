import type { Commitments } from '../../shared/commitments'
import { diffPlans, headingsOf } from '../../shared/diffPlans'
import type { Meeting } from '../../shared/meeting'
import { isGated, type Part, partKey, PLAN_PART } from '../../shared/part'
import { emptyPlan, type Plan } from '../../shared/plan'
import type { PlanDiff } from '../../shared/planDiff'
import type { Comparison, FamilyVersion, VersionPart } from '../../shared/version'
import type { Visitor } from '../access/Access'
import { seenSince } from '../access/seenSince'
import type { LivePlans } from '../live/livePlans'
import { mayReadIn } from './mayReadIn'
import type { Versions } from './versions'

interface Needs {
  versions: Versions
  livePlans: LivePlans
  showMeeting(meetingId: string): Promise<Meeting>
  /** What everybody is called who is or was in a meeting, by participant id. */
  namesIn(meetingId: string, viewer: Visitor): Promise<Map<string, string>>
}

/** All that was written in the later of two meetings is news to the earlier. */
const EVER = new Date(0)

export type CompareVersions = ReturnType<typeof createCompareVersions>

/** The places of a plan where something happened that people see. */
function placesOf({ texts, items }: PlanDiff): Set<string> {
  const seen = items.filter(({ what }) => what.length > 0)
  return new Set([...texts.map(({ root }) => root), ...seen.map(({ kind, id }) => `${kind}/${id}`)])
}

/** A version, and as whom somebody reads it. */
interface Asked {
  versionId: string
  reader: Visitor
}

interface Side {
  version: FamilyVersion
  plan: Plan
  parts: VersionPart[]
  commitments: Commitments
  reader: Visitor
}

const isThere = ({ version, reader }: Side, part: Part) => mayReadIn(reader, new Date(version.madeAt), part)

/** The other parts that may be read in both. What is said for one meeting has nothing before it in another. */
function partsOfBoth(from: Side, to: Side): VersionPart[] {
  const byKey = new Map([...from.parts, ...to.parts].map((part) => [partKey(part), part]))
  const gone = new Set([...from.parts, ...to.parts].filter(({ removed }) => removed).map(partKey))
  const sameMeeting = from.version.meetingId === to.version.meetingId
  return [...byKey.values()].filter((part) => {
    if (gone.has(partKey(part)) || !(sameMeeting || isGated(part.section))) return false
    return isThere(from, part) && isThere(to, part)
  })
}

const planOf = ({ parts }: Side, part: Part) => parts.find((one) => partKey(one) === partKey(part))?.plan ?? emptyPlan()

/** Two versions side by side, in whichever order they were made. */
export function createCompareVersions({ versions, livePlans, showMeeting, namesIn }: Needs) {
  async function read({ versionId, reader }: Asked): Promise<Side> {
    const {
      plan,
      parts,
      commitments,
      people: _people,
      removed: _removed,
      ...summary
    } = await versions.read(versionId, reader)
    return { plan, parts, commitments, reader, version: { ...summary, meeting: await showMeeting(summary.meetingId) } }
  }

  /** Who touched these places of a part last in a meeting, after one moment and until another. */
  async function whoTouched(places: Set<string>, part: Part, { version, reader }: Side, after: Date, until: Date) {
    const last = new Map<string, { who: string; at: Date }>()
    const { meetingId } = version
    const [events, names] = await Promise.all([livePlans.history(meetingId, part), namesIn(meetingId, reader)])
    const since = seenSince(reader, part)
    for (const event of events) {
      const who = names.get(event.actor)
      const isOutside = event.until <= after || event.at > until || event.at < since
      if (!who || !places.has(event.place) || isOutside) continue
      const at = event.until < until ? event.until : until
      if (at >= (last.get(event.place)?.at ?? after)) last.set(event.place, { who, at })
    }
    return last
  }

  /** Who touched these places last between two versions: people, not what the server carried over. */
  async function whoChanged(places: Set<string>, part: Part, from: Side, to: Side) {
    // Nobody changed anything from a later version to an earlier one. Ids tell which came first, whatever the clock said.
    if (places.size === 0 || from.version.id >= to.version.id) return []
    const [after, until] = [new Date(from.version.madeAt), new Date(to.version.madeAt)]
    if (from.version.meetingId === to.version.meetingId) return [...(await whoTouched(places, part, to, after, until))]
    const ofVersion = (side: Side) =>
      part.section === 'plan' || side.parts.some((one) => partKey(one) === partKey(part))
    const [there, here] = await Promise.all([
      ofVersion(from) ? whoTouched(places, part, from, after, until) : [],
      ofVersion(to) ? whoTouched(places, part, to, EVER, until) : [],
    ])
    return [...there, ...here]
  }

  async function differenceOf(part: Part, before: Plan, after: Plan, from: Side, to: Side) {
    const diff = diffPlans(before, after)
    const last = await whoChanged(placesOf(diff), part, from, to)
    return {
      diff,
      headings: headingsOf(diff, before, after),
      changedBy: Object.fromEntries(last.map(([place, { who, at }]) => [place, { who, at: at.toISOString() }])),
    }
  }

  /** @throws version/not-found */
  return async (asked: Asked, askedTo: Asked): Promise<Comparison> => {
    const [from, to] = await Promise.all([read(asked), read(askedTo)])
    const parts = partsOfBoth(from, to).map(async ({ plan: _plan, removed: _removed, ...part }) => ({
      ...part,
      ...(await differenceOf(part, planOf(from, part), planOf(to, part), from, to)),
    }))
    return {
      from: from.version,
      to: to.version,
      ...(await differenceOf(PLAN_PART, from.plan, to.plan, from, to)),
      commitments: { from: from.commitments, to: to.commitments },
      parts: await Promise.all(parts),
    }
  }
}
