// Written in the JavaScript of old Node versions, because those are the ones that must understand it.
import { readFileSync } from 'node:fs'

const manifest = new URL('../../package.json', import.meta.url)

/**
 * Why this Node cannot run OurPlan, as a sentence, or null when it can.
 * Understands the two forms that package.json uses, "^20.19" and ">=22.12", joined by "||".
 * @param {string} [version]
 * @param {string} [range]
 * @returns {string | null}
 */
export function nodeVersionProblem(
  version = process.versions.node,
  range = JSON.parse(readFileSync(manifest, 'utf8')).engines.node,
) {
  const [haveMajor = 0, haveMinor = 0] = version.split('.').map(Number)
  const wanted = []
  for (const part of range.split('||')) {
    const match = /^\s*(\^|>=)(\d+)\.(\d+)\s*$/.exec(part)
    if (match === null) throw new Error('package.json "engines" has a form that is not understood: ' + part)
    const [, sign, major, minor] = match
    if (haveMajor === Number(major) && haveMinor >= Number(minor)) return null
    if (sign === '>=' && haveMajor > Number(major)) return null
    wanted.push(sign === '>=' ? `${major}.${minor} or anything newer` : `${major}.${minor} or a later ${major}.x`)
  }
  return (
    `OurPlan needs Node.js ${wanted.join(', or ')}; this is ${version}. ` +
    'Install a newer Node.js (https://nodejs.org) and run the same command again.'
  )
}
