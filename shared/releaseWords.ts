import type { Language } from './meeting'
import { type Element, elementsOf } from './releaseElements'
import type { Purpose, Recipient, ReleaseForm } from './release'
import type { Gated } from './roles'

/** What is signed, sentence by sentence, each for one element. */
export interface SignedLine {
  element: Element
  text: string
}

/** What a form does not say by itself. */
interface Around {
  language: Language
  /** The meeting's. */
  timeZone: string
  /** Of who signs, as the room calls them. */
  signer: string
  /** The members of the family who may see it, by name. */
  members: readonly string[]
  /** The moment it ends; null while nobody said. */
  expiresAt: Date | null
}

type Words = typeof EN

const EN = {
  section: {
    health: 'health and treatment',
    'substance-use': 'treatment for alcohol or drugs',
    education: 'school',
    justice: 'court and probation',
    benefits: 'help with money, food and housing',
  } satisfies Record<Gated, string> as Record<Gated, string>,
  recipient: {
    'child-welfare': 'child welfare',
    calworks: 'CalWORKs/TANF',
    school: 'the school',
    'mental-health': 'the therapist (mental health)',
    housing: 'the housing agency',
    probation: 'probation',
    'child-support': 'child support',
    other: 'the other agency',
    facilitator: 'the facilitator',
    interpreter: 'the interpreter',
  } satisfies Record<Recipient, string> as Record<Recipient, string>,
  purpose: {
    plan: 'making this plan together, and doing what it says',
    treatment: 'care and treatment',
    schooling: 'going to school and learning',
    benefits: 'getting help with money, food or housing',
  } satisfies Record<Exclude<Purpose, 'own-words'>, string> as Record<Exclude<Purpose, 'own-words'>, string>,
  blank: '…',
  aboutMe: (me: string) => `This is about me, ${me}.`,
  aboutChild: (child: string) => `This is about ${child}.`,
  as: {
    parent: (me: string, child: string) => `I, ${me}, sign as the parent of ${child}.`,
    guardian: (me: string, child: string) => `I, ${me}, sign as the legal guardian of ${child}.`,
  },
  teller: (who: string, what: string) => `About ${what}, the one who tells is: ${who}.`,
  tellMyself: (what: string) => `About ${what}, the one who tells is: me.`,
  told: (what: string, told: string) => `What may be told about ${what}: ${told}`,
  notes: 'A therapist’s or counselor’s own notes of our talks are not part of this.',
  recipients: (who: string) => `Only these may see it: ${who}.`,
  purposeIs: (what: string) => `What it is for: ${what}.`,
  expiry: (when: string) => `It ends by itself on ${when}.`,
  revocation:
    'I can end it at any time: with one tap on this page, or by writing to the facilitator. What somebody has seen by then, they have seen.',
  unconditioned: 'I do not have to sign. My care does not depend on it, and nothing in this meeting does.',
  redisclosure: {
    health: 'Who sees my health information might tell others, and then health privacy law may no longer protect it.',
    'substance-use':
      'Treatment for alcohol or drugs is protected by federal law (42 CFR part 2). Who sees it may tell others only as I allow here or as that law allows. It may not be used against me in court unless I agree or a judge orders it under that law.',
    education: 'Who sees school records may not pass them on unless I agree or the law allows it (34 CFR 99.33).',
    justice: 'Who sees this is asked not to pass it on unless I agree or the law tells them to.',
    benefits: 'Who sees this may use it only to help with services, and must keep it private (WIC 10850).',
  } satisfies Record<Gated, string> as Record<Gated, string>,
  copy: 'I get a copy of this. It stays on this page, and I can print it.',
  signed: (name: string) => `Signed: ${name}`,
  on: (when: string) => `Date: ${when}`,
  at: (day: string, hour: string) => `${day} at ${hour}`,
}

