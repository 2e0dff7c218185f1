import { Router } from 'express'
import { serve } from '../http/serve'
import type { AdmitAcross } from '../meetings/admitAcross'
import { by } from '../record/actors'
import type { RecordKeeper } from '../record/record'
import type { ReadResume } from './readResume'

interface Needs {
  admitAcross: AdmitAcross
  readResume: ReadResume
  record: RecordKeeper
}

/** What a family is good at, as its meetings told it. */
export function createResumeRoutes({ admitAcross, readResume, record }: Needs): Router {
  const router = Router()

  serve(router, 'readResume', admitAcross('version:read'), async ({ visitor: { visitor, readers } }) => {
    record.report({ what: 'plan-opened', ...by(visitor), about: {} })
    return { entries: await readResume(readers) }
  })

  return router
}
