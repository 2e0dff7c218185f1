import { Router } from 'express'
import type { Access } from '../access/Access'
import { serve } from '../http/serve'
import type { LivePlans } from '../live/livePlans'

/** The way to the live plan, and the plan as plain words. */
export function createPlanRoutes({ access, livePlans }: { access: Access; livePlans: LivePlans }): Router {
  const router = Router()

  serve(router, 'openLive', access.participant('plan:read'), async ({ visitor }) => {
    return { documents: await livePlans.openLive(visitor) }
  })

  serve(router, 'readPlan', access.participant('plan:read'), ({ visitor }) => livePlans.readPlan(visitor.meetingId))

  return router
}
