import { Router } from 'express'
import type { Meeting } from '../../shared/meeting'
import type { Access } from '../access/Access'
import { serve } from '../http/serve'
import { by } from '../record/actors'
import type { RecordKeeper } from '../record/record'
import type { PollNews } from './pollNews'
import type { Polls } from './polls'

interface Needs {
  access: Access
  record: RecordKeeper
  polls: Polls
  pollNews: PollNews
  meetingChanged(meetingId: string): Promise<Meeting>
}

/** Times to choose from before a meeting. */
export function createPollRoutes({ access, record, polls, pollNews, meetingChanged }: Needs): Router {
  const router = Router()
  const leads = access.participant('meeting:schedule')

  serve(router, 'readPoll', access.participant('meeting:read'), ({ visitor }) => polls.view(visitor))

  serve(router, 'askPoll', leads, async ({ visitor, body }) => {
    const view = await polls.ask(visitor, body.times)
    pollNews.toAll(visitor.meetingId)
    return view
  })

  serve(router, 'answerPoll', access.participant('poll:answer'), async ({ visitor, body }) => {
    const { view, concerned } = await polls.answer(visitor, body)
    pollNews.toOne(visitor.meetingId, concerned)
    return view
  })

  serve(router, 'leadPoll', leads, async ({ visitor, body }) => {
    const view = await polls.lead(visitor, body)
    if (body.step === 'pick') {
      record.report({ what: 'time-changed', ...by(visitor), about: {} })
      await meetingChanged(visitor.meetingId)
    }
    pollNews.toAll(visitor.meetingId)
    return view
  })

  return router
}
