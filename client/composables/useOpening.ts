import { nextTick, ref, type Ref, type ShallowRef } from 'vue'

/** A form that stands in the place of the button that opens it: closed again, the focus is back on the button. */
export function useOpening(button: Readonly<ShallowRef<HTMLElement | null>>): {
  isOpen: Ref<boolean>
  close: () => Promise<void>
} {
  const isOpen = ref(false)
  async function close(): Promise<void> {
    isOpen.value = false
    await nextTick()
    button.value?.focus()
  }
  return { isOpen, close }
}
