import { rotateMasterKey } from './access/rootKeys'
import { ConfigProblem, type Config } from './config'
import { connect } from './connect'
import { startEmbeddedMongo } from './embedded-mongo/startEmbeddedMongo'
import { adoptNextKey, makeNextKey, readKeyFiles } from './keyFiles'

async function rotateIn(uri: string, masterKeys: readonly Buffer[], next: Buffer): Promise<void> {
  const db = await connect(uri)
  await rotateMasterKey(db, masterKeys, next).finally(() => db.close())
}

async function rotateGiven({ masterKey, nextMasterKey }: Config, uri: string): Promise<string> {
  if (!masterKey || !nextMasterKey || masterKey.equals(nextMasterKey)) {
    throw new ConfigProblem(
      'Set OURPLAN_MASTER_KEY to the key as it is, and OURPLAN_MASTER_KEY_NEXT to a new one:  openssl rand -base64 32',
    )
  }
  await rotateIn(uri, [masterKey, nextMasterKey], nextMasterKey)
  return 'Done. From now on start OurPlan with the new key as OURPLAN_MASTER_KEY, without OURPLAN_MASTER_KEY_NEXT.'
}

async function rotateFolder({ dataDir }: Config, uri: string): Promise<string> {
  const masterKeys = await readKeyFiles(dataDir)
  await rotateIn(uri, masterKeys, await makeNextKey(dataDir))
  return `Done. The new key is in ${await adoptNextKey(dataDir)}. Keep a copy of it.`
}

/**
 * Puts a new master key in the place of the old one. Cut off anywhere, it can be done again, and a start works with one
 * of the two keys.
 *
 * @returns what to tell whoever asked for it
 * @throws ConfigProblem with a sentence for them
 */
export async function rotateKeys(config: Config): Promise<string> {
  const rotate = config.masterKey || config.mongodbUri ? rotateGiven : rotateFolder
  if (config.mongodbUri) return rotate(config, config.mongodbUri)
  const store = await startEmbeddedMongo({ dataDir: config.dataDir, waitMs: 0 })
  return rotate(config, store.uri).finally(() => store.close())
}
