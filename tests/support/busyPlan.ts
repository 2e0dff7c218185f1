import { AGENCIES } from '../../shared/meeting'
import { COLUMNS, emptyPlan, WEEKDAYS, type Plan } from '../../shared/plan'
import type { SeededRandom } from './seededRandom'
import { ACTION, GOAL, LINE } from './unsaid'

const ASKED = [
  'Parenting class',
  'Job club in the center by the river',
  'Go to therapy',
  'Terapia familiar los jueves',
  'Pick Miles up from preschool',
  'Bring the papers for the voucher',
  'Drug test every week',
  'Meet the teacher after school',
]

/** A plan with so many promises that take place every week or fortnight, for six people, one clock hour or two each. */
export function busyPlan(chance: SeededRandom, promises: number): Plan {
  const goals = Array.from({ length: 5 }, (_, index) => ({
    ...{ ...LINE, ...GOAL, id: chance.id(), words: `Goal ${index}`, order: `a${index}`, removed: false },
  }))
  const actions = Array.from({ length: promises }, (_, index) => {
    const hour = 8 + chance.below(9)
    return {
      ...{ ...LINE, ...ACTION, id: chance.id(), words: `${chance.pick(ASKED)}, ${index}`, order: 'a0', removed: false },
      ...{ goal: chance.pick(goals).id, column: chance.pick(COLUMNS), counts: chance.pick(['', ...AGENCIES]) },
      ...{ who: chance.pick(['Dana', 'Rosa', 'Miles', 'Quill', 'Marsh', 'Elena']), travel: chance.pick([0, 15, 45]) },
      ...{ repeats: chance.pick(['weekly', 'fortnightly'] as const), days: chance.pick(WEEKDAYS) },
      ...{
        starts: `${String(hour).padStart(2, '0')}:00`,
        ends: `${String(hour + 1).padStart(2, '0')}:30`,
        where: chance.pick(['', 'Preschool']),
      },
    }
  })
  return { ...emptyPlan(), goals, actions }
}
