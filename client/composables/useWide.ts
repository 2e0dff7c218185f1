import { onScopeDispose, ref, type Ref } from 'vue'

/** Is there room for columns side by side (a laptop, not a phone)? The same width as `lg:` in the styles. */
export function useWide(): Ref<boolean> {
  const query = matchMedia('(min-width: 64rem)')
  const wide = ref(query.matches)
  const hear = () => (wide.value = query.matches)
  query.addEventListener('change', hear)
  onScopeDispose(() => query.removeEventListener('change', hear))
  return wide
}
