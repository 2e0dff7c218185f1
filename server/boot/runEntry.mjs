import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { BootProblem } from './BootProblem.mjs'
import { nodeVersionProblem } from './nodeVersionProblem.mjs'
import { paint } from './paint.mjs'

/**
 * True in the file that node was started with, false where it is imported.
 * @param {string} url import.meta.url
 */
export function isEntry(url) {
  const started = process.argv[1]
  return started !== undefined && realpathSync(started) === fileURLToPath(url)
}

/**
 * Runs a command to its end; a problem that a person can solve is shown as its sentence, anything else with its stack.
 * @param {() => Promise<number | void>} command resolves to the exit code
 */
export async function runEntry(command) {
  try {
    const problem = nodeVersionProblem()
    if (problem !== null) throw new BootProblem(problem)
    process.exitCode = (await command()) ?? 0
  } catch (error) {
    const { red } = paint(process.stderr)
    if (!(error instanceof BootProblem)) throw error
    for (const line of error.evidence) console.error(`  ${line}`)
    console.error(`\n${red(error.message)}`)
    process.exitCode = error.exitCode
  }
}
