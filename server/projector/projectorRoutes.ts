import { Router, type Request } from 'express'
import type { ProjectorView } from '../../shared/api'
import { PlanError } from '../../shared/errors'
import type { Running } from '../../shared/running'
import type { Access } from '../access/Access'
import { COOKIES, setCookie } from '../access/cookies'
import type { Sessions } from '../access/sessions'
import type { Config } from '../config'
import { publicUrl } from '../http/publicUrl'
import { serve } from '../http/serve'
import type { LivePlans } from '../live/livePlans'
import type { Meetings } from '../meetings/meetings'
import { by } from '../record/actors'
import type { RecordKeeper } from '../record/record'
import type { Pairings } from './pairings'

interface Needs {
  config: Config
  access: Access
  sessions: Sessions
  meetings: Meetings
  /** Where a meeting is in its course. */
  running: { read(meetingId: string): Promise<Running> }
  pairings: Pairings
  livePlans: LivePlans
  record: RecordKeeper
}

/** A projector is a screen, not a person: it has a session of its own, for one meeting, that outlives who paired it. */
export function createProjectorRoutes(needs: Needs): Router {
  const { config, access, sessions, meetings, pairings, livePlans, record } = needs
  const router = Router()

  async function view(meetingId: string, request: Request): Promise<ProjectorView> {
    const stored = await meetings.read(meetingId)
    return {
      meeting: await meetings.show(stored),
      joining: await meetings.joiningOf(stored, publicUrl(config, request)),
      running: await needs.running.read(meetingId),
    }
  }

  serve(router, 'pairProjector', access.participant('projector:pair'), async ({ visitor, request }) => {
    record.report({ what: 'projector-paired', ...by(visitor), about: {} })
    // Behind the hash: browsers do not send it, so the secret stands in nobody's log.
    return { url: `${publicUrl(config, request)}/projector#${await pairings.make(visitor.meetingId)}` }
  })

  serve(router, 'startProjector', access.anyone, async ({ body, request, response }) => {
    const meetingId = await pairings.use(body.token)
    if (!meetingId) throw new PlanError('projector/link-used')
    const { token } = await sessions.start({ kind: 'projector', meetingId })
    setCookie(request, response, COOKIES.projector, token)
    return view(meetingId, request)
  })

  serve(router, 'readProjector', access.projector('meeting:read'), ({ visitor, request }) => {
    return view(visitor.meetingId, request)
  })

  serve(router, 'openProjectorLive', access.projector('plan:read'), async ({ visitor }) => {
    const documents = await livePlans.openLive(visitor)
    record.report({ what: 'projector-started', ...by(visitor), about: {} })
    return { documents }
  })

  return router
}
