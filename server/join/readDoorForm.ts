import * as z from 'zod/mini'
import { Agency, line } from '../../shared/meeting'

/** The roles people can choose for themselves, the family's first. */
export const ASKED_ROLES = ['family', 'youth', 'support', 'agency', 'interpreter', 'observer'] as const
export type AskedRole = (typeof ASKED_ROLES)[number]
export const NAME_MAX = 40

const AskedRole = z.enum(ASKED_ROLES)

/** What somebody typed at the door, right or not; it is shown again as it was. */
export interface Typed {
  name: string
  role: string
  agency: string
}

export const NOTHING_TYPED: Typed = { name: '', role: '', agency: '' }

/** A field and what is to be done about it (one of the mistakes the words have). */
export interface Mistake {
  field: keyof Typed
  words: 'nameMissing' | 'nameLong' | 'nameOdd' | 'roleMissing' | 'agencyMissing'
}

export interface Guest {
  name: string
  role: AskedRole
  agency: Agency | null
}

type Read = { guest: Guest } | { typed: Typed; mistakes: Mistake[] }

/** One field of a form: a field sent twice, or not as words, was not sent by our page and counts as empty. */
function field(form: unknown, name: string): string {
  const value = typeof form === 'object' && form !== null && Object.hasOwn(form, name) ? (form as never)[name] : ''
  return typeof value === 'string' ? value : ''
}

function nameMistake(name: string): Mistake[] {
  if (line(NAME_MAX).safeParse(name).success) return []
  const trimmed = name.trim()
  const words = trimmed === '' ? 'nameMissing' : trimmed.length > NAME_MAX ? 'nameLong' : 'nameOdd'
  return [{ field: 'name', words }]
}

export function readDoorForm(form: unknown): Read {
  const typed: Typed = { name: field(form, 'name'), role: field(form, 'role'), agency: field(form, 'agency') }
  const role = AskedRole.safeParse(typed.role)
  const agency = Agency.safeParse(typed.agency)
  const mistakes = nameMistake(typed.name)
  if (!role.success) mistakes.push({ field: 'role', words: 'roleMissing' })
  if (role.data === 'agency' && !agency.success) mistakes.push({ field: 'agency', words: 'agencyMissing' })
  if (mistakes.length > 0 || !role.success) return { typed, mistakes }
  const ofAgency = role.data === 'agency' && agency.success ? agency.data : null
  return { guest: { name: typed.name.trim(), role: role.data, agency: ofAgency } }
}
