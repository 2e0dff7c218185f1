import { coverPage } from './leavePage'

/** How long after an answer that did not come it is asked again, ms. */
const ASK_AGAIN_MS = 2_000

/** Would closing this page now lose words? Whoever warns before that answers here too. */
export function hasUnsavedWords(): boolean {
  return !dispatchEvent(new Event('beforeunload', { cancelable: true }))
}

/** What pages keep in the browser. Browsers do it themselves when asked over https; on plain http nobody else does. */
async function clearStorage(): Promise<void> {
  const databases = (await indexedDB.databases?.()) ?? []
  for (const { name } of databases) if (name) indexedDB.deleteDatabase(name)
  if ('caches' in window) for (const name of await caches.keys()) await caches.delete(name)
  const workers = (await navigator.serviceWorker?.getRegistrations()) ?? []
  for (const worker of workers) await worker.unregister()
}

/** Ends the session; without a line again and again, until it is over. */
async function endSession(): Promise<void> {
  for (;;) {
    const answer = await fetch('/lock', { method: 'POST', redirect: 'manual' }).catch(() => null)
    if (answer && (answer.type === 'opaqueredirect' || answer.ok)) return
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS))
  }
}

/**
 * Locks a shared phone: clears the screen at once, then what this browser keeps of us, then the session on the server.
 *
 * @param noLine shown while the server cannot be told
 */
export async function lockPhone(noLine: string, language: string): Promise<void> {
  coverPage()
  document.title = 'OurPlan'
  try {
    localStorage.clear()
    sessionStorage.clear()
    await clearStorage()
  } catch {
    // A browser that keeps nothing may refuse to be asked.
  }
  const waiting = setTimeout(() => {
    const note = document.createElement('p')
    note.textContent = noLine
    note.className = 'p-4'
    document.body.replaceChildren(note)
    document.documentElement.classList.remove('left')
  }, ASK_AGAIN_MS)
  await endSession()
  clearTimeout(waiting)
  location.replace(`/locked?lang=${language}`)
}
