import { goToItem } from '../stage/goToItem'

/** How long the room may take until its plan stands, ms; */
const PATIENCE_MS = 10_000
/** and how long more comes in above, which would push the promise out of view again. */
const SETTLE_MS = 3_000
const HANDS = ['wheel', 'pointerdown', 'keydown'] as const

/** Brings a promise into view as soon as it stands on the page that is being opened, until somebody moves there. */
export function showInPlan(promiseId: string): void {
  let over = setTimeout(rest, PATIENCE_MS)
  let found = false
  const watching = new MutationObserver(() => {
    if (!document.getElementById(`words-actions-${promiseId}-words`)) return
    if (!found) {
      found = true
      clearTimeout(over)
      over = setTimeout(rest, SETTLE_MS)
      for (const hand of HANDS) addEventListener(hand, rest)
    }
    goToItem(`actions/${promiseId}`)
  })
  watching.observe(document.body, { childList: true, subtree: true })

  function rest(): void {
    clearTimeout(over)
    watching.disconnect()
    for (const hand of HANDS) removeEventListener(hand, rest)
  }
}
