/**
 * A token bucket: how much one person may send. Per person and never per address: twelve phones in a meeting
 * room share one.
 *
 * @param perSecond what flows in
 * @param most what it holds, the largest burst
 * @param now milliseconds
 */
export function createBudget(perSecond: number, most: number, now: () => number): (cost: number) => boolean {
  let left = most
  let last = now()
  return (cost) => {
    const at = now()
    left = Math.min(most, left + ((at - last) / 1000) * perSecond)
    last = at
    if (cost > left) return false
    left -= cost
    return true
  }
}
