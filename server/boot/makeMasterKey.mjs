import { randomBytes } from 'node:crypto'
import { linkSync, rmSync, writeFileSync } from 'node:fs'

// `node makeMasterKey.mjs FILE`: makes the key that wraps every family's key, once. A key that is there is never touched.
// It stands alone, because the image holds it without the rest of this folder.
const [file] = process.argv.slice(2)
if (!file) throw new Error('Say where the key goes: node server/boot/makeMasterKey.mjs FILE')

// Written aside and linked in place: whoever finds the file finds a whole key, even after a power cut.
const aside = `${file}.${process.pid}`
writeFileSync(aside, `${randomBytes(32).toString('base64')}\n`, { flag: 'wx', mode: 0o400, flush: true })
try {
  linkSync(aside, file)
  console.log(`A new master key is in ${file}. Keep a copy elsewhere: without it nobody can read the plans again.`)
} catch (error) {
  if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
  console.log(`The master key in ${file} is kept.`)
} finally {
  rmSync(aside)
}
