/** What a participant is in one meeting (DESIGN: role). */
export const ROLES = ['facilitator', 'family', 'youth', 'support', 'agency', 'interpreter', 'observer'] as const
export type Role = (typeof ROLES)[number]

/** The people of a family, whom it knows again at its next meeting. */
export const MEMBERS = ['family', 'youth', 'support'] as const satisfies readonly Role[]

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
 * `open`: people write. `private`: the family is by itself; professionals and the wall see a curtain. `sealed`: the plan
 * is a sealed version and read only until an amendment. `ended`: the plan is read only until the facilitator opens the
 * meeting again.
 */
export const PHASES = ['open', 'private', 'sealed', 'ended'] as const
export type Phase = (typeof PHASES)[number]

/** Sections that only a release opens, each about one person (45 CFR 164.508, 42 CFR 2.31, 34 CFR 99.30, WIC 10850). */
export const GATED = ['health', 'substance-use', 'education', 'justice', 'benefits'] as const
export type Gated = (typeof GATED)[number]

/**
 * The visibility class a piece of the plan lives in; each is a live document of its own. `plan`: everybody let in.
 * `family`: private family time. `prep`: what professionals prepare.
 */
export const SECTIONS = ['plan', 'family', 'prep', ...GATED] as const
export type Section = (typeof SECTIONS)[number]

interface Clause {
  standings: readonly Standing[]
  /** In which phases of a meeting; left out where no meeting is concerned. */
  phases?: readonly Phase[]
  /** In which sections; left out where the meeting as a whole, or none, is concerned. */
  sections?: readonly Section[]
  /** Only where a release opens the section to them. */
  released?: true
}

const ANY_PHASE = PHASES
const WHILE_OPEN = ['open'] as const
const WHILE_SEALED = ['sealed'] as const
/** Professionals and the wall are behind the curtain in private family time. */
const NO_CURTAIN = ['open', 'sealed', 'ended'] as const
const WRITING_TIME = ['open', 'private'] as const
const UNTIL_THE_END = ['open', 'private', 'sealed'] as const
/** The plan is sealed, or was when the meeting ended. */
const AFTER_SEAL = ['sealed', 'ended'] as const
const EVERYBODY = ROLES
const FAMILY_SIDE = [...MEMBERS, 'interpreter'] as const
const PROFESSIONALS = ['facilitator', 'agency'] as const
const STAFF = ['staff:facilitator', 'staff:agency', 'staff:admin'] as const

const PLAN = ['plan'] as const
const FAMILY = ['family'] as const
const PREP = ['prep'] as const

const outside = (...standings: Standing[]): readonly Clause[] => [{ standings }]
const inMeeting = (phases: readonly Phase[], ...standings: Standing[]): readonly Clause[] => [{ standings, phases }]

/** Reading words: the family's side always, the others while there is no curtain. */
const READING: readonly Clause[] = [
  { sections: PLAN, standings: FAMILY_SIDE, phases: ANY_PHASE },
  { sections: PLAN, standings: [...PROFESSIONALS, 'observer'], phases: NO_CURTAIN },
  { sections: FAMILY, standings: FAMILY_SIDE, phases: ANY_PHASE },
  { sections: PREP, standings: PROFESSIONALS, phases: NO_CURTAIN },
  { sections: GATED, standings: FAMILY_SIDE, phases: ANY_PHASE, released: true },
  { sections: GATED, standings: PROFESSIONALS, phases: NO_CURTAIN, released: true },
]

/** Writing words: whoever may read them and writes at all, while the meeting goes on. */
const WRITING: readonly Clause[] = [
  { sections: PLAN, standings: FAMILY_SIDE, phases: WRITING_TIME },
  { sections: PLAN, standings: PROFESSIONALS, phases: WHILE_OPEN },
  { sections: FAMILY, standings: FAMILY_SIDE, phases: WRITING_TIME },
  { sections: PREP, standings: PROFESSIONALS, phases: WHILE_OPEN },
  { sections: GATED, standings: FAMILY_SIDE, phases: WRITING_TIME, released: true },
  { sections: GATED, standings: PROFESSIONALS, phases: WHILE_OPEN, released: true },
]

/** Answering for oneself: those the plan is about, and the agencies. */
const ANSWERING: readonly Clause[] = [
  { standings: MEMBERS, phases: WRITING_TIME },
  { standings: ['agency'], phases: WHILE_OPEN },
]

/**
 * Who may do what: the only place. `can` reads it, the server's `authorize` throws from it, the client's
 * `useCan` hides buttons with it, `npm run policy` prints it. An action that is not here does not compile.
 */
