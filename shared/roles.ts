/** What a participant is in one meeting (DESIGN: role). */
export const ROLES = ['facilitator', 'family', 'youth', 'support', 'agency', 'interpreter', 'observer'] as const
export type Role = (typeof ROLES)[number]

/** What an agency person may do outside any meeting. */
export const DUTIES = ['facilitator', 'agency', 'admin'] as const
export type Duty = (typeof DUTIES)[number]

/**
 * Everything somebody can stand as when they ask for something: a role in a meeting, a paired projector
 * (a screen, not a person), or a signed-in agency person outside of meetings.
 */
export const STANDINGS = [...ROLES, 'projector', 'staff:facilitator', 'staff:agency', 'staff:admin'] as const
export type Standing = (typeof STANDINGS)[number]

/**
 * `open`: people write. `sealed`: the plan is a sealed version and read only until an amendment. `ended`: the plan is
 * read only until the facilitator opens the meeting again.
 */
export const PHASES = ['open', 'sealed', 'ended'] as const
export type Phase = (typeof PHASES)[number]

/** The visibility class a piece of the plan lives in; each is a live document of its own. */
export const SECTIONS = ['plan'] as const
export type Section = (typeof SECTIONS)[number]

interface Rule {
  standings: readonly Standing[]
  /** In which phases of a meeting; left out where no meeting is concerned. */
  phases?: readonly Phase[]
}

const ANY_PHASE = PHASES
const WHILE_OPEN = ['open'] as const
const WHILE_SEALED = ['sealed'] as const
const EVERYBODY = ROLES
const WRITERS = ['facilitator', 'family', 'youth', 'support', 'agency', 'interpreter'] as const
const STAFF = ['staff:facilitator', 'staff:agency', 'staff:admin'] as const

/**
 * Who may do what: the only place. `can` reads it, the server's `authorize` throws from it, the client's
 * `useCan` hides buttons with it. An action that is not here does not compile.
 */
export const RULES = {
  'family:create': { standings: ['staff:facilitator', 'staff:admin'] },
  'family:read': { standings: ['staff:facilitator', 'staff:admin'] },
  'meeting:create': { standings: ['staff:facilitator', 'staff:admin'] },
  'meeting:list': { standings: STAFF },

  'meeting:read': { standings: [...EVERYBODY, 'projector'], phases: ANY_PHASE },
  'meeting:end': { standings: ['facilitator'], phases: ['open', 'sealed'] },
  'meeting:reopen': { standings: ['facilitator'], phases: ['ended'] },
  'joining:change': { standings: ['facilitator'], phases: ANY_PHASE },
  'lobby:read': { standings: ['facilitator'], phases: ANY_PHASE },
  'participant:admit': { standings: ['facilitator'], phases: ANY_PHASE },
  'participant:remove': { standings: ['facilitator'], phases: ANY_PHASE },
  'people:read': { standings: EVERYBODY, phases: ANY_PHASE },
  'projector:pair': { standings: ['facilitator'], phases: ANY_PHASE },

  'plan:read': { standings: [...EVERYBODY, 'projector'], phases: ANY_PHASE },
  'plan:edit': { standings: WRITERS, phases: WHILE_OPEN },
  /** Writing on after a seal, in a new generation of the plan. */
  'plan:amend': { standings: ['facilitator'], phases: WHILE_SEALED },
  /** Who wrote what in the plan. */
  'plan:history': { standings: EVERYBODY, phases: ANY_PHASE },

  'version:checkpoint': { standings: ['facilitator'], phases: WHILE_OPEN },
  'version:seal': { standings: ['facilitator'], phases: WHILE_OPEN },
  'version:read': { standings: EVERYBODY, phases: ANY_PHASE },
  /** Bringing one item, or the whole plan, back to what an earlier version says. */
  'item:restore': { standings: WRITERS, phases: WHILE_OPEN },
  'version:restore': { standings: ['facilitator'], phases: WHILE_OPEN },
} as const satisfies Record<string, Rule>

export type Action = keyof typeof RULES

/**
 * May somebody who stands as `standing` do `action`?
 *
 * @param meeting the phase of the meeting concerned; left out for actions outside of meetings
 */
export function can(standing: Standing, action: Action, meeting?: { phase: Phase }): boolean {
  const rule: Rule = RULES[action]
  if (!rule.standings.includes(standing)) return false
  if (!rule.phases) return true
  return meeting !== undefined && rule.phases.includes(meeting.phase)
}
