import { Router } from 'express'
import type { HistoryEntry } from '../../shared/api'
import type { Access } from '../access/Access'
import { serve } from '../http/serve'
import type { LivePlans } from '../live/livePlans'
import type { Participants } from './participants'

interface Needs {
  access: Access
  livePlans: LivePlans
  participants: Participants
}

/** The way to the live plan, the plan as plain words, and who wrote what in it. */
export function createPlanRoutes({ access, livePlans, participants }: Needs): Router {
  const router = Router()

  serve(router, 'openLive', access.participant('plan:read'), async ({ visitor }) => {
    return { documents: await livePlans.openLive(visitor) }
  })

  serve(router, 'readPlan', access.participant('plan:read'), ({ visitor }) => livePlans.readPlan(visitor.meetingId))

  serve(router, 'readHistory', access.participant('plan:history'), async ({ visitor: { meetingId } }) => {
    const [events, names] = await Promise.all([livePlans.history(meetingId), participants.namesIn(meetingId)])
    const items: Record<string, HistoryEntry[]> = {}
    for (const { place, actor, at, did, fields } of events) {
      const entry = { who: names.get(actor) ?? '', at: at.toISOString(), did, fields }
      ;(items[place] ??= []).push(entry)
    }
    return { items }
  })

  return router
}
