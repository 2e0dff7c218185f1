export type WhoIsHere = ReturnType<typeof createWhoIsHere>

/** Which participants have a page of their meeting open, counted in pages. */
export function createWhoIsHere() {
  const pages = new Map<string, number>()
  return {
    isHere: (participantId: string): boolean => pages.has(participantId),

    opened(participantId: string): void {
      pages.set(participantId, (pages.get(participantId) ?? 0) + 1)
    },

    closed(participantId: string): void {
      const left = (pages.get(participantId) ?? 0) - 1
      if (left > 0) pages.set(participantId, left)
      else pages.delete(participantId)
    },
  }
}
