import type { ActionItem } from './plan'

/** What a place is compared by; empty where nobody said where. */
export const placeKey = (where: string): string => where.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim()

/** Do both say where, and the same? */
export function isSamePlace(a: ActionItem, b: ActionItem): boolean {
  const place = placeKey(a.where)
  return place !== '' && place === placeKey(b.where)
}

/** Minutes from one to the other: none where both are in the same place, else the longer of their ways. */
export function wayBetween(a: ActionItem, b: ActionItem): number {
  if (a.travel === 0 && b.travel === 0) return 0
  return isSamePlace(a, b) ? 0 : Math.max(a.travel, b.travel)
}
