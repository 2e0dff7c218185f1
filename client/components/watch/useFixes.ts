import { nextTick } from 'vue'
import type { CountInstead } from '../../../shared/countInstead'
import type { Duplicate } from '../../../shared/duplicates'
import { AGENCIES } from '../../../shared/meeting'
import { choose } from '../../../shared/plan'
import { fieldId } from '../plan/usePlanBoard'
import type { Watching } from '../plan/useWatching'

/** What can be done about a clash or a double with one press; each is an edit of the plan like any other. */
export function useFixes({ plan, doc, asked }: Watching) {
  /** The class counts for the agency that asks for the other, which pauses on that day. */
  function count({ kept, counts, paused, days }: CountInstead): void {
    doc.value?.transact(() => {
      choose(doc.value!, 'actions', kept.id, { counts })
      choose(doc.value!, 'actions', paused.id, { days })
    })
  }

  function countBoth({ first, columns: [, column] }: Duplicate): void {
    const action = plan.value?.actions.find(({ id }) => id === first)
    if (!action || !doc.value) return
    const chosen = [...action.counts.split(' '), column]
    choose(doc.value, 'actions', first, { counts: AGENCIES.filter((one) => chosen.includes(one)).join(' ') })
  }

  /** Leads to the times of a promise. */
  async function askForTimes(id: string): Promise<void> {
    asked.value = id
    await nextTick()
    document.getElementById(fieldId(`actions/${id}/words`))?.focus()
  }

  return { count, countBoth, askForTimes }
}
