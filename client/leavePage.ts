/** A page nobody asks about. `replace` leaves no way back to this page by the Back button. */
const ELSEWHERE = 'https://www.weather.gov'
/** Three presses of Shift within this time mean it; typing capital letters does not. */
const PRESSES = 3
const WITHIN_MS = 1_500

/** Covers the page before anything else is done, and asks nothing more. */
export function coverPage(): void {
  document.documentElement.classList.add('left')
  document.title = 'Weather'
  // Nothing may ask "are you sure?" now, not even unsaved words.
  addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), { capture: true })
}

/** The quick way out. */
export function leavePage(): void {
  // Covered first: the other page may take seconds on a bad line.
  coverPage()
  location.replace(ELSEWHERE)
}

/** From now on Shift three times, with nothing pressed in between, leaves whatever page this is, or a dialog over it. */
export function hearWayOut(): void {
  let presses: number[] = []
  function hear(event: KeyboardEvent): void {
    if (event.key !== 'Shift' || event.repeat) {
      presses = []
      return
    }
    presses = [...presses.filter((at) => event.timeStamp - at < WITHIN_MS), event.timeStamp]
    if (presses.length >= PRESSES) leavePage()
  }
  addEventListener('keydown', hear, { capture: true })
  // A page that was left or locked does not come back out of the browser's memory.
  addEventListener('pageshow', (event) => event.persisted && location.reload())
}
