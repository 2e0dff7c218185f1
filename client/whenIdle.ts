/** Resolves when the page has nothing else to do. Not every phone tells when it rests; there, right after it is drawn. */
export const idle = () => new Promise<unknown>((resolve) => (globalThis.requestIdleCallback ?? setTimeout)(resolve))

/**
 * Fetches what a page needs soon, when it has nothing else to do, so that it is there when the line is not. What cannot
 * be fetched is asked for again when needed.
 */
export const whenIdle = (fetchIt: () => Promise<unknown>): void =>
  void idle()
    .then(fetchIt)
    .catch(() => undefined)
