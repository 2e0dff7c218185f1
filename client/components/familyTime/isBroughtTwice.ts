import type { Plan } from '../../../shared/plan'
import type { Refusal } from '../../composables/useLivePlan'

/**
 * Was nothing turned away but lines that stand in the plan under the same id, with the same words? An item comes into a
 * plan once: of two phones that bring it in the same moment the second is refused.
 */
export function isBroughtTwice({ words, stopped }: Refusal, plan: Plan | null): boolean {
  if (stopped || !plan || words.length === 0) return false
  return words.every(({ kind, id, added, texts }) => {
    const items = (plan as unknown as Record<string, unknown>)[kind]
    const there = Array.isArray(items) ? items.find((item: { id: string }) => item.id === id) : undefined
    return added && there !== undefined && Object.entries(texts).every(([field, { mine }]) => there[field] === mine)
  })
}
