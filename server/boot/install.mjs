import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { BootProblem } from './BootProblem.mjs'
import { fingerprint } from './fingerprint.mjs'
import { ROOT } from './root.mjs'
import { isEntry, runEntry } from './runEntry.mjs'
import { runStep } from './runStep.mjs'
import { withLock } from './withLock.mjs'

/**
 * Installs the packages of the lockfile, unless exactly these are there already.
 * The stamp is written last, so an install that was cut off is done again.
 * @param {string} [root]
 */
export async function installDependencies(root = ROOT) {
  if (isInstalled(root)) return
  await withLock(root, 'install', async () => {
    if (isInstalled(root)) return
    requireWritable(root)
    await runStep(
      'Installing packages (about a minute on a first start)',
      [...npm(), 'ci', '--include=dev', '--no-progress'],
      {
        cwd: root,
        ifFails: 'Check the connection to the npm registry (npm ping), then run the same command again.',
      },
    )
    writeStamp(root)
  })
}

/**
 * True when the installed packages are those of the lockfile: by our stamp, or by npm's own list, which npm writes when
 * an install is complete (so whoever ran `npm ci` by hand does not wait again).
 * @param {string} root
 */
export function isInstalled(root) {
  if (readIfThere(stampPath(root)) === stamp(root)) return true
  const wanted = readIfThere(join(root, 'package-lock.json'))
  const installed = readIfThere(join(root, 'node_modules/.package-lock.json'))
  if (!wanted || !installed || !holdsAll(JSON.parse(wanted), JSON.parse(installed))) return false
  writeStamp(root)
  return true
}

/** @typedef {{ packages: Record<string, { version?: string, integrity?: string, optional?: boolean }> }} Lockfile */

/**
 * @param {Lockfile} wanted
 * @param {Lockfile} installed
 */
function holdsAll(wanted, installed) {
  return Object.entries(wanted.packages).every(([path, entry]) => {
    if (path === '') return true
    const there = installed.packages[path]
    // Optional packages are binaries for other machines.
    return there ? there.version === entry.version && there.integrity === entry.integrity : entry.optional === true
  })
}

/** @param {string} root */
const stampPath = (root) => join(root, 'node_modules/.cache/ourplan/installed')

/**
 * Binaries differ by system, so a folder shared between two systems is installed again on each.
 * @param {string} root
 */
const stamp = (root) => `${process.platform}-${process.arch} ${fingerprint(root, ['package-lock.json'])}`

/** @param {string} root */
function writeStamp(root) {
  mkdirSync(dirname(stampPath(root)), { recursive: true })
  writeFileSync(stampPath(root), stamp(root))
}

/** @param {string} path */
function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

/** npm as the program that runs us, where it does; npm is a script that Windows cannot start without a shell. */
const npm = () => (process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'])

/** @param {string} root */
function requireWritable(root) {
  try {
    accessSync(root, constants.W_OK)
  } catch {
    throw new BootProblem(
      `The folder ${root} cannot be written to, so packages cannot be installed. Give yourself the right to write there, or clone OurPlan into a folder of your own.`,
    )
  }
}

if (isEntry(import.meta.url)) await runEntry(() => installDependencies())
