import { onScopeDispose, ref, watch, type Ref } from 'vue'
import type { Plan } from '../../../shared/plan'
import type { Presence } from '../../../shared/planFrames'
import { changedPanels, panelAt, panelsOf } from './wallPanels'

/** A panel on which nothing was written for so long may give way to another, in milliseconds. */
const QUIET = 8_000

/** Until somebody writes, the wall shows the heart of the plan. */
function firstOf(plan: Plan): string | null {
  const panels = panelsOf(plan)
  return panels.find((panel) => plan.goals.some(({ id }) => id === panel)) ?? panels[0] ?? null
}

/**
 * The panel to show: a goal by its id, or another chapter; where somebody writes. It stays while there is writing on
 * it, so that two people in two chapters do not make the wall jump. Where who leads brings everybody, it goes at once.
 *
 * @param led the panel that who leads brings everybody to
 */
export function usePanelInView(
  plan: Ref<Plan | null>,
  others: Ref<Presence[]>,
  led: Ref<string | null>,
): Ref<string | null> {
  const inView = ref<string | null>(null)
  let lastChange = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  function suggest(panel: string | null): void {
    if (!plan.value || !panel || !panelsOf(plan.value).includes(panel)) return
    const now = Date.now()
    if (panel === inView.value) lastChange = now
    else if (inView.value === null || now - lastChange >= QUIET) {
      inView.value = panel
      lastChange = now
    } else {
      clearTimeout(timer)
      timer = setTimeout(() => suggest(panel), lastChange + QUIET - now)
    }
  }

  watch(plan, (after, before) => {
    if (!after) return
    if (inView.value === null || !panelsOf(after).includes(inView.value)) {
      inView.value = firstOf(after)
      lastChange = 0
    }
    if (before) for (const panel of changedPanels(before, after)) suggest(panel)
  })
  watch(others, (now) => {
    const writing = now.map(({ at }) => plan.value && panelAt(plan.value, at))
    if (!writing.includes(inView.value)) suggest(writing.find(Boolean) ?? null)
  })
  watch(led, (panel) => {
    if (!panel || !plan.value || !panelsOf(plan.value).includes(panel)) return
    clearTimeout(timer)
    inView.value = panel
    lastChange = Date.now()
  })
  onScopeDispose(() => clearTimeout(timer))
  return inView
}
