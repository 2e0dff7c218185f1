import * as z from 'zod/mini'
import { Agency, BothLanguages, type Agency as AgencyName } from './meeting'
import { GATED } from './roles'

/** A question about what else a family may be in, so that nobody plans past it. */
export const ScreeningQuestion = z.strictObject({
  id: z.string().check(z.regex(/^[a-z][a-z0-9-]{1,39}$/)),
  words: BothLanguages,
  /** Who could come to the table where the answer is yes; null where it is nobody of an agency. */
  agency: z.nullable(Agency),
  /** What only a release opens to them. */
  section: z.nullable(z.enum(GATED)),
})
export type ScreeningQuestion = z.infer<typeof ScreeningQuestion>

const ask = (
  id: string,
  agency: AgencyName | null,
  section: ScreeningQuestion['section'],
  en: string,
  es: string,
): ScreeningQuestion => ({ id, agency, section, words: { en, es } })

/** OurPlan’s own questions; a county may ask others. */
export const SCREENING_QUESTIONS: readonly ScreeningQuestion[] = [
  ask(
    'cash-aid',
    'calworks',
    'benefits',
    'Does anyone at home get cash aid, such as CalWORKs?',
    '¿Alguien en casa recibe ayuda en dinero, como CalWORKs?',
  ),
  ask(
    'food-health',
    'calworks',
    'benefits',
    'Does anyone at home get food aid or Medi-Cal?',
    '¿Alguien en casa recibe ayuda para comida o Medi-Cal?',
  ),
  ask(
    'housing',
    'housing',
    'benefits',
    'Do you get help with the rent, or wait for it?',
    '¿Recibe o espera recibir ayuda para la renta?',
  ),
  ask(
    'child-support',
    'child-support',
    'benefits',
    'Does anyone pay or get child support?',
    '¿Alguien paga o recibe manutención de menores?',
  ),
  ask(
    'school-plan',
    'school',
    'education',
    'Does a child have a plan for extra help at school, such as an IEP?',
    '¿Algún niño tiene en la escuela un plan de ayuda, como un IEP?',
  ),
  ask(
    'counseling',
    'mental-health',
    'health',
    'Does anyone at home see a therapist or counselor?',
    '¿Alguien en casa va con un terapeuta o consejero?',
  ),
  ask(
    'probation',
    'probation',
    'justice',
    'Is anyone at home on probation or parole?',
    '¿Alguien en casa está en probatoria o en libertad condicional?',
  ),
  ask(
    'tribe',
    null,
    null,
    'Is a child, or one of the parents, a member of a tribe, or could they be?',
    '¿Algún niño, o su mamá o papá, es miembro de una tribu o podría serlo?',
  ),
]

/** What people can say; each is an answer, and not to say costs nothing. */
export const SCREENING_ANSWERS = ['yes', 'no', 'not-sure', 'rather-not'] as const
export const ScreeningAnswer = z.enum(SCREENING_ANSWERS)
export type ScreeningAnswer = z.infer<typeof ScreeningAnswer>

/** A question as it stands with this family; for its people and who leads. */
export const AskedQuestion = z.extend(ScreeningQuestion, {
  /** The last answer; null where nobody answered. */
  said: z.nullable(
    z.object({
      answer: ScreeningAnswer,
      /** Who said it, by name. */
      by: z.string(),
      /** Who wrote it down for the family; null for their own hands. */
      typedBy: z.nullable(z.string()),
      at: z.string(),
    }),
  ),
  /** Was it asked again since, or never answered? */
  open: z.boolean(),
})
export type AskedQuestion = z.infer<typeof AskedQuestion>

export const ScreeningView = z.object({
  questions: z.array(AskedQuestion),
  /** When all of it was asked again the last time; null where it was asked once. */
  askedAgainAt: z.nullable(z.string()),
})
export type ScreeningView = z.infer<typeof ScreeningView>

/** An answer to one question, or that all of them are asked again. */
export const ScreeningWords = z.union([
  z.strictObject({ question: ScreeningQuestion.shape.id, answer: ScreeningAnswer }),
  z.strictObject({ again: z.literal(true) }),
])
export type ScreeningWords = z.infer<typeof ScreeningWords>
