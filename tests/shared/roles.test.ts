import { describe, expect, it } from 'vitest'
import { can, PHASES, RULES, SECTIONS, STANDINGS, type Action, type Phase, type Standing } from '../../shared/roles'

// Written by hand, not made from the rules: whoever changes a rule says here who gains or loses by it.
//   any    in every phase of the meeting      open, sealed, ended   only then      before   until it has ended
//   yes    outside of meetings                -                     never
const IN_MEETINGS = `
                     facilitator family youth support agency interpreter observer projector
  meeting:read       any         any    any   any     any    any         any      any
  meeting:end        before      -      -     -       -      -           -        -
  meeting:reopen     ended       -      -     -       -      -           -        -
  joining:change     any         -      -     -       -      -           -        -
  lobby:read         any         -      -     -       -      -           -        -
  participant:admit  any         -      -     -       -      -           -        -
  participant:remove any         -      -     -       -      -           -        -
  people:read        any         any    any   any     any    any         any      -
  projector:pair     any         -      -     -       -      -           -        -
  plan:read          any         any    any   any     any    any         any      any
  plan:edit          open        open   open  open    open   open        -        -
  plan:amend         sealed      -      -     -       -      -           -        -
  plan:history       any         any    any   any     any    any         any      -
  version:checkpoint open        -      -     -       -      -           -        -
  version:seal       open        -      -     -       -      -           -        -
  version:read       any         any    any   any     any    any         any      -
  version:restore    open        -      -     -       -      -           -        -
  item:restore       open        open   open  open    open   open        -        -
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
  if (phase === 'outside') return false
  return cell === phase || cell === 'any' || (cell === 'before' && phase !== 'ended')
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
