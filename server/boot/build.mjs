import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { BootProblem } from './BootProblem.mjs'
import { fingerprint } from './fingerprint.mjs'
import { ROOT } from './root.mjs'
import { isEntry, runEntry } from './runEntry.mjs'
import { runStep } from './runStep.mjs'
import { withLock } from './withLock.mjs'

const SOURCES = ['shared', 'server', 'client', 'package.json', 'package-lock.json', 'tsconfig.base.json']
const STAMP = '.sources'

/** The programs of the server: the name in dist/server and where each begins. */
const PROGRAMS = {
  main: 'server/main.ts',
  keys: 'server/keys.ts',
  storeWorker: 'server/embedded-mongo/storeWorker.ts',
  'embedded-mongo': 'server/embedded-mongo/main.ts',
}
const PAGES = 'client/vite.config.ts'
const LOCALES = 'client/locales'

/** Builds `dist` when a source changed since it was built; a build that was cut off left no `dist` and is done again. */
export async function buildIfChanged() {
  if (isBuilt(ROOT)) return
  // A process of its own: the bundlers' memory is given back before the app starts.
  await runStep(
    'Building the pages and the server',
    [process.execPath, fileURLToPath(import.meta.url), '--if-changed'],
    {
      cwd: ROOT,
      ifFails: 'The lines above say where.',
    },
  )
}

/**
 * True when `dist` was built from the sources as they are now.
 * @param {string} root
 */
export function isBuilt(root) {
  const stamp = join(root, 'dist', STAMP)
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(root, SOURCES)
}

/**
 * Builds into a folder aside and puts it in place whole, so nobody ever sees half a build.
 * @param {string} root
 * @param {boolean} onlyIfChanged
 */
async function build(root, onlyIfChanged) {
  await withLock(root, 'build', async () => {
    if (onlyIfChanged && isBuilt(root)) return
    requireSources(root)
    // Taken before the build: a source saved meanwhile leads to another build next time.
    const sources = fingerprint(root, SOURCES)
    const cache = join(root, 'node_modules/.cache/ourplan')
    for (const left of existsSync(cache) ? readdirSync(cache) : [])
      if (left.startsWith('build-')) rmSync(join(cache, left), { recursive: true })
    const aside = join(cache, `build-${process.pid}`)
    mkdirSync(aside, { recursive: true })
    await Promise.all([buildPages(root, join(aside, 'client')), buildPrograms(root, join(aside, 'server'))])
    cpSync(join(root, LOCALES), join(aside, 'locales'), { recursive: true })
    writeFileSync(join(aside, STAMP), sources)
    replaceFolder(join(root, 'dist'), aside)
  })
}

/** @param {string} root */
function requireSources(root) {
  const missing = [...Object.values(PROGRAMS), PAGES, LOCALES].filter((path) => !existsSync(join(root, path)))
  if (missing.length > 0)
    throw new BootProblem(`These sources are missing: ${missing.join(', ')}. Get them back with: git checkout -- .`)
}

/** @param {string} root @param {string} outDir */
async function buildPages(root, outDir) {
  const vite = await import('vite')
  await vite.build({
    configFile: join(root, PAGES),
    root: join(root, 'client'),
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true },
  })
}

/** @param {string} root @param {string} outdir */
async function buildPrograms(root, outdir) {
  const esbuild = await import('esbuild')
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: PROGRAMS,
    outdir,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
  })
}

/** @param {string} folder @param {string} replacement on the same file system */
function replaceFolder(folder, replacement) {
  const old = `${replacement}-old`
  if (existsSync(folder)) renameSync(folder, old)
  renameSync(replacement, folder)
  rmSync(old, { recursive: true, force: true })
}

if (isEntry(import.meta.url)) {
  // The pages are always those of production, whatever the tests or the shell have set.
  process.env.NODE_ENV = 'production'
  await runEntry(() => build(ROOT, process.argv.includes('--if-changed')))
}
