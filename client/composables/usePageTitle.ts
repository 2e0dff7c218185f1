import { watchEffect } from 'vue'

/** Names the page in the tab and for readers: what it is first, then the product. */
export function usePageTitle(title: () => string): void {
  watchEffect(() => {
    document.title = title() ? `${title()} · OurPlan` : 'OurPlan'
  })
}
