import {
  ACTIONS,
  can,
  isAboutSection,
  needsRelease,
  PHASES,
  RULES,
  SECTIONS,
  STANDINGS,
  type Action,
  type Phase,
  type Section,
  type Standing,
} from './roles'

/** May somebody who stands as `role` do `action` there? */
export interface PolicyCell {
  action: Action
  /** A role in a meeting, the projector, or a signed-in agency person outside of meetings (`staff:…`). */
  role: Standing
  /** Null where the meeting as a whole, or none, is concerned. */
  section: Section | null
  /** Null outside of meetings. */
  phase: Phase | null
  /** By the role alone. */
  allowed: boolean
  /** With a release that opens this section to them; only there where a release can make a difference. */
  withRelease?: boolean
}

const isOutside = (action: Action) => RULES[action].every((clause) => !('phases' in clause))

/** Every cell of the policy, as the table of rules answers it. */
export function listPolicy(): PolicyCell[] {
  return ACTIONS.flatMap((action) => {
    const sections = isAboutSection(action) ? SECTIONS : [null]
    const phases = isOutside(action) ? [null] : PHASES
    return STANDINGS.flatMap((role) =>
      sections.flatMap((section) => phases.map((phase) => cell(action, role, section, phase))),
    )
  })
}

function cell(action: Action, role: Standing, section: Section | null, phase: Phase | null): PolicyCell {
  const ask = (released: boolean) =>
    can(role, action, phase ? { phase, section: section ?? undefined, released } : undefined)
  const allowed = { action, role, section, phase, allowed: ask(false) }
  return section && needsRelease(action, section) ? { ...allowed, withRelease: ask(true) } : allowed
}

/** In which phases, in words: `always`, `open, private`, `–`. */
function when(cells: PolicyCell[], of: 'allowed' | 'withRelease'): string {
  const phases = cells.filter((cell) => cell[of]).map(({ phase }) => phase ?? 'yes')
  if (phases.length === 0) return '–'
  return phases.length === PHASES.length ? 'always' : phases.join(', ')
}

/** One line of the table for an action, or for an action in one section. */
function line(cells: PolicyCell[], standings: readonly Standing[]): string {
  const words = standings.map((standing) => {
    const of = cells.filter(({ role }) => role === standing)
    const released = when(of, 'withRelease')
    return released === '–' ? when(of, 'allowed') : `${released} †`
  })
  return words.join(' | ')
}

/** Sections with the same answers share a line. */
function linesOf(action: Action, standings: readonly Standing[], cells: PolicyCell[]): string[] {
  const sections = [...new Set(cells.map(({ section }) => section))]
  const lines = new Map<string, (Section | null)[]>()
  for (const section of sections) {
    const words = line(
      cells.filter((cell) => cell.section === section),
      standings,
    )
    lines.set(words, [...(lines.get(words) ?? []), section])
  }
  const said = [...lines].filter(([words]) => /[a-z]/.test(words))
  return said.map(([words, names]) => `| \`${action}\` | ${names.join(', ')} | ${words} |`)
}

function table(standings: readonly Standing[], cells: PolicyCell[]): string {
  const head = `| Action | Section | ${standings.join(' | ')} |`
  const rule = `| --- | --- | ${standings.map(() => '---').join(' | ')} |`
  const actions = [...new Set(cells.map(({ action }) => action))]
  const lines = actions.flatMap((action) =>
    linesOf(
      action,
      standings,
      cells.filter((cell) => cell.action === action),
    ),
  )
  return [head, rule, ...lines].join('\n')
}

/** The policy as two tables in Markdown: in meetings, and outside of them. */
export function policyTable(): string {
  const cells = listPolicy()
  const inside = STANDINGS.filter((standing) => !standing.startsWith('staff:'))
  const meetings = cells.filter(({ phase, role }) => phase !== null && inside.includes(role))
  const elsewhere = cells.filter(({ phase }) => phase === null)
  return [
    table(inside, meetings),
    '† only where a release opens this section to them; what is about themselves is always theirs.',
    table(STANDINGS, elsewhere),
  ].join('\n\n')
}
