import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigProblem } from './config'

const KEY_BYTES = 32

const keyFile = (dataDir: string) => join(dataDir, 'master.key')
const nextFile = (dataDir: string) => join(dataDir, 'master.key.next')

/** What is in a file that may hold a key; null when there is none. */
async function findKey(file: string): Promise<Buffer | null> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  return text === null ? null : Buffer.from(text.trim(), 'base64')
}

/** After that the names in the folder are as they are now, also after a power cut. */
async function keepNames(dataDir: string): Promise<void> {
  const folder = await open(dataDir, 'r')
  await folder.sync().finally(() => folder.close())
}

async function makeKey(dataDir: string, file: string): Promise<Buffer> {
  const key = randomBytes(KEY_BYTES)
  // `wx`: of two that start at once, one makes the key; mode 0600 from the first byte.
  const handle = await open(file, 'wx', 0o600)
  try {
    await handle.writeFile(`${key.toString('base64')}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await keepNames(dataDir)
  return key
}

/** A next key that was not written whole wraps nothing yet. */
async function findNext(dataDir: string): Promise<Buffer | null> {
  const key = await findKey(nextFile(dataDir))
  return key?.length === KEY_BYTES ? key : null
}

/**
 * The master keys of a server that was given none: the one made in its data folder at the first start and, where changing
 * it was cut off, the next.
 */
export async function readKeyFiles(dataDir: string): Promise<[Buffer] | [Buffer, Buffer]> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const key = (await findKey(keyFile(dataDir))) ?? (await makeKey(dataDir, keyFile(dataDir)))
  if (key.length !== KEY_BYTES) throw new ConfigProblem(`${keyFile(dataDir)} is damaged: bring it back from a copy.`)
  const next = await findNext(dataDir)
  return next ? [key, next] : [key]
}

/** The next key, beside the one that holds; the same again where changing it was cut off. */
export async function makeNextKey(dataDir: string): Promise<Buffer> {
  const found = await findNext(dataDir)
  if (found) return found
  await rm(nextFile(dataDir), { force: true })
  return makeKey(dataDir, nextFile(dataDir))
}

/** Once the database is wrapped with the next key. */
export async function adoptNextKey(dataDir: string): Promise<string> {
  await rename(nextFile(dataDir), keyFile(dataDir))
  await keepNames(dataDir)
  return keyFile(dataDir)
}
