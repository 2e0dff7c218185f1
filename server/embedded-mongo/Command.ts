import { type Catalog } from './Catalog'
import { type Cursors } from './Cursors'
import { type Keyspace } from './Keyspace'
import { StoreError } from './StoreError'
import { asString, type Doc } from './values'

export type Store = { keyspace: Keyspace; catalog: Catalog; cursors: Cursors }

/** One request: the command's name is the first field of its body, its target usually that field's value. */
export type Request = { db: string; name: string; body: Doc }

/** An answer as a document, or already encoded where it carries stored documents byte for byte. */
export type Reply = Doc | Buffer

export type Command = {
  /** Which fields the command may have beside its own name; any other is refused. */
  fields: string[]
  /** Runs inside a commit, together with whatever else waits to be written. */
  writes?: boolean
  /** With a txnNumber it is answered exactly once. */
  retryable?: boolean
  run(store: Store, request: Request): Reply
}

/** The collection a command names. */
export function target({ name, body }: Request): string {
  const target = asString(body[name], name)
  if (target === '') throw new StoreError('InvalidNamespace', `${name}: the collection has no name`)
  return target
}