const ES: Words = {
  section: {
    health: 'la salud y el tratamiento',
    'substance-use': 'el tratamiento por alcohol o drogas',
    education: 'la escuela',
    justice: 'la corte y la libertad condicional',
    benefits: 'la ayuda con dinero, comida y vivienda',
  },
  recipient: {
    'child-welfare': 'bienestar infantil',
    calworks: 'CalWORKs/TANF',
    school: 'la escuela',
    'mental-health': 'el terapeuta (salud mental)',
    housing: 'la agencia de vivienda',
    probation: 'libertad condicional',
    'child-support': 'manutención de menores',
    other: 'la otra agencia',
    facilitator: 'quien dirige la reunión',
    interpreter: 'el intérprete',
  },
  purpose: {
    plan: 'hacer juntos este plan y cumplir lo que dice',
    treatment: 'la atención y el tratamiento',
    schooling: 'ir a la escuela y aprender',
    benefits: 'recibir ayuda con dinero, comida o vivienda',
  },
  blank: '…',
  aboutMe: (me) => `Esto es sobre mí, ${me}.`,
  aboutChild: (child) => `Esto es sobre ${child}.`,
  as: {
    parent: (me, child) => `Yo, ${me}, firmo como madre o padre de ${child}.`,
    guardian: (me, child) => `Yo, ${me}, firmo como tutor legal de ${child}.`,
  },
  teller: (who, what) => `Sobre ${what}, quien informa es: ${who}.`,
  tellMyself: (what) => `Sobre ${what}, quien informa soy yo.`,
  told: (what, told) => `Lo que se puede decir sobre ${what}: ${told}`,
  notes: 'Las notas propias del terapeuta o consejero sobre nuestras pláticas no son parte de esto.',
  recipients: (who) => `Solo lo pueden ver: ${who}.`,
  purposeIs: (what) => `Para qué es: ${what}.`,
  expiry: (when) => `Termina solo el ${when}.`,
  revocation:
    'Puedo terminarlo en cualquier momento: con un toque en esta página, o escribiendo a quien dirige la reunión. Lo que alguien ya vio, ya lo vio.',
  unconditioned: 'No tengo que firmar. Mi atención no depende de esto, y nada en esta reunión tampoco.',
  redisclosure: {
    health:
      'Quien vea mi información de salud podría contarla a otros, y entonces la ley de privacidad de salud quizás ya no la proteja.',
    'substance-use':
      'El tratamiento por alcohol o drogas está protegido por ley federal (42 CFR parte 2). Quien lo vea solo puede contarlo como yo lo permito aquí o como esa ley lo permite. No se puede usar en mi contra en la corte si yo no estoy de acuerdo o un juez no lo ordena según esa ley.',
    education:
      'Quien vea los datos de la escuela no puede pasarlos a otros sin mi permiso o sin que la ley lo permita (34 CFR 99.33).',
    justice: 'A quien vea esto se le pide no pasarlo a otros sin mi permiso o sin que la ley lo ordene.',
    benefits: 'Quien vea esto solo puede usarlo para ayudar con servicios, y debe mantenerlo en privado (WIC 10850).',
  },
  copy: 'Recibo una copia de esto. Se queda en esta página y la puedo imprimir.',
  signed: (name) => `Firma: ${name}`,
  on: (when) => `Fecha: ${when}`,
  at: (day, hour) => `${day} a las ${hour}`,
}

const WORDS: Record<Language, Words> = { en: EN, es: ES }

function listWords(all: readonly string[], language: Language): string {
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(all)
}

/** A moment on the meeting's clock, with the year and the zone: "June 10, 2027 at 5:00 PM (PDT)". */
function whenWords(at: Date, timeZone: string, language: Language): string {
  const locale = language === 'es' ? 'es-US' : 'en-US'
  const day = new Intl.DateTimeFormat(locale, { timeZone, day: 'numeric', month: 'long', year: 'numeric' }).format(at)
  const hour = { timeZone, hour: 'numeric', minute: '2-digit', hourCycle: language === 'es' ? 'h23' : 'h12' } as const
  const zone = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'short' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')
  // Browsers and servers put different spaces before "PM".
  const clock = new Intl.DateTimeFormat(locale, hour).format(at).replace(/\s/g, ' ')
  return `${WORDS[language].at(day, clock)} (${zone?.value ?? timeZone})`
}

function sectionLines(form: ReleaseForm, words: Words): SignedLine[] {
  return form.sections.flatMap(({ section, told, discloser }) => {
    const what = words.section[section]
    const who = discloser ? words.recipient[discloser] : words.blank
    const teller = discloser === null ? words.tellMyself(what) : words.teller(who, what)
    return [
      { element: 'discloser', text: teller },
      { element: 'information', text: words.told(what, told || words.blank) },
    ] satisfies SignedLine[]
  })
}

function subjectLines({ about }: ReleaseForm, signer: string, words: Words): SignedLine[] {
  if (!about) return [{ element: 'subject', text: words.aboutMe(signer) }]
  return [
    { element: 'subject', text: words.aboutChild(about.name) },
    { element: 'authority', text: words.as[about.as](signer, about.name) },
  ]
}

function purposeOf({ purpose, ownPurpose }: ReleaseForm, words: Words): string {
  if (purpose === null) return words.blank
  return (purpose === 'own-words' ? ownPurpose : words.purpose[purpose]) || words.blank
}

/**
 * What a form means, in plain words and the language of who signs: the very sentences that are signed, kept and printed.
 * What is not filled in yet shows as a gap.
 */
export function tellRelease(form: ReleaseForm, around: Around): SignedLine[] {
  const { language, timeZone, signer, members, expiresAt } = around
  const words = WORDS[language]
  const sections = form.sections.map(({ section }) => section)
  const seeing = [...form.recipients.map((one) => words.recipient[one]), ...members]
  const when = expiresAt ? whenWords(expiresAt, timeZone, language) : words.blank
  const lines: SignedLine[] = [
    ...subjectLines(form, signer, words),
    ...sectionLines(form, words),
    { element: 'notes', text: words.notes },
    { element: 'recipients', text: words.recipients(listWords(seeing, language) || words.blank) },
    { element: 'purpose', text: words.purposeIs(purposeOf(form, words)) },
    { element: 'expiry', text: words.expiry(when) },
    { element: 'revocation', text: words.revocation },
    { element: 'unconditioned', text: words.unconditioned },
    ...sections.map((section) => ({ element: 'redisclosure', text: words.redisclosure[section] }) as const),
    { element: 'copy', text: words.copy },
  ]
  const needed = elementsOf(sections)
  return lines.filter(({ element }) => needed.includes(element))
}

/** What the signature itself adds, once it is given. */
export function tellSignature(
  { signature, at }: { signature: string; at: Date },
  { language, timeZone }: Pick<Around, 'language' | 'timeZone'>,
): SignedLine[] {
  const words = WORDS[language]
  return [
    { element: 'signature', text: words.signed(signature) },
    { element: 'date', text: words.on(whenWords(at, timeZone, language)) },
  ]
}
