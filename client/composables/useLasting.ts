import { onScopeDispose, readonly, ref, watch, type Ref } from 'vue'

/** True once `now` has been true for `ms` on end: what passes quickly is not worth a word. */
export function useLasting(now: () => boolean, ms: number): Readonly<Ref<boolean>> {
  const lasting = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(
    now,
    (is) => {
      clearTimeout(timer)
      if (is) timer = setTimeout(() => (lasting.value = true), ms)
      else lasting.value = false
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))
  return readonly(lasting)
}
