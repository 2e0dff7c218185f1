import { randomBytes } from 'node:crypto'
import { mkdtemp, realpath, rm, rmdir, symlink } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { AREA, areaKey, type Keyspace } from './Keyspace'

// A data folder has one owner. The owner listens on a socket that lies in the folder and is named in the store; who
// else wants the folder connects to it. The kernel closes the socket with the process, however the process ends, so a
// dead owner never blocks and a living one is never mistaken, even in another container. The name is changed inside
// a commit, which LMDB grants to one process at a time: of two that find an owner dead, one becomes the next.

const OWNER = areaKey(AREA.meta, 1)

type Owner = { pid: number; socket: string; privateDir: string }
export type Waiting = { keyspace: Keyspace; dataDir: string; onWaiting: (pid: number) => void; waitMs: number }
/** `privateDir`: a short path of our own (mode 0700), as the paths of sockets may have about 100 bytes. */
export type Folder = { privateDir: string; release(): Promise<void> }

export async function takeFolder({ keyspace, dataDir, onWaiting, waitMs }: Waiting): Promise<Folder> {
  const privateDir = await mkdtemp(join(shortTmpdir(), DIR_PREFIX))
  const me = { pid: process.pid, socket: `owner-${randomBytes(8).toString('hex')}.sock`, privateDir }
  const inFolder = (name: string) => socketPath(privateDir, name)
  await symlink(await realpath(dataDir), join(privateDir, 'data'), 'junction')
  const hangUp = await listen(inFolder(me.socket))
  const release = async () => {
    hangUp()
    await removePrivateDir(privateDir)
  }
  try {
    await waitForTurn(keyspace, me, inFolder, { onWaiting, waitMs })
  } catch (error) {
    await release()
    throw error
  }
  return { privateDir, release }
}

type Patience = { onWaiting: (pid: number) => void; waitMs: number }

async function waitForTurn(keyspace: Keyspace, me: Owner, inFolder: (name: string) => string, patience: Patience) {
  const deadline = Date.now() + patience.waitMs
  let told = false
  for (;;) {
    const owner = readOwner(keyspace)
    const line = owner ? await callOwner(inFolder(owner.socket)) : null
    if (!line) {
      if (becomeOwner(keyspace, owner, me)) return cleanUpAfter(owner, inFolder)
      continue
    }
    if (!told) patience.onWaiting(owner!.pid)
    told = true
    const hungUp = await closesBefore(line, deadline)
    if (!hungUp) throw new Error(inUse(owner!.pid))
  }
}

function inUse(pid: number): string {
  return `the data folder is in use by process ${pid}: stop that process, or choose another folder with DATA_DIR`
}

function readOwner(keyspace: Keyspace): Owner | null {
  keyspace.refresh()
  const bytes = keyspace.get(OWNER)
  return bytes ? (JSON.parse(bytes.toString()) as Owner) : null
}

function becomeOwner(keyspace: Keyspace, expected: Owner | null, me: Owner): boolean {
  return keyspace.commit(() => {
    if (readOwner(keyspace)?.socket !== expected?.socket) return false
    keyspace.put(OWNER, Buffer.from(JSON.stringify(me)))
    return true
  })
}

async function cleanUpAfter(owner: Owner | null, inFolder: (name: string) => string): Promise<void> {
  if (!owner) return
  if (process.platform !== 'win32') await rm(inFolder(owner.socket), { force: true })
  if (basename(owner.privateDir).startsWith(DIR_PREFIX)) await removePrivateDir(owner.privateDir)
}

/** Only what we put there: the path may come out of a data folder that has been copied from elsewhere. */
async function removePrivateDir(privateDir: string): Promise<void> {
  for (const name of ['data', 'db.sock']) await rm(join(privateDir, name), { force: true })
  await rmdir(privateDir).catch(() => undefined)
}

/** A line to the owner, or null when nobody is there any more. */
function callOwner(path: string): Promise<Socket | null> {
  return new Promise((resolve) => {
    const line = connect(path)
    line.once('connect', () => resolve(line))
    line.once('error', () => resolve(null))
  })
}

/** The line closes when the owner ends. */
function closesBefore(line: Socket, deadline: number): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (hungUp: boolean) => {
      clearTimeout(timer)
      line.destroy()
      resolve(hungUp)
    }
    const timer = setTimeout(() => settle(false), deadline - Date.now())
    line.on('error', () => settle(true))
    line.on('close', () => settle(true))
    line.resume()
  })
}

/** Listens until the returned function is called; keeps every line open until then. */
async function listen(path: string): Promise<() => void> {
  const lines = new Set<Socket>()
  const server = createServer((line) => {
    lines.add(line)
    line.on('error', () => line.destroy())
    line.on('close', () => lines.delete(line))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, resolve)
  })
  return () => {
    server.close()
    for (const line of lines) line.destroy()
  }
}

function socketPath(privateDir: string, name: string): string {
  return process.platform === 'win32' ? `\\\\.\\pipe\\ourplan-${name}` : join(privateDir, 'data', name)
}

const DIR_PREFIX = 'ourplan-'
const LONGEST_TMPDIR = 50

function shortTmpdir(): string {
  return process.platform !== 'win32' && tmpdir().length > LONGEST_TMPDIR ? '/tmp' : tmpdir()
}
