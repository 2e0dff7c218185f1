import { onScopeDispose, ref, type Ref } from 'vue'
import { usePlanBoard } from './usePlanBoard'

/** Somebody whose keys rest so long is not writing any more, though the caret still stands there; in milliseconds. */
const RESTS = 60_000

/** Tells the others that this person writes in a field, from coming into it until leaving it or resting long. */
export function useWriting(address: () => string): { here: Ref<boolean>; enter(): void; write(): void; leave(): void } {
  const { live } = usePlanBoard()
  const here = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  function write(): void {
    live.setAt(address())
    clearTimeout(timer)
    timer = setTimeout(() => live.setAt(null), RESTS)
  }

  function enter(): void {
    here.value = true
    write()
  }

  function leave(): void {
    if (!here.value) return
    here.value = false
    clearTimeout(timer)
    live.setAt(null)
  }

  onScopeDispose(leave)
  return { here, enter, write, leave }
}
