import { Router } from 'express'
import type { Access, Visitor } from '../access/Access'
import { serve } from '../http/serve'
import type { Screening } from './screening'

interface Needs {
  access: Access
  screening: Screening
  /** Pages of who may read them ask again. */
  screeningChanged(visitor: Visitor): Promise<void>
}

/** Short questions about what else a family is in: the family's own answers, read by its people and who leads. */
export function createScreeningRoutes({ access, screening, screeningChanged }: Needs): Router {
  const router = Router()

  serve(router, 'readScreening', access.participant('screening:read'), ({ visitor }) => screening.view(visitor))

  serve(router, 'answerScreening', access.participant('screening:answer'), async ({ visitor, body }) => {
    if ('again' in body) await screening.askAgain(visitor)
    else await screening.answer(visitor, body.question, body.answer)
    await screeningChanged(visitor)
    return screening.view(visitor)
  })

  return router
}
