import { createHash, randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const BEAT_MS = 2_000
const DEAD_AFTER_MS = 60_000
const LOOK_EVERY_MS = 100

/**
 * Does `work` while no other process of this machine does it for the same folder, and waits for its turn.
 * The lock lies outside the project, because `npm ci` empties node_modules. A lock whose owner died is taken over.
 * @template T
 * @param {string} root
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(root, name, work) {
  const path = lockPath(root, name)
  const mine = `${process.pid} ${randomUUID()}`
  while (!take(path, mine)) {
    if (isDead(path)) takeAway(path)
    else await delay(LOOK_EVERY_MS)
  }
  const beat = setInterval(() => utimesSync(path, new Date(), new Date()), BEAT_MS)
  const release = () => rmSync(path, { force: true })
  process.once('exit', release)
  try {
    return await work()
  } finally {
    clearInterval(beat)
    process.off('exit', release)
    release()
  }
}

/**
 * @param {string} root
 * @param {string} name
 */
export function lockPath(root, name) {
  const folder = createHash('sha256').update(root).digest('hex').slice(0, 16)
  return join(tmpdir(), `ourplan-${folder}-${name}.lock`)
}

/** @param {string} path @param {string} mine */
function take(path, mine) {
  try {
    writeFileSync(path, mine, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false
    throw error
  }
}

/** @param {string} path */
function isDead(path) {
  const lock = statSync(path, { throwIfNoEntry: false })
  if (!lock) return false
  if (Date.now() - lock.mtimeMs > DEAD_AFTER_MS) return true
  const pid = Number(read(path).split(' ')[0])
  // An empty file was made this very moment; its owner is about to write its number.
  return pid > 0 && !isRunning(pid)
}

/**
 * Removes a dead owner's lock. Two waiters may do so at once, and the slower one must not remove the faster one's new
 * lock: it looks at what it took, and puts a living one back.
 * @param {string} path
 */
function takeAway(path) {
  const aside = `${path}.${process.pid}`
  try {
    renameSync(path, aside)
    if (!isDead(aside)) linkSync(aside, path)
  } catch {
    // Somebody else was faster; the next look tells.
  }
  rmSync(aside, { force: true })
}

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}
