import { fchmodSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { BootProblem } from './BootProblem.mjs'

const LARGEST = 10_000_000

/**
 * Opens `ourplan.log` in the data folder, for this account's eyes only. A log that has grown large is kept once, as
 * `ourplan.log.1`. `from` is where this start's lines begin.
 * @param {string} folder
 */
export function openLog(folder) {
  const path = join(folder, 'ourplan.log')
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LARGEST) renameSync(path, `${path}.1`)
    const fd = openSync(path, 'a', 0o600)
    fchmodSync(fd, 0o600)
    return { path, fd, from: statSync(path).size }
  } catch (error) {
    throw new BootProblem(
      `OurPlan cannot write to its data folder ${folder} (${/** @type {NodeJS.ErrnoException} */ (error).code}). ` +
        'Give yourself the right to write there, or choose another folder: DATA_DIR=/path/to/folder npm start',
    )
  }
}
