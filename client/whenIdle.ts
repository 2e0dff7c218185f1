/**
 * Fetches what a page needs soon, when it has nothing else to do, so that it is there when the line is not. Not every
 * phone tells when it rests; there, right after the page is drawn. What cannot be fetched is asked for again when needed.
 */
export function whenIdle(fetchIt: () => Promise<unknown>): void {
  const rest = globalThis.requestIdleCallback ?? setTimeout
  rest(() => void fetchIt().catch(() => undefined))
}
