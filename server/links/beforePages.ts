import { Router, urlencoded } from 'express'
import { PlanError } from '../../shared/errors'
import { Id } from '../../shared/meeting'
import { PollAnswers, TIMES_MOST } from '../../shared/timePoll'
import type { Desk } from '../join/desk'
import { fieldOf } from './fieldOf'
import type { LinkedBefores } from './linkedBefore'
import { renderBefore, type BeforeNews } from './renderBefore'
import type { WithLink } from './withLink'

interface Needs {
  linkedBefore: LinkedBefores
  desk: Desk
  withLink: WithLink
}

const readForm = urlencoded({ extended: false, limit: '8kb', parameterLimit: 20 })
const NEWS: readonly unknown[] = ['saved', 'changed'] satisfies BeforeNews[]
/** Everything that stands against an answer is told by the page as it is then. */
const isRefusal = (error: unknown) => error instanceof PlanError && error.code !== 'server/trouble'

/** Times without an answer stay as they are. */
function readAnswers(form: unknown): unknown {
  const all = Array.from({ length: TIMES_MOST }, (_, time) => ({ time, answer: fieldOf(form, `t${time}`) }))
  return { pollId: fieldOf(form, 'poll'), answers: all.filter(({ answer }) => answer) }
}

/** What somebody may say before a meeting, by a link of their own. */
export function createBeforePages({ linkedBefore, desk, withLink }: Needs): Router {
  const showBefore = withLink(async (link, request, response) => {
    const before = await linkedBefore.read(link, String(request.params['meetingId'])).catch(() => null)
    if (!before) return response.redirect(303, '/f/plans')
    const { news } = request.query
    const told = NEWS.includes(news) ? (news as BeforeNews) : null
    response.send(renderBefore(desk.voiceFor(request, link.language), before, told))
  })

  const takeAnswers = withLink(async (link, request, response) => {
    const meetingId = Id.safeParse(request.params['meetingId']).data
    if (!meetingId) return response.redirect(303, '/f/plans')
    const read = PollAnswers.safeParse(readAnswers(request.body))
    const { language } = desk.voiceFor(request, link.language)
    const answer = read.success ? linkedBefore.answer(link, meetingId, read.data) : Promise.resolve()
    const news = await answer.then(
      () => (read.success ? 'saved' : null),
      (error: unknown) => {
        if (!isRefusal(error)) throw error
        return 'changed'
      },
    )
    const query = new URLSearchParams({ lang: language, ...(news ? { news } : {}) })
    response.redirect(303, `/f/before/${meetingId}?${query.toString()}`)
  })

  return Router().get('/f/before/:meetingId', showBefore).post('/f/before/:meetingId', readForm, takeAnswers)
}
