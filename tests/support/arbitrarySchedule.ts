import { emptyPlan, REPEATS, WEEKDAYS, type ActionItem, type Plan } from '../../shared/plan'
import { COLUMNS } from '../../shared/plan'
import type { SeededRandom } from './seededRandom'
import { ACTION, GOAL, LINE } from './unsaid'
import { LAWS } from './zoneRules'

/** A plan with times in it, and the day from which it is looked at. */
export interface Schedule {
  plan: Plan
  timeZone: string
  from: string
}

const NAMES = ['Dana', 'dana', 'DA NA', 'Rosa', 'Miles', 'Elena Luna', 'elena  luna']
const PLACES = ['', '', 'Preschool', ' preschool ', 'Job center', 'Elm Street  40', 'elm street 40']
const two = (number: number) => String(number).padStart(2, '0')

/** A day of these years; of a month's days some that it does not have. */
function day(chance: SeededRandom, year: number, month: number): string {
  const shifted = month + chance.below(5) - 2
  const [y, m] = shifted < 1 ? [year - 1, shifted + 12] : shifted > 12 ? [year + 1, shifted - 12] : [year, shifted]
  return `${y}-${two(m)}-${two(1 + chance.below(31))}`
}

/** Many in the small hours, when clocks are put forward and back. */
function time(chance: SeededRandom): string {
  const hour = chance.below(4) === 0 ? chance.below(4) : 9 + chance.below(6)
  return `${two(hour)}:${two(5 * chance.below(12))}`
}

function action(chance: SeededRandom, goal: string, year: number, month: number): ActionItem {
  const maybe = <T>(value: T, of = 2): T | null => (chance.below(of) === 0 ? null : value)
  const some = <T>(from: readonly T[]) => from.filter(() => chance.below(3) === 0)
  const state = chance.below(15) === 0 ? (['done', 'withdrawn'] as const)[chance.below(2)]! : 'open'
  return {
    ...LINE,
    ...ACTION,
    ...{ id: chance.id(), words: '', order: 'a0', goal, state, removed: chance.below(15) === 0 },
    column: chance.pick(COLUMNS),
    where: chance.pick(PLACES),
    who: chance.pick(['', ...NAMES, ...NAMES]),
    attends: chance.below(2) ? [...some(NAMES), chance.pick(NAMES)].join('\n') : '',
    on: maybe(day(chance, year, month), 4),
    starts: maybe(time(chance), 15),
    ends: maybe(time(chance), 3),
    repeats: chance.pick([...REPEATS, 'weekly', 'weekly', 'fortnightly']),
    days: maybe(some(WEEKDAYS).join(' '), 3) ?? '',
    until: chance.below(4) ? null : day(chance, year, month),
    travel: chance.pick([0, 0, 0, 5, 15, 45, 90, 480]),
  }
}

/** A schedule of two to ten promises, often over a change of the clock. */
export function arbitrarySchedule(chance: SeededRandom): Schedule {
  const timeZone = chance.pick(Object.keys(LAWS))
  const year = 2026 + chance.below(4)
  const month = chance.below(2) ? chance.pick([2, 3, 4, 9, 10, 11]) : 1 + chance.below(12)
  const goals = [{}, {}, { removed: true }, { later: true }].map((said) => ({
    ...{ ...LINE, ...GOAL, id: chance.id(), words: '', order: 'a0', removed: false },
    ...said,
  }))
  const actions = Array.from({ length: 4 + chance.below(9) }, () => {
    const goal = chance.below(8) === 0 ? goals[2 + chance.below(2)]! : goals[chance.below(2)]!
    return { ...action(chance, goal.id, year, month), ordered: chance.below(6) === 0 }
  })
  const from = `${year}-${two(month)}-${two(1 + chance.below(28))}`
  return { plan: { ...emptyPlan(), goals, actions }, timeZone, from }
}
