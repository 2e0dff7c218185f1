import { dayNumber } from './days'
import type { Deadline } from './deadlines'
import type { Program } from './plan'
import { type NextStep, readDated } from './program'
import { PROGRAM_OFFICE } from './programOffice'

/** Something to hand in can be late; something that takes place is over. */
const HANDED_IN: readonly NextStep[] = ['report', 'renewal']

/** What comes next in each program, as days on the strip of everybody's clocks; for who may read of the programs. */
export function programDates(programs: readonly Program[], today: string): Deadline[] {
  const now = dayNumber(today) ?? 0
  return programs.flatMap((program): Deadline[] => {
    const { code, day } = readDated<NextStep>(program.next ?? '')
    const comes = day === null ? null : dayNumber(day)
    if (program.removed || day === null || comes === null) return []
    const late = Math.max(0, now - comes)
    if (late > 0 && !HANDED_IN.includes(code)) return []
    return [{ day, what: code, column: PROGRAM_OFFICE[program.program], action: null, program, late }]
  })
}