export const RULES = {
  'family:create': outside('staff:facilitator', 'staff:admin'),
  'family:read': outside('staff:facilitator', 'staff:admin'),
  /** Who of the agencies works with a family. */
  'family:team': outside('staff:facilitator', 'staff:admin'),
  /** How long a family's words are kept: retention, legal hold, expunging. */
  'family:keep': outside('staff:admin'),
  'meeting:create': outside('staff:facilitator', 'staff:admin'),
  /** Who can be reached for an agency, and when. */
  'on-call:edit': outside('staff:facilitator', 'staff:admin'),
  /** Those one is in. */
  'meeting:list': outside(...STAFF, ...EVERYBODY),
  /** Accounts of agency people: inviting, changing, disabling. */
  'staff:manage': outside('staff:admin'),
  'record:export': outside('staff:admin'),

  'meeting:read': inMeeting(ANY_PHASE, ...EVERYBODY, 'projector'),
  'meeting:end': inMeeting(['open', 'private', 'sealed'], 'facilitator'),
  'meeting:reopen': inMeeting(['ended'], 'facilitator'),
  'family-time:start': inMeeting(WHILE_OPEN, 'facilitator'),
  'family-time:end': inMeeting(['private'], 'facilitator', 'family', 'youth', 'support'),
  /** The stages of a meeting and their time, and what everybody is to look at. */
  'stage:change': inMeeting(WHILE_OPEN, 'facilitator'),
  /** The clock stands still until the interpreter has said it, or after a break. */
  'stage:pause': [
    { standings: ['facilitator'], phases: WHILE_OPEN },
    { standings: ['interpreter'], phases: WRITING_TIME },
  ],
  /** By when this meeting has to be held, and the day and hour of it. */
  'meeting:schedule': inMeeting(WHILE_OPEN, 'facilitator'),
  /** Saying which of the times offered one can come; who leads, for somebody who told them. */
  'poll:answer': inMeeting(WHILE_OPEN, ...EVERYBODY),
  /** Who is asked to come, and where that is sent: for who leads alone. */
  'invite:lead': inMeeting(UNTIL_THE_END, 'facilitator'),
  /** When the family meets next. */
  'meeting:set-next': inMeeting(ANY_PHASE, 'facilitator'),
  /** A hand that is up; passing one’s own turn on. */
  'speak:ask': inMeeting(WHILE_OPEN, 'facilitator', 'family', 'youth', 'support', 'agency', 'interpreter'),
  /** Who has the word, and circles. */
  'speak:lead': inMeeting(WHILE_OPEN, 'facilitator'),
  'joining:change': inMeeting(ANY_PHASE, 'facilitator'),
  'lobby:read': inMeeting(ANY_PHASE, 'facilitator'),
  'participant:admit': inMeeting(ANY_PHASE, 'facilitator'),
  'participant:remove': inMeeting(ANY_PHASE, 'facilitator'),
  /** Not showing that somebody is here, for their safety. */
  'participant:hide': inMeeting(ANY_PHASE, 'facilitator'),
  /** A link of one's own to the sealed plans, for a person of the family. */
  'participant:link': inMeeting(ANY_PHASE, 'facilitator'),
  'people:read': inMeeting(ANY_PHASE, ...EVERYBODY),
  /** How one can be reached oneself: told, and taken back. */
  'contact:share': inMeeting(ANY_PHASE, ...EVERYBODY),
  'projector:pair': inMeeting(ANY_PHASE, 'facilitator'),

  'plan:read': [...READING, { sections: PLAN, standings: ['projector'], phases: NO_CURTAIN }],
  'plan:edit': WRITING,
  /** Writing on after a seal, in a new generation of the plan. */
  'plan:amend': inMeeting(WHILE_SEALED, 'facilitator'),
  /** Who wrote what in the plan. */
  'plan:history': READING,
  /** How much of the plan the family said: while it can still be changed, and not as a mark afterwards. */
  'voice:read': inMeeting(WHILE_OPEN, 'facilitator'),

  /** Asking everybody about the decision, or how safe it is, and showing what they said. */
  'answers:ask': inMeeting(WHILE_OPEN, 'facilitator'),
  /**
   * Answering it for oneself. Who leads has no answer of their own: a neutral coordinator has no vote (family group
   * decision making). Who interprets or watches has none either.
   */
  'answers:give': ANSWERING,
  /** Saying what the agency decides where not everybody could agree. */
  'decision:settle': inMeeting(WHILE_OPEN, 'facilitator', 'agency'),
  /** Saying that a relative takes care of a child by what was decided. */
  'decision:relative': [
    { standings: MEMBERS, phases: WRITING_TIME },
    { standings: ['facilitator'], phases: WHILE_OPEN },
  ],
  /** Saying yes to a promise that bears one's name, or not. */
  'promise:answer': [...ANSWERING, { standings: ['facilitator'], phases: WHILE_OPEN }],

  /** Saying that one keeps what is said, for who is there for their work. A family is asked for nothing of the kind. */
  'confidence:keep': inMeeting(WHILE_OPEN, 'facilitator', 'agency', 'interpreter', 'observer'),

  /**
   * What people need to be able to take part: saying it, and seeing to it. Each learns of what they need, see to or are
   * asked to see to; who leads of everything, also behind the curtain: it is said to them.
   */
  'need:read': inMeeting(ANY_PHASE, ...EVERYBODY),
  'need:say': inMeeting(UNTIL_THE_END, ...EVERYBODY),
  /** Typing a need for somebody, asking who sees to it, and writing their yes down. */
  'need:lead': inMeeting(UNTIL_THE_END, 'facilitator'),
  /** Whom the family wants at its side. Who leads asks them to come, and takes nobody off. */
  'supporter:read': inMeeting(ANY_PHASE, 'family', 'youth', 'facilitator'),
  'supporter:wish': inMeeting(UNTIL_THE_END, 'family', 'youth'),
  'supporter:ask': inMeeting(UNTIL_THE_END, 'facilitator'),
  /** For which agency nobody comes, and letting in who is on call for it. */
  'seat:fill': inMeeting(WHILE_OPEN, 'facilitator'),
  /** What else a family is in, by its own answers: never told to an agency by itself. */
  'screening:read': [
    { standings: ['family', 'youth'], phases: ANY_PHASE },
    { standings: ['facilitator'], phases: NO_CURTAIN },
  ],
  'screening:answer': [
    { standings: ['family', 'youth'], phases: WRITING_TIME },
    { standings: ['facilitator'], phases: WHILE_OPEN },
  ],

  'version:checkpoint': inMeeting(WHILE_OPEN, 'facilitator'),
  'version:seal': inMeeting(WHILE_OPEN, 'facilitator'),
  'version:read': READING,
  /** One's own signature under the sealed plan, or that one would rather not, or has a copy. */
  'version:sign': inMeeting(AFTER_SEAL, ...EVERYBODY),
  /** The same for somebody without a phone of their own, who says so. */
  'version:sign-for': inMeeting(AFTER_SEAL, 'facilitator'),
  /** Bringing one item, or the whole plan, back to what an earlier version says. */
  'item:restore': WRITING,
  'version:restore': [{ sections: PLAN, standings: ['facilitator'], phases: WHILE_OPEN }],

  /** Asking a person of the family for a release. */
  'release:ask': inMeeting(ANY_PHASE, 'facilitator', 'agency'),
  'release:sign': inMeeting(ANY_PHASE, 'family', 'youth'),
  'release:revoke': inMeeting(ANY_PHASE, 'family', 'youth'),
  /** One's own releases, and those that name one's agency. */
  'release:read': inMeeting(ANY_PHASE, 'family', 'youth', 'support', 'interpreter', 'facilitator', 'agency'),
  /** Who looked at what. */
  'record:read': inMeeting(ANY_PHASE, 'family', 'youth'),
} as const satisfies Record<string, readonly Clause[]>

export type Action = keyof typeof RULES
export const ACTIONS = Object.keys(RULES) as Action[]

/** Where something is to be done. */
export interface Place {
  phase: Phase
  /** The section concerned; the plan itself when left out. */
  section?: Section | undefined
  /** Does a release open this section to whoever asks? */
  released?: boolean | undefined
}

/** Does a section of the plan, rather than the meeting as a whole, matter for this action? */
export function isAboutSection(action: Action): boolean {
  return RULES[action].some((clause: Clause) => clause.sections)
}

/** Does this action need a release there, whoever asks? */
export function needsRelease(action: Action, section: Section): boolean {
  return RULES[action].some((clause: Clause) => clause.released && clause.sections?.includes(section))
}

/**
 * May somebody who stands as `standing` do `action`?
 *
 * @param place where; left out for actions outside of meetings
 */
export function can(standing: Standing, action: Action, place?: Place): boolean {
  return RULES[action].some((clause: Clause) => {
    if (!clause.standings.includes(standing)) return false
    if (!clause.phases) return true
    if (!place || !clause.phases.includes(place.phase)) return false
    if (!clause.sections) return true
    return clause.sections.includes(place.section ?? 'plan') && (!clause.released || place.released === true)
  })
}
