import { shallowRef, watch, type Ref } from 'vue'
import { diffPlans, headingsOf } from '../../shared/diffPlans'
import { isGated, partKey } from '../../shared/part'
import type { Comparison, Version, VersionPart } from '../../shared/version'
import { call } from '../api'
import { useTry } from './useTry'

/** In the place of a version's id: the plan as it is now. */
export const NOW = 'now'

/** What changed in the plan, or in one other part of it. */
export type Difference = Pick<Comparison, 'diff' | 'headings' | 'changedBy'>
export type Compared = Difference & Pick<Comparison, 'parts' | 'commitments'>

/** A version beside what is live in a meeting now: the plan, or another part of it. */
async function differenceToNow(meetingId: string, from: Version, part?: VersionPart): Promise<Difference> {
  const asked = { params: { meetingId }, query: part ? { part: partKey(part) } : {} }
  const [plan, { items }] = await Promise.all([call('readPlan', asked), call('readHistory', asked)])
  const before = (part ?? from).plan
  const diff = diffPlans(before, plan)
  const changedBy: Difference['changedBy'] = {}
  for (const [place, entries] of Object.entries(items)) {
    // All that was written in this meeting is news to a version of an earlier one.
    const isNews = (at: string) => from.meetingId !== meetingId || at > from.madeAt
    const last = entries.filter(({ who, at }) => who && isNews(at)).at(-1)
    if (last) changedBy[place] = { who: last.who, at: last.at }
  }
  return { diff, headings: headingsOf(diff, before, plan), changedBy }
}

/** A version, with those gated parts of it that its reader may read, beside what they say now. */
async function compareWithNow(meetingId: string, versionId: string): Promise<Compared> {
  const from = await call('readVersion', { params: { versionId } })
  const gated = from.parts.filter(({ section, removed }) => isGated(section) && !removed)
  const parts = gated.map(async (part) => {
    const { plan: _plan, removed: _removed, ...about } = part
    return { ...about, ...(await differenceToNow(meetingId, from, part)) }
  })
  const params = { meetingId }
  const [{ positions, settled }, { answers }, { rounds }] = await Promise.all([
    call('readDecision', { params }),
    call('readPromises', { params }),
    call('readScale', { params }),
  ])
  const decision = positions && { positions, settled }
  // Who keeps what is said, and who takes care of a child, is read in a version, and not compared.
  const to = { decision, promises: answers, scales: rounds, confidence: [], relative: null }
  const commitments = { from: from.commitments, to }
  return { ...(await differenceToNow(meetingId, from)), commitments, parts: await Promise.all(parts) }
}

/** What changed from one version to another, or to now; asked anew when the choice changes. */
export function useComparison(meetingId: string, chosen: Ref<{ from: string; to: string } | null>) {
  const compared = shallowRef<Compared | null>(null)
  const { problem, attempt } = useTry()

  async function load(): Promise<void> {
    const asked = chosen.value
    compared.value = null
    if (!asked) return
    await attempt(async () => {
      const { from, to } = asked
      const answer =
        to === NOW
          ? await compareWithNow(meetingId, from)
          : await call('compareVersions', { params: { versionId: to }, query: { from } })
      if (chosen.value?.from === from && chosen.value.to === to) compared.value = answer
    })
    // Somebody chose on while this one was on its way.
    if (chosen.value && (chosen.value.from !== asked.from || chosen.value.to !== asked.to)) await load()
  }

  watch(() => `${chosen.value?.from} ${chosen.value?.to}`, load, { immediate: true })
  return { compared, problem, load }
}
