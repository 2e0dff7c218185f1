import { createServer } from 'node:net'
import { BootProblem } from './BootProblem.mjs'

const DEFAULT_PORT = 3000

/**
 * Fails with a sentence when the app could not listen where the settings say.
 * @param {NodeJS.ProcessEnv} env
 */
export async function requireFreePort(env) {
  const port = Number(env.PORT || DEFAULT_PORT)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new BootProblem(`PORT is ${env.PORT}, but must be a whole number up to 65535.`)
  const probe = createServer()
  const code = await new Promise((resolve) => {
    probe.once('error', (/** @type {NodeJS.ErrnoException} */ error) => resolve(error.code))
    probe.listen(port, env.HOST || '0.0.0.0', () => probe.close(() => resolve(null)))
  })
  if (code !== null) throw new BootProblem(portProblem(code, port, env.HOST))
}

/**
 * @param {string} code
 * @param {number} port
 * @param {string | undefined} host
 */
export function portProblem(code, port, host) {
  if (code === 'EADDRINUSE')
    return (
      `Port ${port} is taken by another program, perhaps by an OurPlan that is already running ` +
      `(http://localhost:${port}). Stop it, or choose another port: PORT=${port + 1} npm start`
    )
  if (code === 'EACCES')
    return `This account may not use port ${port}; below 1024 that takes an administrator. Choose another: PORT=3000 npm start`
  return `HOST is ${host}, but this machine cannot listen there (${code}). Unset HOST, or set it to an address of this machine.`
}
