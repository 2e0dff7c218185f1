import { Router } from 'express'
import type { BothLanguages, Language } from '../../shared/meeting'
import type { Access } from '../access/Access'
import { serve } from '../http/serve'
import type { Kinds } from './kinds'
import type { RunningMeetings } from './running'

interface Needs {
  access: Access
  kinds: Kinds
  running: RunningMeetings
  /** Keeps a copy of the plan as it stood when a stage ended. */
  checkpoint(meetingId: string, reason: 'stage-ended', of: { madeBy: string; label: string }): Promise<void>
}

/** A copy is found by everybody: it is named in both languages, that of who leads first. */
function bothOf(name: BothLanguages, language: Language): string {
  return [...new Set([name[language], name.en, name.es])].join(' · ')
}

/** The course of a meeting: its stages, the clock, pauses and what everybody is to look at. */
export function createStageRoutes({ access, kinds, running, checkpoint }: Needs): Router {
  const router = Router()

  serve(router, 'listKinds', access.staff('meeting:create'), async () => ({ kinds: kinds.list() }))

  serve(router, 'readAgenda', access.participant('meeting:read'), ({ visitor }) => running.agendaOf(visitor.meetingId))

  serve(router, 'setStage', access.participant('stage:change'), async ({ visitor, body }) => {
    const { meetingId, name, language } = visitor
    const went = await running.goTo(meetingId, body.from, body.to)
    const { stages } = await running.agendaOf(meetingId)
    const ended = stages.find(({ id }) => id === went.ended)
    if (ended) await checkpoint(meetingId, 'stage-ended', { madeBy: name, label: bothOf(ended.name, language) })
    return went.running
  })

  serve(router, 'addTime', access.participant('stage:change'), ({ visitor, body }) =>
    running.addTime(visitor.meetingId, body.minutes),
  )

  serve(router, 'setPause', access.participant('stage:pause'), ({ visitor, body }) =>
    running.pause(visitor.meetingId, body.paused),
  )

  serve(router, 'lookHere', access.participant('stage:change'), ({ visitor, body }) =>
    running.lookAt(visitor.meetingId, body.at && { at: `${body.at.kind}/${body.at.id}`, by: visitor.participantId! }),
  )

  return router
}
