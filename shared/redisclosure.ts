import { isGated } from './part'
import type { Section } from './roles'

/**
 * What goes with the words of a gated section wherever they go. Whoever receives records of substance use treatment must
 * be told in these words or longer ones (42 CFR 2.32).
 */
export const REDISCLOSURE = {
  'substance-use': {
    en: '42 CFR part 2 prohibits unauthorized use or disclosure of these records.',
    es: 'La norma federal 42 CFR parte 2 prohíbe usar o divulgar estos datos sin autorización.',
  },
  other: {
    en: 'These words are shown with a signed permission. Do not pass them on without a new one.',
    es: 'Estas palabras se muestran con un permiso firmado. No las comparta sin un permiso nuevo.',
  },
} as const

export type Notice = keyof typeof REDISCLOSURE
export const NOTICES = Object.keys(REDISCLOSURE) as Notice[]

/** Which notice goes with a section; null for what no release opens. */
export function noticeOf(section: Section): Notice | null {
  if (!isGated(section)) return null
  return section === 'substance-use' ? section : 'other'
}
