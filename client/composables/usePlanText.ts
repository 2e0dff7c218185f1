import { onScopeDispose, watch } from 'vue'
import type * as Y from 'yjs'
import { TextBinding, type TextBindingOptions, type TextFieldElement } from './TextBinding'

/**
 * Binds a field to words of the plan for as long as the component lives.
 *
 * @param field the textarea or input, once it is there
 * @param text its words; another `Y.Text` when the document was opened afresh
 */
export function usePlanText(
  field: () => TextFieldElement | null | undefined,
  text: () => Y.Text | undefined,
  options: TextBindingOptions = {},
): void {
  let binding: TextBinding | null = null
  const unbind = () => {
    binding?.destroy()
    binding = null
  }
  watch(
    [field, text] as const,
    ([element, words]) => {
      unbind()
      if (element && words) binding = new TextBinding(element, words, options)
    },
    { immediate: true, flush: 'post' },
  )
  onScopeDispose(unbind)
}
