import { nextTick, onMounted, onScopeDispose, ref, watch, type Ref } from 'vue'

interface WallFit {
  /** Not everything fits: one goal at a time. */
  oneGoal: Ref<boolean>
  /** Promises that still do not fit below. */
  hidden: Ref<number>
}

/**
 * Finds out whether the goals fit on the wall. Nobody scrolls a wall, and words are never made smaller: what does not
 * fit gives way to the goal, and within it to the promise, in which somebody writes.
 *
 * @param wall the element that holds the goals, each a child of it
 * @param changed what to look at again after
 * @param current the goal to show, and the promise in it that must be seen
 */
export function useWallFit(
  wall: Ref<HTMLElement | null>,
  changed: () => unknown,
  current: () => { goal: string | null; action: string | null },
): WallFit {
  const oneGoal = ref(false)
  const hidden = ref(0)

  function measure(): void {
    const element = wall.value
    if (!element) return
    const goals = [...element.children] as HTMLElement[]
    for (const goal of goals) goal.hidden = false
    oneGoal.value = element.scrollHeight > element.clientHeight + 1 && goals.length > 1
    if (oneGoal.value) for (const goal of goals) goal.hidden = goal.dataset['goal'] !== current().goal
    const written = element.querySelector<HTMLElement>(`[data-action="${current().action}"]`)
    const bottom = () => element.getBoundingClientRect().bottom
    if (written) written.scrollIntoView({ block: 'nearest' })
    const actions = [...element.querySelectorAll<HTMLElement>('[data-action]')]
    hidden.value = actions.filter((action) => action.getBoundingClientRect().bottom > bottom() + 1).length
  }

  watch([changed, () => current().goal, () => current().action], () => void nextTick(measure), { deep: false })
  const observer = new ResizeObserver(measure)
  onMounted(() => wall.value && observer.observe(wall.value))
  onScopeDispose(() => observer.disconnect())
  void document.fonts?.ready.then(measure)
  return { oneGoal, hidden }
}
