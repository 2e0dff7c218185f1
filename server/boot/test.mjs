import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildIfChanged } from './build.mjs'
import { installDependencies } from './install.mjs'
import { ROOT } from './root.mjs'
import { provideChromium } from './provideChromium.mjs'
import { isEntry, runEntry } from './runEntry.mjs'

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/** What vitest writes with its "json" reporter, as far as it is counted here.
 * @typedef {{
 *   numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
 *   testResults: { status: string, assertionResults: { status: string }[] }[]
 * }} Report */

const FAST = ['fast', 'journeys']
const LONG = ['long-journeys', 'long']
/** Which projects of vitest.config.ts a flag stands for. @type {Record<string, string[]>} */
const PROJECTS = { '--long': LONG, '--all': [...FAST, ...LONG], '--screenshots': ['screenshots'] }

/**
 * `npm test`, `npm run test:long` (--long), `npm run screenshots` (--screenshots), and what CI runs (--all): prepares
 * everything, runs the projects one after the other, and ends with one line that counts them all.
 * @param {string[]} args what is not one of these flags goes to vitest
 */
async function test(args) {
  const flag = args.find((arg) => Object.hasOwn(PROJECTS, arg))
  const projects = (flag && PROJECTS[flag]) || FAST
  const rest = args.filter((arg) => arg !== flag)
  await installDependencies()
  const env = { ...process.env, CHROMIUM_PATH: await provideChromium() }
  await buildIfChanged()
  const counts = []
  for (const project of projects) counts.push(await runProject(project, rest, env))
  const total = sum(counts)
  if (total.passed + total.failed === 0) console.error('No test ran: no test file has such a name.')
  console.log(closingLine(total))
  return total.failed === 0 && total.passed > 0 ? 0 : 1
}

/**
 * @param {string} project
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
async function runProject(project, args, env) {
  const folder = mkdtempSync(join(tmpdir(), 'ourplan-tests-'))
  const report = join(folder, 'report.json')
  const vitest = [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--project', project]
  // Files named by hand live in one project only; the others then have nothing to run, and the sum is what counts.
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`, '--passWithNoTests']
  const child = spawn(process.execPath, [...vitest, ...reporters, ...args], { cwd: ROOT, env, stdio: 'inherit' })
  const code = await new Promise((resolve) => child.once('close', resolve))
  const count = countTests(readReport(report), code === 0)
  rmSync(folder, { recursive: true })
  return count
}

/** @param {string} path @returns {Report | null} */
function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}

/**
 * Counts one run. A file that could not even be loaded has no failed test in it and counts as one; so does a run that
 * failed for any other reason (it crashed, or something was thrown outside the tests).
 * @param {Report | null} report null when vitest wrote none
 * @param {boolean} succeeded vitest's own verdict
 * @returns {Count}
 */
export function countTests(report, succeeded) {
  if (!report) return { passed: 0, failed: 1, skipped: 0 }
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  ).length
  const failed = report.numFailedTests + brokenFiles
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && !succeeded ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/** @param {Count[]} counts @returns {Count} */
const sum = (counts) => ({
  passed: counts.reduce((total, { passed }) => total + passed, 0),
  failed: counts.reduce((total, { failed }) => total + failed, 0),
  skipped: counts.reduce((total, { skipped }) => total + skipped, 0),
})

/** @param {Count} count */
export const closingLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`

if (isEntry(import.meta.url)) await runEntry(() => test(process.argv.slice(2)))
