/** Brings an item of the plan, `kind/id`, into view; who writes there finds its card open and no keyboard in the way. */
export function goToItem(at: string): void {
  const [kind, id] = at.split('/')
  const words = document.getElementById(`words-${kind}-${id}-words`)
  const place = words ?? document.getElementById(`hope-${id}`) ?? document.getElementById(`chapter-${kind}`)
  place?.scrollIntoView({ block: 'center' })
  place?.closest<HTMLElement>('[tabindex="-1"]')?.focus({ preventScroll: true })
}
