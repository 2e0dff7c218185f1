import { onScopeDispose, ref, type Ref } from 'vue'

const LOOKS_AGAIN_MS = 10_000

/** Whole minutes since a moment, kept up to date while the component lives; a clock that is slow counts none. */
export function useMinutesSince(instant: () => string | undefined): Ref<number> {
  const minutes = ref(0)
  function look(): void {
    const since = Date.parse(instant() ?? '')
    minutes.value = Number.isNaN(since) ? 0 : Math.max(0, Math.floor((Date.now() - since) / 60_000))
  }
  look()
  const timer = setInterval(look, LOOKS_AGAIN_MS)
  onScopeDispose(() => clearInterval(timer))
  return minutes
}
