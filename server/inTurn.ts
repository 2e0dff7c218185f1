/** Runs what concerns one meeting one after the other, in the order asked; a failure stops nobody behind it. */
export function inTurn() {
  const last = new Map<string, Promise<unknown>>()

  return async function take<T>(meetingId: string, work: () => Promise<T>): Promise<T> {
    const before = last.get(meetingId) ?? Promise.resolve()
    const mine = before.catch(() => undefined).then(work)
    last.set(meetingId, mine)
    try {
      return await mine
    } finally {
      if (last.get(meetingId) === mine) last.delete(meetingId)
    }
  }
}
