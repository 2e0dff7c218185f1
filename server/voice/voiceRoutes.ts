import { Router } from 'express'
import type { FamilyVoice } from '../../shared/voice'
import type { Access } from '../access/Access'
import { serve } from '../http/serve'

interface Needs {
  access: Access
  readVoice(meetingId: string): Promise<FamilyVoice>
}

/** The family's voice, for who leads. */
export function createVoiceRoutes({ access, readVoice }: Needs): Router {
  const router = Router()
  serve(router, 'readVoice', access.participant('voice:read'), ({ visitor }) => readVoice(visitor.meetingId))
  return router
}
