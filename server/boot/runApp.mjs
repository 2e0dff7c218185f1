import { spawn } from 'node:child_process'
import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { constants } from 'node:os'
import { BootProblem } from './BootProblem.mjs'
import { paint } from './paint.mjs'
import { progress } from './progress.mjs'
import { welcome } from './welcome.mjs'

const END_WITH_PARENT = new URL('endWithParent.mjs', import.meta.url).href
const EVIDENCE_LINES = 20
const SAME_KEYPRESS_MS = 1_000

/**
 * What the app says while it starts.
 * @typedef {import('./welcome.mjs').Ready} Ready
 * @typedef {{ stage: 'waiting', pid: number } | { stage: 'store' } | { stage: 'demo' } | Ready
 *   | { stage: 'failed', message: string }} Message
 */

/**
 * Runs the app in front of the person who started it: tells each step, prints where to find it, passes signals on, and
 * resolves to its exit code when it has stopped in good order.
 * @param {{ program: string, cwd: string, log: { path: string, fd: number, from: number }, out?: NodeJS.WriteStream }} options
 */
export async function runApp({ program, cwd, log, out = process.stdout }) {
  // In a process group of its own: Ctrl+C in a terminal reaches the whole group, and the app must hear it once.
  const app = spawn(process.execPath, ['--enable-source-maps', '--import', END_WITH_PARENT, program], {
    cwd,
    detached: true,
    stdio: ['ignore', log.fd, log.fd, 'ipc'],
  })
  closeSync(log.fd)
  // A terminal that has gone must not end us before the app has stopped.
  out.on('error', () => {})
  const signals = passSignals(app, out)
  let step = progress('Starting', out)
  let ready = false
  /** @type {string | null} */
  let reason = null
  let stage = 'starting'
  /** @param {Message} message */
  const hear = (message) => {
    if (message.stage === 'failed') reason = explain(message.message, stage)
    else step.done()
    stage = message.stage
    if (message.stage === 'ready') {
      ready = true
      out.write(welcome(message, { log: log.path, seconds: process.uptime(), colours: paint(out) }))
    } else if (message.stage !== 'failed') step = progress(titleOf(message), out)
  }
  app.on('message', (message) => hear(/** @type {Message} */ (message)))
  const code = await exitOf(app)
  signals.stop()
  if (ready ? code !== 0 : !signals.heard()) {
    if (!ready) step.failed()
    throw problemOf({ ready, reason, code, log })
  }
  out.write('OurPlan has stopped. Everything is kept for the next start.\n')
  return code
}

/**
 * The app's reason as a sentence, and where to look when it is a driver's that does not say so.
 * @param {string} message
 * @param {string} stage
 */
function explain(message, stage) {
  const sentence = /[.!?]$/.test(message) ? message : `${message}.`
  const database = stage === 'store' && process.env.MONGODB_URI
  return database ? `${sentence} Look at MONGODB_URI: is that database running, and is it a replica set?` : sentence
}

/** @param {Exclude<Message, Ready | { stage: 'failed' }>} message */
function titleOf(message) {
  if (message.stage === 'waiting') return `Waiting for the data folder: process ${message.pid} is using it`
  return message.stage === 'store' ? 'Opening the store' : 'Preparing the demo families'
}

/**
 * npm and the terminal both deliver the same Ctrl+C, so what follows within a second is the same one.
 * @param {import('node:child_process').ChildProcess} app
 * @param {NodeJS.WriteStream} out
 */
function passSignals(app, out) {
  let last = 0
  const pass = (/** @type {NodeJS.Signals} */ signal) => {
    if (Date.now() - last < SAME_KEYPRESS_MS) return
    if (last === 0) out.write('\nStopping: writing down what is still on its way …\n')
    last = Date.now()
    // A terminal that closes asks for the same orderly stop.
    app.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal)
  }
  process.on('SIGINT', pass).on('SIGTERM', pass).on('SIGHUP', pass)
  return {
    heard: () => last > 0,
    stop: () => process.off('SIGINT', pass).off('SIGTERM', pass).off('SIGHUP', pass),
  }
}

/**
 * @param {import('node:child_process').ChildProcess} app
 * @returns {Promise<number>}
 */
const exitOf = (app) =>
  new Promise((resolve, reject) => {
    app.once('error', reject)
    app.once('close', (code, signal) =>
      resolve(code ?? 128 + constants.signals[/** @type {NodeJS.Signals} */ (signal)]),
    )
  })

/** @param {{ ready: boolean, reason: string | null, code: number, log: { path: string, from: number } }} end */
function problemOf({ ready, reason, code, log }) {
  const see = `The whole log is in ${log.path}.`
  const exitCode = code || 1
  if (reason !== null) return new BootProblem(`OurPlan could not start: ${reason} ${see}`, [], exitCode)
  const what = ready ? 'OurPlan stopped by itself' : 'OurPlan stopped before it was ready'
  return new BootProblem(`${what} (exit code ${code}). Its last lines are above. ${see}`, lastLines(log), exitCode)
}

/** @param {{ path: string, from: number }} log */
function lastLines({ path, from }) {
  const size = statSync(path).size - from
  const part = Buffer.alloc(Math.min(size, 20_000))
  const fd = openSync(path, 'r')
  readSync(fd, part, 0, part.length, from + size - part.length)
  closeSync(fd)
  return part.toString('utf8').trimEnd().split('\n').slice(-EVIDENCE_LINES)
}
