import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FROM_SOURCE, startStoreProcess } from '../support/storeProcess'
import { storeContract } from './storeContract'

storeContract('the embedded store as its own process, over TCP', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'store-'))
  const store = await startStoreProcess(dataDir, 0, FROM_SOURCE)
  const close = async () => {
    const code = await store.stop()
    await rm(dataDir, { recursive: true })
    if (code !== 0) throw new Error(`the store ended with ${code}`)
  }
  return { uri: store.uri, close }
})
