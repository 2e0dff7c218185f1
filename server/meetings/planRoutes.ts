import { Router } from 'express'
import type { HistoryEntry } from '../../shared/api'
import type { Part } from '../../shared/part'
import type { Action } from '../../shared/roles'
import type { Access, Admit, Visitor } from '../access/Access'
import { admitToPart } from '../access/admitToPart'
import { seenSince } from '../access/seenSince'
import { serve } from '../http/serve'
import type { LivePlans } from '../live/livePlans'
import { by } from '../record/actors'
import type { NoteParts } from '../record/noteParts'
import type { RecordKeeper } from '../record/record'
import type { Meetings } from './meetings'
import type { Participants } from './participants'
import { createPreparation } from './preparation'

interface Needs {
  meetings: Meetings
  access: Access
  livePlans: LivePlans
  participants: Participants
  record: RecordKeeper
  noteParts: NoteParts
}

/** The way to the live plan, the plan as plain words, and who wrote what in it. */
export function createPlanRoutes(needs: Needs): Router {
  const { access, livePlans, participants, record, noteParts } = needs
  const listPreparation = createPreparation(needs)
  const router = Router()

  serve(router, 'openLive', access.participant('plan:read'), async ({ visitor }) => {
    const documents = await livePlans.openLive(visitor)
    record.report({ what: 'plan-opened', ...by(visitor), about: {} })
    return { documents }
  })

  /** Somebody who may do this in the part they name, so that asking again asks about that part. */
  function admitTo(action: Action): Admit<Visitor & { part: Part }> {
    return async (request) => {
      const visitor = await access.participant('meeting:read')(request)
      return { ...visitor, part: admitToPart(visitor, action, request.query.part) }
    }
  }

  serve(router, 'readPlan', admitTo('plan:read'), async ({ visitor }) => {
    await noteParts(visitor, [visitor.part], 'plan')
    return livePlans.readPlan(visitor.meetingId, visitor.part)
  })

  serve(router, 'readHistory', admitTo('plan:history'), async ({ visitor }) => {
    const { meetingId, part } = visitor
    await noteParts(visitor, [part], 'history')
    const [events, names] = await Promise.all([
      livePlans.history(meetingId, part),
      participants.namesIn(meetingId, visitor),
    ])
    const items: Record<string, HistoryEntry[]> = {}
    for (const { place, actor, at, did, fields } of events) {
      if (at < seenSince(visitor, part)) continue
      const entry = { who: names.get(actor) ?? '', at: at.toISOString(), did, fields }
      ;(items[place] ??= []).push(entry)
    }
    return { items }
  })

  serve(router, 'readPreparation', access.participant('meeting:read'), async ({ visitor }) => ({
    preparation: await listPreparation(visitor.meetingId, visitor),
  }))

  return router
}
