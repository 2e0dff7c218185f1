import { diffPlans, headingsOf } from '../../shared/diffPlans'
import type { Meeting } from '../../shared/meeting'
import type { PlanDiff } from '../../shared/planDiff'
import type { Comparison, VersionSummary } from '../../shared/version'
import type { LivePlans } from '../live/livePlans'
import type { Versions } from './versions'

interface Needs {
  versions: Versions
  livePlans: LivePlans
  showMeeting(meetingId: string): Promise<Meeting>
  /** What everybody is called who is or was in a meeting, by participant id. */
  namesIn(meetingId: string): Promise<Map<string, string>>
}

/** All that was written in the later of two meetings is news to the earlier. */
const EVER = new Date(0)

export type CompareVersions = ReturnType<typeof createCompareVersions>

/** The places of a plan where something happened that people see. */
function placesOf({ texts, items }: PlanDiff): Set<string> {
  const seen = items.filter(({ what }) => what.length > 0)
  return new Set([...texts.map(({ root }) => root), ...seen.map(({ kind, id }) => `${kind}/${id}`)])
}

/** Two versions side by side, in whichever order they were made. */
export function createCompareVersions({ versions, livePlans, showMeeting, namesIn }: Needs) {
  async function read(versionId: string) {
    const { plan, people: _people, ...summary } = await versions.read(versionId)
    return { plan, version: { ...summary, meeting: await showMeeting(summary.meetingId) } }
  }

  /** Who touched these places of a meeting's plan last, after one moment and until another. */
  async function whoTouched(places: Set<string>, meetingId: string, after: Date, until: Date) {
    const last = new Map<string, { who: string; at: Date }>()
    const [events, names] = await Promise.all([livePlans.history(meetingId), namesIn(meetingId)])
    for (const event of events) {
      const who = names.get(event.actor)
      if (!who || !places.has(event.place) || event.until <= after || event.at > until) continue
      const at = event.until < until ? event.until : until
      if (at >= (last.get(event.place)?.at ?? after)) last.set(event.place, { who, at })
    }
    return last
  }

  /** Who touched these places last between two versions: people, not what the server carried over. */
  async function whoChanged(places: Set<string>, from: VersionSummary, to: VersionSummary) {
    // Nobody changed anything from a later version to an earlier one. Ids tell which came first, whatever the clock said.
    if (places.size === 0 || from.id >= to.id) return []
    const [after, until] = [new Date(from.madeAt), new Date(to.madeAt)]
    if (from.meetingId === to.meetingId) return [...(await whoTouched(places, to.meetingId, after, until))]
    const [there, here] = await Promise.all([
      whoTouched(places, from.meetingId, after, until),
      whoTouched(places, to.meetingId, EVER, until),
    ])
    return [...there, ...here]
  }

  /** @throws version/not-found */
  return async (fromId: string, toId: string): Promise<Comparison> => {
    const [from, to] = await Promise.all([read(fromId), read(toId)])
    const diff = diffPlans(from.plan, to.plan)
    const last = await whoChanged(placesOf(diff), from.version, to.version)
    return {
      from: from.version,
      to: to.version,
      diff,
      headings: headingsOf(diff, from.plan, to.plan),
      changedBy: Object.fromEntries(last.map(([place, { who, at }]) => [place, { who, at: at.toISOString() }])),
    }
  }
}
