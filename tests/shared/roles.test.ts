import { describe, expect, it } from 'vitest'
import { can, PHASES, RULES, SECTIONS, STANDINGS, type Action, type Phase, type Standing } from '../../shared/roles'

// Written by hand, not made from the rules: whoever changes a rule says here who gains or loses by it.
//   both   while the meeting goes on and after it ended      open, ended   only then
//   yes    outside of meetings                               -             never
const IN_MEETINGS = `
                     facilitator family youth support agency interpreter observer projector
  meeting:read       both        both   both  both    both   both        both     both
  meeting:end        open        -      -     -       -      -           -        -
  meeting:reopen     ended       -      -     -       -      -           -        -
  joining:change     both        -      -     -       -      -           -        -
  lobby:read         both        -      -     -       -      -           -        -
  participant:admit  both        -      -     -       -      -           -        -
  participant:remove both        -      -     -       -      -           -        -
  people:read        both        both   both  both    both   both        both     -
  projector:pair     both        -      -     -       -      -           -        -
  plan:read          both        both   both  both    both   both        both     both
  plan:edit          open        open   open  open    open   open        -        -
  version:checkpoint open        -      -     -       -      -           -        -
  version:read       both        both   both  both    both   both        both     -
`
const OUTSIDE = `
                     staff:facilitator staff:agency staff:admin
  family:create      yes               -            yes
  family:read        yes               -            yes
  meeting:create     yes               -            yes
  meeting:list       yes               yes          yes
`

/** Cells by `action standing`. */
function readTable(table: string): Map<string, string> {
  const [head = [], ...rows] = table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
  return new Map(rows.flatMap(([action, ...cells]) => cells.map((cell, i) => [`${action} ${head[i]}`, cell] as const)))
}

const expected = new Map([...readTable(IN_MEETINGS), ...readTable(OUTSIDE)])
const actions = Object.keys(RULES) as Action[]

function mayBe(action: Action, standing: Standing, phase: Phase | 'outside'): boolean {
  const cell = expected.get(`${action} ${standing}`) ?? '-'
  if (cell === 'yes') return true
  return cell === phase || (cell === 'both' && phase !== 'outside')
}

describe('roles', () => {
  it('[AC1] the table names every action, and every section has been thought of', () => {
    expect(new Set([...expected.keys()].map((key) => key.split(' ')[0]))).toEqual(new Set(actions))
    expect(SECTIONS).toEqual(['plan'])
  })

  it.each(STANDINGS)('[AC1] %s may do exactly what the table says, in every phase', (standing) => {
    for (const action of actions) {
      for (const phase of PHASES) {
        expect(can(standing, action, { phase }), `${action}, ${phase}`).toBe(mayBe(action, standing, phase))
      }
      expect(can(standing, action), `${action}, outside`).toBe(mayBe(action, standing, 'outside'))
    }
  })
})
