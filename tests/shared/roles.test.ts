import { describe, expect, it } from 'vitest'
import {
  ACTIONS,
  can,
  GATED,
  isAboutSection,
  PHASES,
  ROLES,
  SECTIONS,
  STANDINGS,
  type Action,
  type Phase,
  type Section,
  type Standing,
} from '../../shared/roles'

// Written by hand, not made from the rules: whoever changes a rule says here who gains or loses by it.
const WHEN: Record<string, readonly Phase[]> = {
  any: PHASES,
  /** not while the family is by itself */
  shown: ['open', 'sealed', 'ended'],
  /** while people write */
  writing: ['open', 'private'],
  /** until it has ended */
  before: ['open', 'private', 'sealed'],
  open: ['open'],
  private: ['private'],
  sealed: ['sealed'],
  /** once it is sealed, also when the meeting has ended */
  after: ['sealed', 'ended'],
  ended: ['ended'],
  '-': [],
}

/** The meeting as a whole. */
const IN_MEETINGS = `
                     facilitator family   youth    support  agency interpreter observer projector
  meeting:read       any         any      any      any      any    any         any      any
  meeting:end        before      -        -        -        -      -           -        -
  meeting:reopen     ended       -        -        -        -      -           -        -
  family-time:start  open        -        -        -        -      -           -        -
  family-time:end    private     private  private  private  -      -           -        -
  stage:change       open        -        -        -        -      -           -        -
  stage:pause        open        -        -        -        -      writing     -        -
  meeting:schedule   open        -        -        -        -      -           -        -
  poll:answer        open        open     open     open     open   open        open     -
  invite:lead        before      -        -        -        -      -           -        -
  meeting:set-next   any         -        -        -        -      -           -        -
  speak:ask          open        open     open     open     open   open        -        -
  speak:lead         open        -        -        -        -      -           -        -
  joining:change     any         -        -        -        -      -           -        -
  lobby:read         any         -        -        -        -      -           -        -
  participant:admit  any         -        -        -        -      -           -        -
  participant:remove any         -        -        -        -      -           -        -
  participant:hide   any         -        -        -        -      -           -        -
  participant:link   any         -        -        -        -      -           -        -
  people:read        any         any      any      any      any    any         any      -
  contact:share      any         any      any      any      any    any         any      -
  projector:pair     any         -        -        -        -      -           -        -
  plan:amend         sealed      -        -        -        -      -           -        -
  voice:read         open        -        -        -        -      -           -        -
  answers:ask        open        -        -        -        -      -           -        -
  answers:give       -           writing  writing  writing  open   -           -        -
  decision:settle    open        -        -        -        open   -           -        -
  decision:relative  open        writing  writing  writing  -      -           -        -
  screening:read     shown       any      any      -        -      -           -        -
  screening:answer   open        writing  writing  -        -      -           -        -
  promise:answer     open        writing  writing  writing  open   -           -        -
  confidence:keep    open        -        -        -        open   open        open     -
  need:read          any         any      any      any      any    any         any      -
  need:say           before      before   before   before   before before      before   -
  need:lead          before      -        -        -        -      -           -        -
  supporter:read     any         any      any      -        -      -           -        -
  supporter:wish     -           before   before   -        -      -           -        -
  supporter:ask      before      -        -        -        -      -           -        -
  seat:fill          open        -        -        -        -      -           -        -
  version:checkpoint open        -        -        -        -      -           -        -
  version:seal       open        -        -        -        -      -           -        -
  version:sign       after       after    after    after    after  after       after    -
  version:sign-for   after       -        -        -        -      -           -        -
  release:ask        any         -        -        -        any    -           -        -
  release:sign       -           any      any      -        -      -           -        -
  release:revoke     -           any      any      -        -      -           -        -
  release:read       any         any      any      any      any    any         -        -
  record:read        -           any      any      -        -      -           -        -
`

