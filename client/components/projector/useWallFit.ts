import { nextTick, onMounted, onScopeDispose, ref, watch, type Ref } from 'vue'

interface InView {
  goal: string | null
  /** The promise that must be seen. */
  action: string | null
}

const bottomOf = (element: Element) => element.getBoundingClientRect().bottom

/** Scrolls the columns so that a promise is seen: from the head of its column where that is enough, else to its end. */
function showAction(columns: HTMLElement, action: HTMLElement | null): void {
  columns.scrollTop = 0
  if (!action || bottomOf(action) <= bottomOf(columns)) return
  const top = columns.getBoundingClientRect().top
  columns.scrollTop = (action.closest('.wall-column') ?? action).getBoundingClientRect().top - top
  columns.scrollTop += Math.max(0, bottomOf(action) - bottomOf(columns))
}

/** Takes away what would be cut in the middle of its words, but never the promise that is being written. */
function hideCut(columns: HTMLElement, written: HTMLElement | null): number {
  const { top, bottom } = columns.getBoundingClientRect()
  const cut = [...columns.querySelectorAll<HTMLElement>('.wall-column, .wall-action')].filter((element) => {
    if (element.contains(written)) return false
    const box = element.getBoundingClientRect()
    const first = element.querySelector('.wall-action') ?? element
    return box.top < top - 1 || first.getBoundingClientRect().bottom > bottom + 1
  })
  for (const element of cut) element.classList.add('wall-cut')
  return columns.querySelectorAll('.wall-action.wall-cut, .wall-cut .wall-action').length
}

/**
 * Finds out whether the goals fit on the wall. Nobody scrolls a wall, and words are never made smaller: what does not
 * fit gives way to the goal, and within it to the promise, in which somebody writes.
 *
 * @param wall the element that holds the goals, each a child of it with its id in `data-goal`
 * @param changed what to look at again after
 * @returns how many promises of the goal in view are not to be seen
 */
export function useWallFit(wall: Ref<HTMLElement | null>, changed: () => unknown, current: () => InView): Ref<number> {
  const hidden = ref(0)

  function measure(): void {
    const element = wall.value
    if (!element) return
    const goals = [...element.querySelectorAll<HTMLElement>('[data-goal]')]
    for (const goal of goals) goal.hidden = false
    for (const cut of element.querySelectorAll('.wall-cut')) cut.classList.remove('wall-cut')
    element.classList.remove('wall-one')
    hidden.value = 0
    if (element.scrollHeight <= element.clientHeight + 1) return
    element.classList.add('wall-one')
    const shown = goals.find(({ dataset }) => dataset['goal'] === current().goal) ?? goals[0]
    for (const goal of goals) goal.hidden = goal !== shown
    const columns = shown?.querySelector<HTMLElement>('.wall-columns')
    if (!columns) return
    const written = columns.querySelector<HTMLElement>(`[data-action="${current().action}"]`)
    showAction(columns, written)
    hidden.value = hideCut(columns, written)
  }

  watch([changed, () => current().goal, () => current().action], () => void nextTick(measure))
  const observer = new ResizeObserver(measure)
  onMounted(() => wall.value && observer.observe(wall.value))
  onScopeDispose(() => observer.disconnect())
  void document.fonts?.ready.then(measure)
  return hidden
}
