import { goToItem } from '../stage/goToItem'

/** How long the room may take until its plan stands, ms. */
const PATIENCE_MS = 10_000

/** Brings a promise into view as soon as it stands on the page that is being opened. */
export function showInPlan(promiseId: string): void {
  const look = () => {
    if (!document.getElementById(`words-actions-${promiseId}-words`)) return
    rest()
    goToItem(`actions/${promiseId}`)
  }
  const watching = new MutationObserver(look)
  const late = setTimeout(() => watching.disconnect(), PATIENCE_MS)
  function rest(): void {
    watching.disconnect()
    clearTimeout(late)
  }
  watching.observe(document.body, { childList: true, subtree: true })
}
