import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { BootProblem } from '../boot/BootProblem.mjs'
import { isInstalled } from '../boot/install.mjs'
import { ROOT } from '../boot/root.mjs'
import { runEntry } from '../boot/runEntry.mjs'

/** `npm run -s policy`: who may do what, as JSON; with `--table` as the table of SECURITY.md. */
await runEntry(async () => {
  const install = fileURLToPath(new URL('../boot/install.mjs', import.meta.url))
  // What is said meanwhile goes to standard error: standard output is the policy alone, for programs to read.
  if (!isInstalled(ROOT) && spawnSync(process.execPath, [install], { stdio: ['ignore', 2, 2] }).status !== 0) {
    throw new BootProblem('The packages could not be installed.')
  }
  const print = fileURLToPath(new URL('printPolicy.ts', import.meta.url))
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', print, ...process.argv.slice(2)], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  return status ?? 1
})
