import { Router } from 'express'
import type { Access, Visitor } from '../access/Access'
import { serve } from '../http/serve'
import { by } from '../record/actors'
import type { RecordKeeper } from '../record/record'
import type { Confidence } from './confidence'

interface Needs {
  access: Access
  confidence: Confidence
  record: RecordKeeper
  answersChanged(visitor: Visitor, of: 'confidence', everybody: boolean): void
}

/** That professionals keep what is said: each for themselves, and for who leads who has not said so yet. */
export function createConfidenceRoutes({ access, confidence, record, answersChanged }: Needs): Router {
  const router = Router()

  serve(router, 'readConfidence', access.participant('people:read'), ({ visitor }) => confidence.view(visitor))

  serve(router, 'keepConfidence', access.participant('confidence:keep'), async ({ visitor, body }) => {
    await confidence.keep(visitor, body.language)
    record.report({ what: 'confidence-kept', ...by(visitor), about: {} })
    answersChanged(visitor, 'confidence', false)
    return confidence.view(visitor)
  })

  return router
}
