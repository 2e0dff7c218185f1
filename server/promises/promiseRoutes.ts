import { Router } from 'express'
import type { Access, Visitor } from '../access/Access'
import { serve } from '../http/serve'
import { by } from '../record/actors'
import type { RecordKeeper } from '../record/record'
import type { Promises } from './promises'

interface Needs {
  access: Access
  promises: Promises
  record: RecordKeeper
  /** Of whom the viewer may not know that they are in the meeting. */
  hiddenFrom(viewer: Visitor): Promise<Set<string>>
  answersChanged(visitor: Visitor, of: 'promises', everybody: boolean): void
}

/** What owners say to their promises. */
export function createPromiseRoutes({ access, promises, record, hiddenFrom, answersChanged }: Needs): Router {
  const router = Router()
  const view = async (visitor: Visitor) => promises.view(visitor, await hiddenFrom(visitor))

  serve(router, 'readPromises', access.participant('plan:read'), ({ visitor }) => view(visitor))

  serve(router, 'readWallPromises', access.projector('plan:read'), ({ visitor }) => view(visitor))

  serve(router, 'answerPromise', access.participant('promise:answer'), async ({ visitor, body }) => {
    await promises.answer(visitor, body)
    record.report({ what: body.typed ? 'answer-typed' : 'promise-answered', ...by(visitor), about: {} })
    answersChanged(visitor, 'promises', true)
    return view(visitor)
  })

  return router
}
