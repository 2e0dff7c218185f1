import type { Connection, Query, Schema, Types } from 'mongoose'
import { PlanError } from '../../shared/errors'
import type { FamilyKeys } from './familyKeys'

/** What encrypted words begin with. Nobody can type it (`line` refuses it), so plain words never look like this. */
const MARK = '\u0001'

type Row = { _id: Types.ObjectId } & { [field: string]: unknown }

interface Encrypted {
  fields: readonly string[]
  /** Whose key it is. */
  familyOf(row: Row, db: Connection): Promise<string>
}

const schemas = new WeakMap<Schema, Encrypted>()
const keysOf = new WeakMap<Connection, FamilyKeys>()

/** From now on words of rows on this connection are encrypted with these keys. */
export function useFamilyKeys(db: Connection, keys: FamilyKeys): void {
  keysOf.set(db, keys)
}

const isPlain = (value: unknown): value is string => typeof value === 'string' && value !== '' && value[0] !== MARK
const contextOf = (field: string, id: Types.ObjectId) => `words ${field} ${id.toHexString()}`

/** The family stands in front, in clear: a row is read by one question, whatever was asked of it. */
async function seal(db: Connection, familyId: string, row: Row, field: string, words: string): Promise<string> {
  const bytes = await keysOf.get(db)!.seal(familyId, Buffer.from(words), contextOf(field, row._id))
  return `${MARK}${familyId}.${bytes.toString('base64')}`
}

/** Words whose key was destroyed are empty. */
async function open(db: Connection, row: Row, field: string, sealed: string): Promise<string> {
  const [familyId, bytes] = sealed.slice(1).split('.') as [string, string]
  try {
    const plain = await keysOf.get(db)!.open(familyId, Buffer.from(bytes, 'base64'), contextOf(field, row._id))
    return plain.toString()
  } catch (error) {
    if (error instanceof PlanError && error.code === 'family/not-found') return ''
    throw error
  }
}

async function openRow(db: Connection, row: Row | null, fields: readonly string[]): Promise<void> {
  for (const field of fields) {
    const value = row?.[field]
    if (row && typeof value === 'string' && value.startsWith(MARK)) row[field] = await open(db, row, field, value)
  }
}

/** Encrypts what an update sets, for the one row that it is about. */
async function sealUpdate(query: Query<unknown, Row>, { fields, familyOf }: Encrypted): Promise<void> {
  const values = (query.getUpdate() as { $set?: Record<string, unknown> } | null)?.$set ?? {}
  const plain = fields.filter((field) => isPlain(values[field]))
  if (plain.length === 0) return
  const row = await query.model.findOne(query.getFilter()).lean<Row>()
  // This row and no other: one that fits only now would get words for which it has no key.
  query.where({ _id: row?._id ?? null })
  if (!row) return
  const { db } = query.model as unknown as { db: Connection }
  for (const field of plain) {
    values[field] = await seal(db, await familyOf(row, db), row, field, String(values[field]))
  }
}

/**
 * Keeps these fields encrypted with their family's key: written by `create`, `save` and updates of one row, read by
 * every kind of find. Who uses the model sees the words.
 */
export function encryptWords<T>(
  schema: Schema<T>,
  fields: readonly (keyof T & string)[],
  familyOf: Encrypted['familyOf'],
): void {
  const encrypted = { fields, familyOf }
  const hooks = schema as unknown as Schema
  schemas.set(hooks, encrypted)
  hooks.pre('save', async function () {
    const row = this as unknown as Row
    for (const field of fields) {
      const value = this.get(field)
      if (isPlain(value)) this.set(field, await seal(this.db, await familyOf(row, this.db), row, field, value))
    }
  })
  hooks.post('save', async function () {
    await openRow(this.db, this as unknown as Row, fields)
  })
  hooks.pre(['updateOne', 'findOneAndUpdate'], function () {
    return sealUpdate(this as unknown as Query<unknown, Row>, encrypted)
  })
  hooks.post(['find', 'findOne', 'findOneAndUpdate'], async function (found: Row | Row[] | null) {
    const { db } = (this as unknown as { model: { db: Connection } }).model
    for (const row of Array.isArray(found) ? found : [found]) await openRow(db, row, fields)
  })
}

/** At a start: encrypts the words that earlier releases wrote in clear. Cut off, it is done by the next start. */
export async function encryptPlainWords(db: Connection): Promise<void> {
  for (const name of db.modelNames()) {
    const model = db.model(name)
    const encrypted = schemas.get(model.schema as unknown as Schema)
    for (const field of encrypted?.fields ?? []) {
      const plain = { [field]: { $type: 'string', $not: /^(\u0001|$)/ } }
      for await (const row of model.collection.find<Row>(plain)) {
        const words = String(row[field])
        const familyId = await encrypted!.familyOf(row, db)
        const sealed = await seal(db, familyId, row, field, words)
        await model.collection.updateOne({ _id: row._id, [field]: words }, { $set: { [field]: sealed } })
      }
    }
  }
}
