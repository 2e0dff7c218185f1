/** What a family can get or be in; each is named in the family's language by the pages. */
export const PROGRAMS = [
  'cash-aid',
  'food-aid',
  'health-care',
  'child-care',
  'housing-aid',
  'disability',
  'child-support',
  'relative-aid',
  'other',
] as const
export type ProgramName = (typeof PROGRAMS)[number]

/** How it stands with one of them, as the offices tell it apart; pages say each in a plain sentence. */
export const PROGRAM_STATES = [
  'waiting',
  'active',
  'sanctioned',
  'good-cause',
  'exempt',
  'timed-out',
  'denied',
  'ended',
] as const
export type ProgramState = (typeof PROGRAM_STATES)[number]

/** What comes next in a program on a day. */
export const NEXT_STEPS = ['report', 'renewal', 'appointment', 'hearing'] as const
export type NextStep = (typeof NEXT_STEPS)[number]

/** Reads a choice that is a code and a day in one value, such as `sanctioned 2027-02-01`. */
export function readDated<Code extends string>(value: string): { code: Code; day: string | null } {
  const [code, day = null] = value.split(' ')
  return { code: code as Code, day }
}

/** The same the other way round. */
export const writeDated = (code: string, day: string | null): string => (day ? `${code} ${day}` : code)
