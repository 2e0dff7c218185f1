import canonicalize from 'canonicalize'
import { createHash } from 'node:crypto'
import type { Connection } from 'mongoose'
import type { SigningKey } from '../access/signingKey'
import type { Clock } from '../Clock'
import { recordModel } from './recordModel'

interface Needs {
  db: Connection
  clock: Clock
  signingKey(): Promise<SigningKey>
}

/** How far a chain goes. */
interface Reached {
  chain: string
  count: number
  hash: string
}

const line = (value: unknown) => `${JSON.stringify(value)}\n`

/**
 * The record as lines of JSON that anybody can check without this server: what it is, one line an entry, chain after
 * chain, and last how far each chain goes, signed, so that what is left out at an end shows.
 */
export function createExportRecord({ db, clock, signingKey }: Needs) {
  const model = recordModel(db)

  /** @param chain one chain; all when left out */
  return async function* exportRecord(chain?: string): AsyncGenerator<string> {
    const { sign, view } = await signingKey()
    const format = 'ourplan-record-export-1'
    const exportedAt = clock().toISOString()
    yield line({ format, exportedAt, keys: { [view.fingerprint]: view.publicKey } })
    const chains: Reached[] = []
    const rows = model
      .find(chain ? { chain } : {})
      .sort({ chain: 1, seq: 1 })
      .lean()
      .cursor()
    for await (const row of rows) {
      yield line({ entry: JSON.parse(row.entry), hash: row.hash })
      if (chains.at(-1)?.chain !== row.chain) chains.push({ chain: row.chain, count: 0, hash: '' })
      Object.assign(chains.at(-1)!, { count: row.seq, hash: row.hash })
    }
    const claimed = createHash('sha256').update(canonicalize({ exportedAt, chains })!).digest('hex')
    yield line({ end: { chains, key: view.fingerprint, signature: sign(`${format}:${claimed}`) } })
  }
}
