import { Router } from 'express'
import type { Access } from '../access/Access'
import { serve } from '../http/serve'
import type { Clocks } from './clocks'

interface Needs {
  access: Access
  clocks: Clocks
  /** What is settled before the meeting changed: pages ask again. */
  beforeChanged(meetingId: string, of: 'clock'): void
}

/** By when a meeting has to be held, and why it is. */
export function createClockRoutes({ access, clocks, beforeChanged }: Needs): Router {
  const router = Router()

  serve(router, 'readRuleClocks', access.staff('meeting:create'), async () => clocks.rules)

  serve(router, 'readClock', access.participant('meeting:read'), ({ visitor }) => clocks.view(visitor))

  serve(router, 'setClock', access.participant('meeting:schedule'), async ({ visitor, body }) => {
    await clocks.setFacts(visitor, body)
    beforeChanged(visitor.meetingId, 'clock')
    return clocks.view(visitor)
  })

  return router
}
