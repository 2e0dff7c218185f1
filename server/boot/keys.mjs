import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { buildIfChanged } from './build.mjs'
import { installDependencies } from './install.mjs'
import { loadSettings } from './loadSettings.mjs'
import { ROOT } from './root.mjs'
import { runEntry } from './runEntry.mjs'

/** `npm run keys -- rotate`: a new master key, with the settings that `npm start` has. */
await runEntry(async () => {
  loadSettings(join(ROOT, '.env'))
  await installDependencies()
  await buildIfChanged()
  const program = join(ROOT, 'dist/server/keys.js')
  const { status } = spawnSync(process.execPath, [program, ...process.argv.slice(2)], { cwd: ROOT, stdio: 'inherit' })
  return status ?? 1
})
