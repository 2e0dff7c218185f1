import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { BootProblem } from './BootProblem.mjs'
import { buildIfChanged } from './build.mjs'
import { endWithNpm } from './endWithNpm.mjs'
import { installDependencies } from './install.mjs'
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

/**
 * Settings already in the environment win over the file.
 * @param {string} path
 */
function loadSettings(path) {
  if (!existsSync(path)) return
  try {
    process.loadEnvFile(path)
  } catch (error) {
    throw new BootProblem(`The settings in ${path} cannot be read: ${/** @type {Error} */ (error).message}`)
  }
}
