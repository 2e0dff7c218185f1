import { chmod, mkdir } from 'node:fs/promises'
import { type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Catalog } from './Catalog'
import { Cursors } from './Cursors'
import { GroupCommit } from './GroupCommit'
import { Keyspace } from './Keyspace'
import { serveSockets, type Address } from './serveSockets'
import { sweepExpired } from './sweepExpired'
import { takeFolder } from './takeFolder'

export type StoreOptions = {
  dataDir: string
  /** Without an address: a unix socket that only this user can reach. */
  address?: { host: string; port: number }
  onWaiting: (pid: number) => void
  waitMs: number
}
export type OpenStore = { uri: string; close(): Promise<void> }

/** Opens a data folder, once no other process has it, and serves it. */
export async function openStore({ dataDir, address, onWaiting, waitMs }: StoreOptions): Promise<OpenStore> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const keyspace = new Keyspace(dataDir)
  const folder = await takeFolder({ keyspace, dataDir, onWaiting, waitMs }).catch(async (error: unknown) => {
    await keyspace.close()
    throw error
  })
  for (const file of ['data.mdb', 'lock.mdb']) await chmod(join(dataDir, file), 0o600)
  const store = { keyspace, catalog: new Catalog(keyspace), cursors: new Cursors() }
  const commits = new GroupCommit(store)
  const { server, close } = await serveSockets(store, commits, address ?? privateAddress(folder.privateDir))
  const stopSweeping = sweepExpired(store, commits)
  return {
    uri: uriOf(server.address() as AddressInfo | string),
    async close() {
      stopSweeping()
      await close()
      await commits.run(() => undefined) // whatever has been accepted is written before the file is closed
      await keyspace.close()
      await folder.release()
    },
  }
}

function privateAddress(privateDir: string): Address {
  if (process.platform === 'win32') return { host: '127.0.0.1', port: 0 }
  return { path: join(privateDir, 'db.sock') }
}

/** The driver is to talk to this one address and look for no others: the store is a replica set of one. */
function uriOf(address: AddressInfo | string): string {
  const host = typeof address === 'string' ? encodeURIComponent(address) : hostAndPort(address)
  return `mongodb://${host}/ourplan?directConnection=true`
}

function hostAndPort({ address, family, port }: AddressInfo): string {
  return family === 'IPv6' ? `[${address}]:${port}` : `${address}:${port}`
}
