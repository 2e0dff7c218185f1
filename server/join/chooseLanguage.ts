import type { Request } from 'express'
import { Language, LANGUAGES } from '../../shared/meeting'

/** What was chosen on the page, else what was chosen when asking to come in, else what the phone speaks, else English. */
export function chooseLanguage(request: Request, earlier?: Language): Language {
  const chosen = Language.safeParse(request.query['lang'])
  if (chosen.success) return chosen.data
  return earlier ?? ((request.acceptsLanguages([...LANGUAGES]) || 'en') as Language)
}
