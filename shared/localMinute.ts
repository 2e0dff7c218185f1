const DAY_MS = 24 * 60 * 60_000

/** What a clock in this zone shows: `2027-06-10T17:00`. */
export function localMinute(at: Date, timeZone: string): string {
  const two = { month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const
  const format = new Intl.DateTimeFormat('en-US', { timeZone, year: 'numeric', ...two, hourCycle: 'h23' })
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
  return `${part['year']}-${part['month']}-${part['day']}T${part['hour']}:${part['minute']}`
}

/**
 * The moment at which a clock in this zone shows `local` (the first, where it does so twice); null for a day that does
 * not exist, and for an hour that the clock leaves out.
 */
export function momentOf(local: string, timeZone: string): Date | null {
  const asUtc = Date.parse(`${local}:00Z`)
  if (Number.isNaN(asUtc)) return null
  // Zones are up to 14 hours away; how far this one is may differ on both sides of a change of the clock.
  const days = [-1, 1].map((day) => new Date(asUtc + day * DAY_MS))
  const offsets = days.map((at) => Date.parse(`${localMinute(at, timeZone)}:00Z`) - +at)
  const moments = offsets.map((offset) => new Date(asUtc - offset)).sort((a, b) => +a - +b)
  return moments.find((at) => localMinute(at, timeZone) === local) ?? null
}
