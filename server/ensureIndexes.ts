import type { Connection } from 'mongoose'

/** Makes the indexes of every model that has been made on this connection: the unique ones are promises, not tuning. */
export async function ensureIndexes(db: Connection): Promise<void> {
  for (const name of db.modelNames()) await db.model(name).createIndexes()
}
