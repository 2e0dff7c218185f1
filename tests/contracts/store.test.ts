import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedMongo } from '../../server/embedded-mongo/startEmbeddedMongo'
import { storeContract } from './storeContract'

const given = process.env.MONGODB_URI

if (given) {
  storeContract('the database at MONGODB_URI', async () => ({
    uri: given,
    close: async () => undefined,
  }))
} else {
  storeContract('the embedded store in its thread', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'store-'))
    const store = await startEmbeddedMongo({ dataDir })
    const close = async () => {
      await store.close()
      await rm(dataDir, { recursive: true })
    }
    return { uri: store.uri, close }
  })
}
