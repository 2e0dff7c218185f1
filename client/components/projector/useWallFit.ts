import { nextTick, onMounted, onScopeDispose, ref, watch, type Ref } from 'vue'

interface InView {
  panel: string | null
  /** The line that must be seen. */
  line: string | null
}

const bottomOf = (element: Element) => element.getBoundingClientRect().bottom

/** Scrolls the columns so that a line is seen: from the head of its column where that is enough, else to its end. */
function showLine(columns: HTMLElement, line: HTMLElement | null): void {
  columns.scrollTop = 0
  if (!line || bottomOf(line) <= bottomOf(columns)) return
  const top = columns.getBoundingClientRect().top
  columns.scrollTop = (line.closest('.wall-column') ?? line).getBoundingClientRect().top - top
  columns.scrollTop += Math.max(0, bottomOf(line) - bottomOf(columns))
}

/** Takes away what would be cut in the middle of its words, but never the line that is being written. */
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
 * Finds out whether the panels fit on the wall. Nobody scrolls a wall, and words are never made smaller: what does not
 * fit gives way to the panel, and within it to the line, in which somebody writes.
 *
 * @param wall the element that holds the panels, each a child of it with its id in `data-panel`
 * @param changed what to look at again after
 * @returns how many lines of the panel in view are not to be seen
 */
export function useWallFit(wall: Ref<HTMLElement | null>, changed: () => unknown, current: () => InView): Ref<number> {
  const hidden = ref(0)

  function measure(): void {
    const element = wall.value
    if (!element) return
    const panels = [...element.querySelectorAll<HTMLElement>('[data-panel]')]
    for (const panel of panels) panel.hidden = false
    for (const cut of element.querySelectorAll('.wall-cut')) cut.classList.remove('wall-cut')
    element.classList.remove('wall-one')
    hidden.value = 0
    if (element.scrollHeight <= element.clientHeight + 1) return
    element.classList.add('wall-one')
    const shown = panels.find(({ dataset }) => dataset['panel'] === current().panel) ?? panels[0]
    for (const panel of panels) panel.hidden = panel !== shown
    const columns = shown?.querySelector<HTMLElement>('.wall-columns')
    if (!columns) return
    const written = columns.querySelector<HTMLElement>(`[data-item="${current().line}"]`)
    showLine(columns, written)
    hidden.value = hideCut(columns, written)
  }

  watch([changed, () => current().panel, () => current().line], () => void nextTick(measure))
  const observer = new ResizeObserver(measure)
  onMounted(() => wall.value && observer.observe(wall.value))
  onScopeDispose(() => observer.disconnect())
  void document.fonts?.ready.then(measure)
  return hidden
}
