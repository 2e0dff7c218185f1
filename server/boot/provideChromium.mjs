import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { BootProblem } from './BootProblem.mjs'
import { ROOT } from './root.mjs'
import { runStep } from './runStep.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const WELL_KNOWN = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']

/**
 * The browser for the journeys: the one that is there, or on a Debian-like system where we are root, a freshly installed
 * one. Without a browser the tests fail, saying what to do; they never leave the journeys out.
 * @param {{ env?: NodeJS.ProcessEnv, uid?: number, system?: string }} [where] system: 'debian' or anything else
 * @returns {Promise<string>} the path of the program
 */
export async function provideChromium({ env = process.env, uid = process.getuid?.(), system = whichSystem() } = {}) {
  const found = findChromium(env)
  if (found) return found
  if (system !== 'debian' || uid !== 0) throw new BootProblem(howToInstall(system))
  const ifFails = 'Install Chromium by hand (apt-get install chromium), then run the same command again.'
  const aptEnv = { ...env, DEBIAN_FRONTEND: 'noninteractive' }
  await runStep('Asking Debian for its packages', ['apt-get', 'update'], { cwd: ROOT, env: aptEnv, ifFails })
  const install = ['apt-get', 'install', '-y', '--no-install-recommends', 'chromium']
  await runStep('Installing Chromium for the browser tests (a few minutes)', install, {
    cwd: ROOT,
    env: aptEnv,
    ifFails,
  })
  const installed = findChromium(env)
  if (!installed) throw new BootProblem(`Chromium was installed but is not in PATH. ${ifFails}`)
  return installed
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | null}
 */
function findChromium(env) {
  if (env.CHROMIUM_PATH) {
    if (isProgram(env.CHROMIUM_PATH)) return env.CHROMIUM_PATH
    throw new BootProblem(
      `CHROMIUM_PATH is ${env.CHROMIUM_PATH}, but there is no program there. Correct it or unset it.`,
    )
  }
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean)
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...candidates, ...(folders.length > 0 ? WELL_KNOWN : [])].find(isProgram) ?? null
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

const whichSystem = () => (existsSync('/etc/debian_version') ? 'debian' : process.platform)

/** @param {string} system */
function howToInstall(system) {
  const how =
    system === 'debian' ? 'Install it with: sudo apt-get install chromium' : 'Install Chromium or Google Chrome'
  return `The browser tests need Chromium, and none was found. ${how}. If it is somewhere unusual, say where: CHROMIUM_PATH=/path/to/chrome npm test`
}
