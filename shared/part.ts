import * as z from 'zod/mini'
import { GATED, SECTIONS, type Gated, type Section } from './roles'

/** A person of the family across its meetings; what gated sections and releases are about. */
export const MemberId = z.string().check(z.regex(/^[0-9a-f]{24}$/))

/** One live document of a meeting: a section, and for a gated one whose it is. */
export interface Part {
  section: Section
  /** The member it is about; null for sections that are not about one person. */
  subject: string | null
}

/** The part everybody in the meeting shares. */
export const PLAN_PART: Part = { section: 'plan', subject: null }

export function isGated(section: Section): section is Gated {
  return (GATED as readonly string[]).includes(section)
}

/** How a part is named in addresses and records: `plan`, or `health.<member id>`. */
export function partKey({ section, subject }: Part): string {
  return subject === null ? section : `${section}.${subject}`
}

/** @returns undefined for what names no part; a gated section always names whose it is, the others never do */
export function readPartKey(key: string): Part | undefined {
  const [name, subject, ...more] = key.split('.')
  const section = SECTIONS.find((one) => one === name)
  if (!section || more.length > 0) return undefined
  if (!isGated(section)) return subject === undefined ? { section, subject: null } : undefined
  return MemberId.safeParse(subject).success ? { section, subject: subject! } : undefined
}
