import mongoose, { type Connection } from 'mongoose'
import { refuseClosedLines } from './refuseClosedLines'

/** How long a database may be away before a question to it fails, ms. */
const SELECTION_MS = 5_000
/**
 * How long the driver waits for a line to the database that was cut while it asked whether it is there, ms. Its own
 * 30 s would leave everybody at "not saved yet" for that long.
 */
const CONNECT_MS = 5_000

/**
 * A connection whose writes are acknowledged when a majority has them in the journal: the default of a standalone
 * server would acknowledge from memory.
 */
export function connect(uri: string): Promise<Connection> {
  refuseClosedLines()
  return mongoose
    .createConnection(uri, {
      writeConcern: { w: 'majority', journal: true },
      autoIndex: false,
      autoCreate: false,
      serverSelectionTimeoutMS: SELECTION_MS,
      connectTimeoutMS: CONNECT_MS,
    })
    .asPromise()
}
