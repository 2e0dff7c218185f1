import { shallowRef, watch, type Ref } from 'vue'
import { diffPlans, headingsOf } from '../../shared/diffPlans'
import type { Comparison } from '../../shared/version'
import { call } from '../api'
import { useTry } from './useTry'

/** In the place of a version's id: the plan as it is now. */
export const NOW = 'now'

export type Compared = Pick<Comparison, 'diff' | 'headings' | 'changedBy'>

/** A version beside the live plan of a meeting. */
async function compareWithNow(meetingId: string, versionId: string): Promise<Compared> {
  const params = { meetingId }
  const [from, plan, { items }] = await Promise.all([
    call('readVersion', { params: { versionId } }),
    call('readPlan', { params }),
    call('readHistory', { params }),
  ])
  const diff = diffPlans(from.plan, plan)
  const changedBy: Compared['changedBy'] = {}
  for (const [place, entries] of Object.entries(items)) {
    // All that was written in this meeting is news to a version of an earlier one.
    const isNews = (at: string) => from.meetingId !== meetingId || at > from.madeAt
    const last = entries.filter(({ who, at }) => who && isNews(at)).at(-1)
    if (last) changedBy[place] = { who: last.who, at: last.at }
  }
  return { diff, headings: headingsOf(diff, from.plan, plan), changedBy }
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
