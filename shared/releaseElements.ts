import type { SignedForm } from './release'
import type { Gated } from './roles'

const HIPAA = '45 CFR 164.508'
const PART_2 = '42 CFR 2.31'
const FERPA = '34 CFR 99.30'
/** County forms of child welfare and of the benefits agency ask for it under these. */
const COUNTY = 'WIC 10850, WIC 18964'
/** No law we know asks for it there: one form for all, so that a family signs once. */
const ONE_FORM = 'OurPlan'

/**
 * What a signed permission must say, and which law asks for it for each kind of section. One sitting says the union,
 * so that one signature is enough for everybody who is named.
 */
export const ELEMENTS = {
  /** Whom it is about. */
  subject: row(`${HIPAA}(c)(1)(i)`, `${PART_2}(a)(1)`, `${FERPA}(a)`, COUNTY),
  /** In what right somebody signs for a child. */
  authority: row(`${HIPAA}(c)(1)(vi)`, `${PART_2}(a)(8)`, `${FERPA}(a)`, COUNTY),
  /** Who tells. */
  discloser: row(`${HIPAA}(c)(1)(ii)`, `${PART_2}(a)(2)`, ONE_FORM, COUNTY),
  /** How much and what kind is told. */
  information: row(`${HIPAA}(c)(1)(i)`, `${PART_2}(a)(3)`, `${FERPA}(b)(1)`, COUNTY),
  /** What is never part of it: notes of counselling need a permission of their own. */
  notes: { health: `${HIPAA}(b)(3)(ii)`, 'substance-use': `${PART_2}(b)` },
  recipients: row(`${HIPAA}(c)(1)(iii)`, `${PART_2}(a)(4)`, `${FERPA}(b)(3)`, COUNTY),
  purpose: row(`${HIPAA}(c)(1)(iv)`, `${PART_2}(a)(5)`, `${FERPA}(b)(2)`, COUNTY),
  expiry: row(`${HIPAA}(c)(1)(v)`, `${PART_2}(a)(7)`, ONE_FORM, COUNTY),
  /** That it can be ended, how, and what that does not undo. */
  revocation: row(`${HIPAA}(c)(2)(i)`, `${PART_2}(a)(6)`, ONE_FORM, COUNTY),
  /** That nothing hangs on it. */
  unconditioned: row(`${HIPAA}(c)(2)(ii)`, ONE_FORM, ONE_FORM, ONE_FORM),
  /** Whether it may be told on. */
  redisclosure: row(`${HIPAA}(c)(2)(iii)`, '42 CFR 2.32', '34 CFR 99.33', COUNTY),
  copy: row(`${HIPAA}(c)(4)`, ONE_FORM, ONE_FORM, ONE_FORM),
  signature: row(`${HIPAA}(c)(1)(vi)`, `${PART_2}(a)(8)`, `${FERPA}(a)`, COUNTY),
  date: row(`${HIPAA}(c)(1)(vi)`, `${PART_2}(a)(9)`, `${FERPA}(a)`, COUNTY),
} as const satisfies Record<string, Partial<Record<Gated, string>>>

export type Element = keyof typeof ELEMENTS

function row(health: string, substanceUse: string, education: string, benefits: string): Record<Gated, string> {
  return { health, 'substance-use': substanceUse, education, benefits, justice: ONE_FORM }
}

/** What must be said when these sections are signed for together. */
export function elementsOf(sections: readonly Gated[]): Element[] {
  const all = Object.entries(ELEMENTS) as [Element, Partial<Record<Gated, string>>][]
  return all.filter(([, of]) => sections.some((section) => of[section])).map(([element]) => element)
}

type Filled = Omit<SignedForm, 'sitting' | 'askId' | 'language' | 'words' | 'agree'>

/** What who signs has to fill in; the other elements are said by the form itself. */
const FILLED_IN: Partial<Record<Element, (form: Filled) => boolean>> = {
  discloser: ({ sections }) => sections.every(({ discloser }) => discloser !== undefined),
  information: ({ sections }) => sections.every(({ told }) => told !== ''),
  recipients: ({ recipients, members }) => recipients.length + members.length > 0,
  purpose: ({ purpose, ownPurpose }) => purpose !== null && (purpose !== 'own-words' || ownPurpose !== ''),
  expiry: ({ until }) => until !== null,
  // Many people have one name, and that is their name.
  signature: ({ signature }) => signature !== '',
}

/** What is still to be filled in before this may be signed. */
export function missingElements(form: Filled): Element[] {
  return elementsOf(form.sections.map(({ section }) => section)).filter(
    (element) => FILLED_IN[element]?.(form) === false,
  )
}
