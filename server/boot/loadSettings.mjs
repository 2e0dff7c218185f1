import { existsSync } from 'node:fs'
import { BootProblem } from './BootProblem.mjs'

/**
 * Settings already in the environment win over the file.
 * @param {string} path
 */
export function loadSettings(path) {
  if (!existsSync(path)) return
  try {
    process.loadEnvFile(path)
  } catch (error) {
    throw new BootProblem(`The settings in ${path} cannot be read: ${/** @type {Error} */ (error).message}`)
  }
}
