/** Acknowledged means journaled on a majority, said on every write of words. */
export const DURABLE = { w: 'majority', j: true } as const

const DUPLICATE_KEY = 11000

/** MongoDB says: something with this unique key stands there already. */
export function isDuplicateKey(error: unknown): boolean {
  return (error as { code?: number }).code === DUPLICATE_KEY
}

/** Bytes as the driver gives them: a lean read answers with its Binary. */
export function bytesOf(value: unknown): Uint8Array {
  return value instanceof Uint8Array ? value : (value as { buffer: Uint8Array }).buffer
}
