import type { PlanItem } from '../../../shared/plan'

/** One field of an item of any kind as text; empty where its kind has no such field, or nothing was chosen. */
export function fieldText(item: PlanItem | null, field: string): string {
  const value = (item as unknown as Record<string, unknown> | null)?.[field]
  return String(value ?? '').trim()
}