/** Sections of the plan, `gated` for each that a release opens, to whom it opens it; to nobody else ever. */
const IN_SECTIONS = `
                         facilitator family   youth    support  agency interpreter observer projector
  plan:read/plan         shown       any      any      any      shown  any         shown    shown
  plan:read/family       -           any      any      any      -      any         -        -
  plan:read/prep         shown       -        -        -        shown  -           -        -
  plan:read/gated        shown       any      any      any      shown  any         -        -
  plan:edit/plan         open        writing  writing  writing  open   writing     -        -
  plan:edit/family       -           writing  writing  writing  -      writing     -        -
  plan:edit/prep         open        -        -        -        open   -           -        -
  plan:edit/gated        open        writing  writing  writing  open   writing     -        -
  plan:history/plan      shown       any      any      any      shown  any         shown    -
  plan:history/family    -           any      any      any      -      any         -        -
  plan:history/prep      shown       -        -        -        shown  -           -        -
  plan:history/gated     shown       any      any      any      shown  any         -        -
  version:read/plan      shown       any      any      any      shown  any         shown    -
  version:read/family    -           any      any      any      -      any         -        -
  version:read/prep      shown       -        -        -        shown  -           -        -
  version:read/gated     shown       any      any      any      shown  any         -        -
  item:restore/plan      open        writing  writing  writing  open   writing     -        -
  item:restore/family    -           writing  writing  writing  -      writing     -        -
  item:restore/prep      open        -        -        -        open   -           -        -
  item:restore/gated     open        writing  writing  writing  open   writing     -        -
  version:restore/plan   open        -        -        -        -      -           -        -
`

/** Outside of meetings; `in` for whoever is in one, whatever they are there. */
const OUTSIDE = `
                     staff:facilitator staff:agency staff:admin in
  family:create      yes               -            yes         -
  family:read        yes               -            yes         -
  family:team        yes               -            yes         -
  family:keep        -                 -            yes         -
  meeting:create     yes               -            yes         -
  on-call:edit       yes               -            yes         -
  meeting:list       yes               yes          yes         yes
  staff:manage       -                 -            yes         -
  record:export      -                 -            yes         -
`

/** Cells by `action standing` or `action/section standing`. */
function readTable(table: string): Map<string, string> {
  const [head = [], ...rows] = table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
  return new Map(rows.flatMap(([action, ...cells]) => cells.map((cell, i) => [`${action} ${head[i]}`, cell] as const)))
}

const outside = readTable(OUTSIDE)
const inMeetings = readTable(IN_MEETINGS)
const inSections = readTable(IN_SECTIONS)
const isGated = (section: Section) => (GATED as readonly string[]).includes(section)

function mayOutside(action: Action, standing: Standing): boolean {
  const who = (ROLES as readonly Standing[]).includes(standing) ? 'in' : standing
  return outside.get(`${action} ${who}`) === 'yes'
}

function mayBe(action: Action, standing: Standing, phase: Phase, section: Section, released: boolean): boolean {
  if (outside.has(`${action} in`)) return mayOutside(action, standing)
  if (inMeetings.has(`${action} ${standing}`)) return WHEN[inMeetings.get(`${action} ${standing}`)!]!.includes(phase)
  if (isGated(section) && !released) return false
  const cell = inSections.get(`${action}/${isGated(section) ? 'gated' : section} ${standing}`)
  return WHEN[cell ?? '-']!.includes(phase)
}

describe('roles', () => {
  it('[AC1] the table names every action, and every section has been thought of', () => {
    const named = [...outside.keys(), ...inMeetings.keys(), ...inSections.keys()].map((key) => key.split(/[ /]/)[0])
    expect(new Set(named)).toEqual(new Set(ACTIONS))
    expect(ACTIONS.filter(isAboutSection)).toEqual(
      ACTIONS.filter((action) => inSections.has(`${action}/plan facilitator`)),
    )
    expect(SECTIONS.filter((section) => !isGated(section))).toEqual(['plan', 'family', 'prep'])
  })

  it.each(STANDINGS)('[AC1] %s may do exactly what the table says, in every phase and section', (standing) => {
    for (const action of ACTIONS) {
      for (const phase of PHASES) {
        for (const section of SECTIONS) {
          for (const released of [false, true]) {
            const what = `${action}, ${phase}, ${section}, ${released ? 'released' : 'not released'}`
            const allowed = can(standing, action, { phase, section, released })
            expect(allowed, what).toBe(mayBe(action, standing, phase, section, released))
          }
        }
      }
      expect(can(standing, action), `${action}, outside`).toBe(mayOutside(action, standing))
    }
  })

  it('[AC1] where no section is named, the plan itself is meant', () => {
    for (const action of ACTIONS) {
      for (const phase of PHASES) {
        expect(can('observer', action, { phase })).toBe(can('observer', action, { phase, section: 'plan' }))
      }
    }
  })
})
