// `npm start`. This file and nodeVersionProblem.mjs stay readable for old Node versions; the rest is loaded afterwards.
import { readFileSync } from 'node:fs'
import { nodeVersionProblem } from './nodeVersionProblem.mjs'

const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
const problem = nodeVersionProblem(process.versions.node, engines.node)
if (problem === null) {
  import('./runEntry.mjs').then(({ runEntry }) =>
    runEntry(() => import('./openOurPlan.mjs').then((m) => m.openOurPlan())),
  )
} else {
  console.error(problem)
  process.exitCode = 1
}
