import { PlanError, type ErrorCode } from '../shared/errors'
import { NoLine } from './api'
import type en from './locales/en.json'

/** `plan/old-generation` → `planOldGeneration` */
type Camel<Code extends string> = Code extends `${infer First}/${infer Rest}`
  ? `${First}${Capitalize<Camel<Rest>>}`
  : Code extends `${infer First}-${infer Rest}`
    ? `${First}${Capitalize<Camel<Rest>>}`
    : Code

const camel = (code: ErrorCode) => code.replace(/[/-]./g, ([, letter]) => letter!.toUpperCase()) as Camel<ErrorCode>

/** Where the sentence for a refusal stands in the locale files; a code without one does not compile. */
export function sentenceFor(code: ErrorCode): `errors.${keyof typeof en.errors}` {
  return `errors.${camel(code)}`
}

/** The locale key of the sentence for whatever went wrong. */
export function messageFor(problem: unknown): string {
  if (problem instanceof PlanError) return sentenceFor(problem.code)
  if (problem instanceof NoLine) return 'errors.noLine'
  return sentenceFor('server/trouble')
}

/** Was this refused with `code`? */
export function isRefusal(problem: unknown, code: ErrorCode): boolean {
  return problem instanceof PlanError && problem.code === code
}
