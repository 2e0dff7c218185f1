import { randomBytes } from 'node:crypto'
import { type Connection, Schema } from 'mongoose'
import { ConfigProblem } from '../config'
import { bytesOf, DURABLE } from '../durable'
import { decrypt, encrypt } from './encryption'

const KEY_BYTES = 32
const ROOT = 'root-key'
const CODES = 'recovery-codes-key'

interface RootKeysRow {
  _id: 'root'
  /** The root key, encrypted with the master key. */
  wrapped: Buffer
  /** What recovery codes are hashed under, encrypted with the root key. */
  codes: Buffer
  /** Nothing is encrypted with the master key itself any more. */
  takenOver: boolean
}

const bytes = { type: Buffer, required: true }
const schema = new Schema<RootKeysRow>(
  { _id: { type: String, required: true }, wrapped: bytes, codes: bytes, takenOver: { type: Boolean, required: true } },
  { strict: 'throw', collection: 'rootKeys', versionKey: false, writeConcern: DURABLE },
)

const rootKeys = (db: Connection) => db.model<RootKeysRow>('RootKeys', schema)

/** What encrypts all other keys of this database, and hashes its recovery codes. */
export interface RootKeys {
  root: Buffer
  codes: Buffer
}

/** What the root key encrypts; before there was one, the master key itself did. */
const WRAPPED = [
  { collection: 'familyKeys', field: 'wrapped', context: (id: string) => `family-key ${id}` },
  { collection: 'signingKeys', field: 'wrapped', context: (id: string) => `signing-key ${id}` },
  { collection: 'staff', field: 'secondFactor.secret', context: (id: string) => `second-factor ${id}` },
  { collection: 'staff', field: 'pendingSecret', context: (id: string) => `second-factor ${id}` },
] as const

interface WrappedPlace {
  /** Encrypts it with another key, where it lies. */
  write(wrapped: Buffer): Promise<unknown>
  wrapped: Uint8Array
  context: string
}

async function* wrappedPlaces(db: Connection): AsyncGenerator<WrappedPlace> {
  for (const { collection, field, context } of WRAPPED) {
    const rows = db.collection(collection)
    const [outer, inner] = field.split('.') as [string, string?]
    for await (const row of rows.find({ [field]: { $exists: true, $ne: null } })) {
      const found = inner ? row[outer][inner] : row[outer]
      yield {
        wrapped: bytesOf(found),
        context: context(String(row._id)),
        write: (wrapped) => rows.updateOne({ _id: row._id }, { $set: { [field]: wrapped } }, { writeConcern: DURABLE }),
      }
    }
  }
}

function tryDecrypt(key: Buffer, sealed: Uint8Array, context: string): Buffer | null {
  try {
    return decrypt(key, sealed, context)
  } catch {
    return null
  }
}

/** @throws ConfigProblem when none of them opens it */
function whichOpens(masterKeys: readonly Buffer[], sealed: Uint8Array, context: string): number {
  const opens = masterKeys.findIndex((masterKey) => tryDecrypt(masterKey, sealed, context) !== null)
  if (opens !== -1) return opens
  throw new ConfigProblem(
    'This master key does not open the database. If the key was changed (npm run keys -- rotate), start with the new one.',
  )
}

/** What a database without a root key begins with. */
async function firstRow(db: Connection, masterKeys: readonly Buffer[]): Promise<Omit<RootKeysRow, '_id'>> {
  let opens = 0
  // A wrong key must not become the one that holds.
  for await (const { wrapped, context } of wrappedPlaces(db)) {
    opens = whichOpens(masterKeys, wrapped, context)
    break
  }
  const masterKey = masterKeys[opens]!
  const root = randomBytes(KEY_BYTES)
  const hasCodes = await db.collection('staff').findOne({ secondFactor: { $exists: true, $ne: null } })
  // Codes that people have on paper were hashed under the master key of that time, and go on.
  const codes = hasCodes ? masterKey : randomBytes(KEY_BYTES)
  return { wrapped: encrypt(masterKey, root, ROOT), codes: encrypt(root, codes, CODES), takenOver: false }
}

/** Encrypts with the root key what the master key encrypted. Cut off, it is gone through again. */
async function takeOver(db: Connection, masterKey: Buffer, root: Buffer): Promise<void> {
  for await (const { wrapped, context, write } of wrappedPlaces(db)) {
    if (tryDecrypt(root, wrapped, context) === null) {
      await write(encrypt(root, decrypt(masterKey, wrapped, context), context))
    }
  }
  await rootKeys(db).updateOne({ _id: 'root' }, { $set: { takenOver: true } })
}

/**
 * The keys of a database. They lie in it, wrapped with the master key, so that another master key means writing one row.
 * A database from before that is taken over.
 *
 * @param masterKeys those that may hold now
 * @returns with which of them it was
 * @throws ConfigProblem when it was none
 */
export async function openRootKeys(
  db: Connection,
  masterKeys: readonly Buffer[],
): Promise<RootKeys & { openedWith: number }> {
  const model = rootKeys(db)
  // Two first starts at once: the upsert lets exactly one key win, and both read that one.
  const row =
    (await model.findById('root').lean()) ??
    (await model
      .findOneAndUpdate(
        { _id: 'root' },
        { $setOnInsert: await firstRow(db, masterKeys) },
        { upsert: true, returnDocument: 'after', writeConcern: DURABLE },
      )
      .lean())
  const wrapped = bytesOf(row.wrapped)
  const openedWith = whichOpens(masterKeys, wrapped, ROOT)
  const masterKey = masterKeys[openedWith]!
  const root = decrypt(masterKey, wrapped, ROOT)
  if (!row.takenOver) await takeOver(db, masterKey, root)
  return { root, codes: decrypt(root, bytesOf(row.codes), CODES), openedWith }
}

/**
 * From now on the master key is `next`. One write: whoever looks finds the old one or the new one whole, and doing it
 * again changes nothing. Servers that run have the root key already and notice nothing.
 *
 * @param masterKeys those that may hold now, `next` too where this was begun before
 */
export async function rotateMasterKey(db: Connection, masterKeys: readonly Buffer[], next: Buffer): Promise<void> {
  const { root } = await openRootKeys(db, masterKeys)
  await rootKeys(db).updateOne({ _id: 'root' }, { $set: { wrapped: encrypt(next, root, ROOT) } })
}
