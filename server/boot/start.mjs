// `npm start`. This file and nodeVersionProblem.mjs stay readable for old Node versions; the rest is loaded afterwards.
import { nodeVersionProblem } from './nodeVersionProblem.mjs'

const problem = nodeVersionProblem()
if (problem === null) {
  import('./runEntry.mjs').then(({ runEntry }) =>
    runEntry(() => import('./openOurPlan.mjs').then((m) => m.openOurPlan())),
  )
} else {
  console.error(problem)
  process.exitCode = 1
}
