import type { Connection } from 'mongoose'
import { openRootKeys, type RootKeys } from './access/rootKeys'
import type { Config } from './config'
import { adoptNextKey, readKeyFiles } from './keyFiles'

type Given = Pick<Config, 'masterKey' | 'nextMasterKey' | 'dataDir'>

async function openGiven(db: Connection, masterKey: Buffer, next: Buffer | null) {
  const keys = await openRootKeys(db, next ? [masterKey, next] : [masterKey])
  if (!next) return { keys, keyNotice: null }
  const keyNotice =
    keys.openedWith === 0
      ? 'OURPLAN_MASTER_KEY opened the database. OURPLAN_MASTER_KEY_NEXT holds only after: npm run keys -- rotate'
      : 'OURPLAN_MASTER_KEY_NEXT opened the database. Make it OURPLAN_MASTER_KEY, and leave OURPLAN_MASTER_KEY_NEXT out.'
  return { keys, keyNotice }
}

/**
 * The keys of the database, opened with the master key that was given or lies in the data folder.
 *
 * @returns the keys and what to tell whoever started the server
 * @throws ConfigProblem when no master key opens them
 */
export async function openKeys(
  db: Connection,
  { masterKey, nextMasterKey, dataDir }: Given,
): Promise<{ keys: RootKeys; keyNotice: string | null }> {
  if (masterKey) return openGiven(db, masterKey, nextMasterKey)
  const keys = await openRootKeys(db, await readKeyFiles(dataDir))
  // Changing the key was cut off between the database and the file.
  if (keys.openedWith === 1) await adoptNextKey(dataDir)
  const file = `${dataDir}/master.key`
  return { keys, keyNotice: `The plans are encrypted with ${file}. Keep a copy: without it nobody can read them.` }
}
