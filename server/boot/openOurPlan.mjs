import { join, resolve } from 'node:path'
import { buildIfChanged } from './build.mjs'
import { endWithNpm } from './endWithNpm.mjs'
import { installDependencies } from './install.mjs'
import { loadSettings } from './loadSettings.mjs'
import { openLog } from './openLog.mjs'
import { requireFreePort } from './requireFreePort.mjs'
import { ROOT } from './root.mjs'
import { runApp } from './runApp.mjs'

/**
 * From a fresh clone to a running OurPlan: settings, packages, build, app. Resolves to the app's exit code.
 * What could stop the app at the end is looked at first, before a minute of installing.
 */
export async function openOurPlan() {
  endWithNpm()
  loadSettings(join(ROOT, '.env'))
  await requireFreePort(process.env)
  const log = openLog(resolve(ROOT, process.env.DATA_DIR || 'data'))
  await installDependencies()
  await buildIfChanged()
  return runApp({ program: join(ROOT, 'dist/server/main.js'), cwd: ROOT, log })
}
