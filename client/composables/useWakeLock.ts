import { onScopeDispose } from 'vue'

/** Keeps the screen on while the component lives, where the browser can (not on plain http). */
export function useWakeLock(): void {
  if (!('wakeLock' in navigator)) return
  let lock: WakeLockSentinel | null = null
  let gone = false

  // Browsers take the lock back when the page is hidden.
  async function take(): Promise<void> {
    if (document.hidden) return
    lock = await navigator.wakeLock.request('screen').catch(() => null)
    if (gone) await lock?.release()
  }

  void take()
  document.addEventListener('visibilitychange', take)
  onScopeDispose(() => {
    gone = true
    document.removeEventListener('visibilitychange', take)
    void lock?.release()
  })
}
