import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigProblem } from './config'

const KEY_BYTES = 32

/** The key kept in the data folder; null when there is none. */
async function findKey(file: string): Promise<Buffer | null> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (text === null) return null
  const key = Buffer.from(text.trim(), 'base64')
  if (key.length !== KEY_BYTES) throw new ConfigProblem(`${file} is damaged: bring it back from a copy.`)
  return key
}

async function makeKey(file: string): Promise<Buffer> {
  const key = randomBytes(KEY_BYTES)
  // `wx`: of two that start at once, one makes the key; mode 0600 from the first byte.
  const handle = await open(file, 'wx', 0o600)
  try {
    await handle.writeFile(`${key.toString('base64')}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  return key
}

/**
 * The master key of a server that was given none: made in its data folder at the first start.
 *
 * @returns the key and what to tell whoever started the server
 */
export async function readMasterKey(dataDir: string): Promise<{ masterKey: Buffer; keyNotice: string }> {
  const file = join(dataDir, 'master.key')
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const masterKey = (await findKey(file)) ?? (await makeKey(file))
  return { masterKey, keyNotice: `The plans are encrypted with ${file}. Keep a copy: without it nobody can read them.` }
}
