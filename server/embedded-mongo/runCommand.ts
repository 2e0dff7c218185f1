import { answerOnce } from './answerOnce'
import { type Command, type Reply, type Request, type Store } from './Command'
import { aggregation } from './commands/aggregation'
import { handshake } from './commands/handshake'
import { reads } from './commands/reads'
import { schema } from './commands/schema'
import { writes } from './commands/writes'
import { type GroupCommit } from './GroupCommit'
import { refuseUnknownFields } from './refuseUnknownFields'
import { StoreError } from './StoreError'
import { asDoc, asString, encode, type Doc } from './values'

const COMMANDS = new Map(Object.entries({ ...handshake, ...reads, ...aggregation, ...writes, ...schema }))

/** What the driver adds to any command. */
const COMMON = ['$db', 'lsid', '$clusterTime', '$readPreference', 'readConcern', 'writeConcern', 'maxTimeMS', 'comment']

/** Answers one command. Every failure becomes an answer too, in the shape drivers know. */
export async function runCommand(store: Store, commits: GroupCommit, body: Doc): Promise<Buffer> {
  try {
    const name = Object.keys(body)[0] ?? ''
    const command = COMMANDS.get(name)
    if (!command) throw new StoreError('CommandNotFound', `no such command: '${name}'`)
    const request = { db: asString(body.$db, '$db'), name, body }
    check(command, request)
    const reply = command.writes ? await commits.run(() => write(store, command, request)) : command.run(store, request)
    return Buffer.isBuffer(reply) ? reply : encode(reply)
  } catch (error) {
    return encode(failure(error))
  }
}

function write(store: Store, command: Command, request: Request): Reply {
  if (!('txnNumber' in request.body)) return command.run(store, request)
  return answerOnce(store.keyspace, request.body, () => command.run(store, request) as Doc)
}

function check(command: Command, { name, body }: Request): void {
  if ('startTransaction' in body || 'autocommit' in body) {
    throw new StoreError('OperationNotSupportedInTransaction', 'transactions of several commands are not known here')
  }
  refuseUnknownFields(name, body, [name, ...COMMON, ...(command.retryable ? ['txnNumber'] : []), ...command.fields])
  const { level, ...rest } = asDoc(body.readConcern ?? {}, 'readConcern')
  if (level !== undefined && !['local', 'available', 'majority', 'linearizable'].includes(level as string)) {
    throw new StoreError('InvalidOptions', `readConcern '${level}' is not known here`)
  }
  refuseUnknownFields('readConcern', rest, ['afterClusterTime'])
  refuseUnknownFields('writeConcern', asDoc(body.writeConcern ?? {}, 'writeConcern'), ['w', 'j', 'wtimeout', 'fsync'])
}

function failure(error: unknown): Doc {
  if (error instanceof StoreError) {
    return { ok: 0, errmsg: error.message, code: error.code, codeName: error.codeName, ...error.details }
  }
  console.error('embedded-mongo: a command failed', error)
  return { ok: 0, errmsg: `the store failed: ${(error as Error).message}`, code: 1, codeName: 'InternalError' }
}
