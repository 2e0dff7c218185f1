import { spawn } from 'node:child_process'
import { BootProblem } from './BootProblem.mjs'
import { progress } from './progress.mjs'

const EVIDENCE_LINES = 40

/**
 * Runs a program as one long step: its output is kept back and shown only if it fails.
 * A signal to us ends the program first, so that no half-done install runs on unseen.
 * @param {string} title
 * @param {string[]} command the program and its arguments
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, ifFails: string }} options ifFails: a sentence about what to do
 */
export async function runStep(title, command, { cwd, env = process.env, ifFails }) {
  const step = progress(title)
  const [program = '', ...args] = command
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const keep = (/** @type {Buffer} */ chunk) => (output = (output + chunk).slice(-100_000))
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const stop = (/** @type {NodeJS.Signals} */ signal) => {
    child.kill(signal)
    child.once('close', () => process.exit(signal === 'SIGINT' ? 130 : 143))
  }
  process.once('SIGINT', stop).once('SIGTERM', stop)
  const code = await new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('close', resolve)
  })
  process.off('SIGINT', stop).off('SIGTERM', stop)
  if (code === 0) return step.done()
  step.failed()
  const evidence = output.trimEnd().split('\n').slice(-EVIDENCE_LINES)
  throw new BootProblem(`${title} failed (${program} ended with ${code}). ${ifFails}`, evidence)
}
