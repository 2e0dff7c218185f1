import { mongo } from 'mongoose'

/** Acknowledged means journaled on a majority, said on every write of words. */
export const DURABLE = { w: 'majority', j: true } as const

const RETRY_MS = [100, 200, 500, 1_000, 2_000]

/** The database said nothing, so what was asked may or may not have happened. */
export function isUnanswered(error: unknown): boolean {
  return error instanceof Error && /^Mongo/.test(error.name) && !(error instanceof mongo.MongoServerError)
}

/** Asks until the database answers: for what may be asked again, and must be known before anything goes on. */
export async function untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await ask()
    } catch (error) {
      if (!isUnanswered(error)) throw error
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)]))
    }
  }
}

const DUPLICATE_KEY = 11000

/** MongoDB says: something with this unique key stands there already. */
export function isDuplicateKey(error: unknown): boolean {
  return (error as { code?: number }).code === DUPLICATE_KEY
}

/** Bytes as the driver gives them: a lean read answers with its Binary. */
export function bytesOf(value: unknown): Uint8Array {
  return value instanceof Uint8Array ? value : (value as { buffer: Uint8Array }).buffer
}
