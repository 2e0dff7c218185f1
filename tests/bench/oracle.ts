// What the plan watches out for, held against what was reckoned in other ways: `npm run oracle`. Ends with 1 when a
// single clash differs.
import { findDeadlines } from '../../shared/deadlines'
import { findDuplicates } from '../../shared/duplicates'
import { findGaps } from '../../shared/gaps'
import type { Plan } from '../../shared/plan'
import { watchPlan } from '../../shared/watchPlan'
import { busyPlan } from '../support/busyPlan'
import { compareClashes } from '../support/compareClashes'
import { demoPlans } from '../support/demoPlans'
import { judgeDuplicates } from '../support/judgeDuplicates'
import { SeededRandom } from '../support/seededRandom'
import { LABELLED_PAIRS } from './duplicatePairs'

const SCHEDULES = 10_000
const PROMISES = 200
const ROUNDS = 201

const print = (line: string) => process.stdout.write(`${line}\n`)
const percent = (share: number) => `${(100 * share).toFixed(0)} %`

function clashes(): void {
  const { clashes, different } = compareClashes(SCHEDULES)
  print(`Clashes: ${SCHEDULES} generated schedules, ${clashes} clashes, ${different.length} schedules that differ`)
  if (different.length === 0) return
  print(`  seeds: ${different.slice(0, 20).join(' ')}`)
  process.exitCode = 1
}

function duplicates(): void {
  const { right, wrong, missed, precision, recall } = judgeDuplicates()
  const same = LABELLED_PAIRS.filter((pair) => pair.same).length
  print(`Duplicates: ${LABELLED_PAIRS.length} labelled pairs, ${same} of them the same thing in two columns`)
  print(`  found ${right + wrong.length}, precision ${percent(precision)}, recall ${percent(recall)}`)
  for (const { first, second } of wrong) print(`  not the same: “${first[1]}” and “${second[1]}”`)
  for (const { first, second } of missed) print(`  not found: “${first[1]}” and “${second[1]}”`)
  for (const { family, title, plan } of demoPlans()) {
    const found = findDuplicates(plan, Object.keys(family.people))
    print(`  ${family.name}, “${title}”: ${found.length} found; nothing is asked twice there`)
  }
}

const median = (times: number[]) => times.sort((a, b) => a - b)[times.length >> 1]!.toFixed(1)

function time(): void {
  const span = { timeZone: 'America/Los_Angeles', from: '2027-03-02' }
  const measure = (plan: Plan) => {
    const begun = performance.now()
    watchPlan(plan, span)
    findGaps(plan)
    findDeadlines(plan, span.from)
    return performance.now() - begun
  }
  const rounds = Array.from({ length: ROUNDS }, (_, round) => {
    const plan = busyPlan(new SeededRandom(round + 1), PROMISES)
    const [changed, ...same] = plan.actions
    const first = measure(plan)
    return { first, again: measure({ ...plan, actions: [{ ...changed!, words: `${changed!.words}!` }, ...same] }) }
  })
  print(`Time: all that a plan of ${PROMISES} promises is watched for, median of ${ROUNDS} plans`)
  print(`  read the first time ${median(rounds.map(({ first }) => first))} ms`)
  print(`  after a letter was typed ${median(rounds.map(({ again }) => again))} ms`)
}

clashes()
duplicates()
time()
