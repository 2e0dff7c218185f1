import * as z from 'zod/mini'
import type { Language } from './meeting'

/** Longest words for what a short form stands for, in letters. */
const SAYS_MAX = 200
const Says = z
  .string()
  .check(z.trim(), z.minLength(1, 'is empty'), z.maxLength(SAYS_MAX, `is longer than ${SAYS_MAX} letters`))
const Short = z
  .string()
  .check(z.regex(/^([A-Z]{2,6}|CalWORKs)$/, 'must be two to six capital letters, as it stands in plans'))

/** Short forms by how they are written; a county's own file may say more, or other things, in this very shape. */
export const GlossaryWords = z.record(Short, z.strictObject({ en: Says, es: Says }))
export type Glossary = Readonly<Record<string, Readonly<Record<Language, string>>>>

const say = (en: string, es: string) => ({ en, es })

/** Short forms of the field. */
export const GLOSSARY: Glossary = {
  AA: say('meetings of people who stop drinking', 'reuniones de personas que dejan de beber'),
  AOD: say('alcohol and other drugs', 'alcohol y otras drogas'),
  CalWORKs: say(
    'cash aid and help with work for families in California',
    'ayuda en dinero y apoyo para trabajar, para familias de California',
  ),
  CANS: say(
    'a list of questions about what a child needs and is good at',
    'una lista de preguntas sobre lo que un niño necesita y hace bien',
  ),
  CASA: say(
    'a volunteer who speaks up for a child in court',
    'una persona voluntaria que habla por el niño ante el juez',
  ),
  CDSS: say(
    'the state office for social services in California',
    'la oficina estatal de servicios sociales de California',
  ),
  CFSR: say(
    'a federal check of how well a state helps children',
    'una revisión federal de cómo un estado ayuda a los niños',
  ),
  CFT: say(
    'a meeting of the family with everybody who helps them',
    'una reunión de la familia con todos los que la ayudan',
  ),
  CPS: say('the office that keeps children safe', 'la oficina que protege a los niños'),
  CSEC: say(
    'a child whom somebody used for sex in exchange for something',
    'un menor explotado sexualmente por alguien',
  ),
  CWS: say('the office that keeps children safe', 'la oficina que protege a los niños'),
  DCFS: say('the county office that keeps children safe', 'la oficina del condado que protege a los niños'),
  DCS: say(
    'the office that keeps children safe; in some places, the office for child support',
    'la oficina que protege a los niños; en algunos lugares, la de manutención',
  ),
  DCSS: say('the office that collects child support', 'la oficina que cobra la manutención de los hijos'),
  DCYF: say('the state office for children, youth and families', 'la oficina estatal para niños, jóvenes y familias'),
  DHS: say('the office for human services', 'la oficina de servicios humanos'),
  DPSS: say(
    'the county office for cash aid, food and health care',
    'la oficina del condado para ayuda en dinero, comida y salud',
  ),
  DV: say('violence at home', 'violencia en el hogar'),
  EBT: say('the card for food and cash aid', 'la tarjeta para la ayuda de comida y dinero'),
  FGDM: say('a meeting in which the family makes the plan', 'una reunión en la que la familia hace el plan'),
  FP: say('the plan for the family', 'el plan para la familia'),
  FPLS: say(
    'a federal search for a parent who owes support',
    'una búsqueda federal de un padre o madre que debe manutención',
  ),
  GAIN: say('the work program of CalWORKs in Los Angeles', 'el programa de trabajo de CalWORKs en Los Ángeles'),
  GAL: say(
    'a person who tells the court what is best for the child',
    'una persona que dice al juez qué es lo mejor para el niño',
  ),
  GED: say('a diploma that counts like high school', 'un diploma que vale como la preparatoria'),
  GSW: say('the worker of the work program', 'la persona del programa de trabajo'),
  HHS: say('the federal office for health and human services', 'la oficina federal de salud y servicios humanos'),
  ICWA: say('the law that protects children of Native tribes', 'la ley que protege a los niños de tribus nativas'),
  IEP: say(
    'a school’s plan for a child who learns in another way',
    'el plan de la escuela para un niño que aprende de otra manera',
  ),
  ILP: say('help for young people to live on their own', 'ayuda para que los jóvenes vivan por su cuenta'),
  LEA: say('the school district', 'el distrito escolar'),
  MDT: say('a team of people with different jobs', 'un equipo de personas con distintos trabajos'),
  MOA: say(
    'a paper in which two offices say how they work together',
    'un acuerdo entre dos oficinas para trabajar juntas',
  ),
  MOU: say(
    'a paper in which two offices say how they work together',
    'un acuerdo entre dos oficinas para trabajar juntas',
  ),
  NA: say('meetings of people who stop using drugs', 'reuniones de personas que dejan las drogas'),
  NMD: say('a young person of 18 to 21 in foster care', 'un joven de 18 a 21 años en cuidado temporal'),
  OCSE: say('the federal office for child support', 'la oficina federal de manutención de los hijos'),
  PIP: say('a state’s plan to get better at helping families', 'el plan de un estado para ayudar mejor a las familias'),
  PO: say('probation officer', 'oficial de libertad condicional'),
  SARB: say('a meeting about missed school days', 'una junta sobre faltas a la escuela'),
  SDM: say('a list of questions that helps to judge safety', 'una lista de preguntas que ayuda a ver si hay peligro'),
  SNAP: say('help to buy food', 'ayuda para comprar comida'),
  SSI: say('money for people with a disability', 'dinero para personas con discapacidad'),
  STRTP: say('a group home with treatment, for a short time', 'un hogar de grupo con tratamiento, por poco tiempo'),
  SUD: say('trouble with alcohol or drugs', 'problemas con el alcohol o las drogas'),
  TANF: say('cash aid for families with children', 'ayuda en dinero para familias con hijos'),
  TBS: say('a coach for a child’s hard moments', 'un apoyo para los momentos difíciles de un niño'),
  TDM: say('a meeting to decide together where a child lives', 'una reunión para decidir juntos dónde vive un niño'),
  TIP: say('a plan for teamwork between offices', 'un plan para que las oficinas trabajen en equipo'),
  TPR: say(
    'when a court ends a parent’s rights for good',
    'cuando un juez quita para siempre los derechos de un padre o madre',
  ),
  UA: say('a urine test for drugs', 'una prueba de orina para drogas'),
  WIC: say(
    'food for mothers and small children; in a law, the rules of California for families',
    'comida para madres y niños pequeños; en una ley, las reglas de California para familias',
  ),
  WTW: say('the work program of CalWORKs', 'el programa de trabajo de CalWORKs'),
}

/** A short form in a text, and what it stands for; null where nobody has said. */
export interface ShortForm {
  short: string
  at: number
  says: string | null
}

/** Words in capitals that are nothing to explain. */
const PLAIN = new Set(['OK', 'TV', 'AM', 'PM', 'ID', 'US', 'USA', 'NO', 'SI'])
/** Two to six capitals, an s for several of them allowed, or a known form with small letters. */
const SHORT = /(?<![\p{L}\p{N}])(?:CalWORKs|[A-Z]{2,6})(?=s?(?![\p{L}\p{N}]))/gu

/**
 * The short forms in a text. A text all in capitals is shouted and has none that could be told.
 *
 * @param county short forms of the place itself, which stand before those of the field
 */
export function findShortForms(text: string, language: Language, county: Glossary = {}): ShortForm[] {
  if (text.length > 8 && text === text.toUpperCase()) return []
  return [...text.matchAll(SHORT)]
    .filter(([short]) => !PLAIN.has(short))
    .map(({ 0: short, index }) => ({ short, at: index, says: (county[short] ?? GLOSSARY[short])?.[language] ?? null }))
}
