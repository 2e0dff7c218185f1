import { onBeforeUnmount, onMounted } from 'vue'

/** A page nobody asks about. `replace` leaves no way back to this page by the Back button. */
const ELSEWHERE = 'https://www.weather.gov'
/** Three presses of Shift within this time mean it; typing capital letters does not. */
const PRESSES = 3
const WITHIN_MS = 1_500

function leave(): void {
  // Covered first: the other page may take seconds on a bad line.
  document.documentElement.classList.add('left')
  document.title = 'Weather'
  // Nothing may ask "are you sure?" now, not even unsaved words.
  addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), { capture: true })
  location.replace(ELSEWHERE)
}

/** The quick way out: by button, or by Shift three times with nothing pressed in between. */
export function useLeavePage(): { leave: () => void } {
  let presses: number[] = []

  function hear(event: KeyboardEvent): void {
    if (event.key !== 'Shift' || event.repeat) {
      presses = []
      return
    }
    presses = [...presses.filter((at) => event.timeStamp - at < WITHIN_MS), event.timeStamp]
    if (presses.length >= PRESSES) leave()
  }

  onMounted(() => addEventListener('keydown', hear, { capture: true }))
  onBeforeUnmount(() => removeEventListener('keydown', hear, { capture: true }))
  return { leave }
}
