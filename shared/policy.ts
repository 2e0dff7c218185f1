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
