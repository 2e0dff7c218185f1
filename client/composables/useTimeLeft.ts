import { onScopeDispose, ref, type Ref } from 'vue'
import type { HeardRunning } from '../stores/meeting'

const LOOKS_AGAIN_MS = 500

/**
 * What is left of a stage by the server’s clock, ms, kept up to date while the component lives; less than nothing where
 * it is over, null where no clock was started. The time of day of this device is not asked: only how long ago it heard.
 */
export function useTimeLeft(running: () => HeardRunning | null): Ref<number | null> {
  const left = ref<number | null>(null)
  function look(): void {
    const { endsAt, leftMs, toldAt, heardAt } = running() ?? { endsAt: null, leftMs: null, toldAt: '', heardAt: 0 }
    const whenTold = endsAt === null ? null : Date.parse(endsAt) - Date.parse(toldAt)
    left.value = whenTold === null ? leftMs : whenTold - (performance.now() - heardAt)
  }
  look()
  const timer = setInterval(look, LOOKS_AGAIN_MS)
  onScopeDispose(() => clearInterval(timer))
  return left
}
