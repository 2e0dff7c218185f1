import { Router } from 'express'
import { PlanError } from '../../shared/errors'
import type { Access } from '../access/Access'
import { may } from '../access/authorize'
import { serve } from '../http/serve'
import type { SpeakingMeetings } from './speaking'

interface Needs {
  access: Access
  speaking: SpeakingMeetings
}

/** Raising a hand, having the word, and taking turns. */
export function createSpeakRoutes({ access, speaking }: Needs): Router {
  const router = Router()

  serve(router, 'readSpeaking', access.participant('people:read'), ({ visitor }) => speaking.read(visitor))

  serve(router, 'readWallTurns', access.projector('plan:read'), ({ visitor }) => speaking.onWall(visitor.meetingId))

  serve(router, 'raiseHand', access.participant('speak:ask'), async ({ visitor, body }) => {
    await speaking.hand(visitor.meetingId, visitor.participantId!, body.up)
    return speaking.read(visitor)
  })

  serve(router, 'passTurn', access.participant('speak:ask'), async ({ visitor }) => {
    await speaking.pass(visitor.meetingId, visitor.participantId!, may(visitor, 'speak:lead'))
    return speaking.read(visitor)
  })

  serve(router, 'leadSpeaking', access.participant('speak:lead'), async ({ visitor, body }) => {
    const { meetingId } = visitor
    if (body.act === 'begin-circle') await speaking.beginCircle(meetingId)
    else if (body.act === 'end-circle') await speaking.endCircle(meetingId)
    else if (!body.whom) throw new PlanError('request/invalid')
    else if (body.act === 'give') await speaking.give(meetingId, body.whom)
    else await speaking.hand(meetingId, body.whom, false)
    return speaking.read(visitor)
  })

  return router
}
