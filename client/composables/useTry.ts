import { ref, type Ref } from 'vue'

/**
 * Runs what may fail, one at a time, and keeps what went wrong for the page to say.
 *
 * @returns `attempt` answers whether it went well
 */
export function useTry(): {
  busy: Ref<boolean>
  problem: Ref<unknown>
  attempt: (act: () => Promise<unknown>) => Promise<boolean>
} {
  const busy = ref(false)
  const problem: Ref<unknown> = ref(null)

  async function attempt(act: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    problem.value = null
    try {
      await act()
      return true
    } catch (failure) {
      problem.value = failure
      return false
    } finally {
      busy.value = false
    }
  }

  return { busy, problem, attempt }
}
