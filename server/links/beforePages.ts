import { Router, urlencoded } from 'express'
import { PlanError } from '../../shared/errors'
import { Id } from '../../shared/meeting'
import { NeedWords } from '../../shared/need'
import { asksWords } from '../../shared/needKinds'
import { PollAnswers, TIMES_MOST } from '../../shared/timePoll'
import type { Desk } from '../join/desk'
import { fieldOf } from './fieldOf'
import type { LinkedBefores } from './linkedBefore'
import type { StoredLink } from './linkModel'
import { BEFORE_NEWS, renderBefore, type BeforeNews } from './renderBefore'
import type { WithLink } from './withLink'

interface Needs {
  linkedBefore: LinkedBefores
  desk: Desk
  withLink: WithLink
}

const readForm = urlencoded({ extended: false, limit: '8kb', parameterLimit: 20 })
/** What stands against it is told by the page as it is then. */
async function unless<N>(refused: N, act: Promise<void>, done: N): Promise<N> {
  try {
    await act
    return done
  } catch (error) {
    if (error instanceof PlanError) return refused
    throw error
  }
}

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
    const told = BEFORE_NEWS.find((one) => one === news) ?? null
    response.send(renderBefore(desk.voiceFor(request, link.language), before, told))
  })

  /** Says something before the meeting in the address, and shows the page as it is then. */
  const take = (act: (link: StoredLink, meetingId: string, form: unknown) => Promise<BeforeNews>) =>
    withLink(async (link, request, response) => {
      const meetingId = Id.safeParse(request.params['meetingId']).data
      if (!meetingId) return response.redirect(303, '/f/plans')
      const { language } = desk.voiceFor(request, link.language)
      const news = await act(link, meetingId, request.body)
      const query = new URLSearchParams({ lang: language, ...(news ? { news } : {}) })
      response.redirect(303, `/f/before/${meetingId}?${query.toString()}`)
    })

  const takeAnswers = take(async (link, meetingId, form) => {
    const read = PollAnswers.safeParse(readAnswers(form))
    if (!read.success) return null
    return unless<BeforeNews>('changed', linkedBefore.answer(link, meetingId, read.data), 'saved')
  })

  const takeNeed = take(async (link, meetingId, form) => {
    const read = NeedWords.safeParse({ kind: fieldOf(form, 'kind'), words: fieldOf(form, 'words') })
    if (!read.success) return null
    const { kind, words } = read.data
    if (asksWords(kind) && !words) return `lacks-${kind}`
    return unless<BeforeNews>('refused', linkedBefore.sayNeed(link, meetingId, { kind, words }), 'said')
  })

  return Router()
    .get('/f/before/:meetingId', showBefore)
    .post('/f/before/:meetingId', readForm, takeAnswers)
    .post('/f/before/:meetingId/needs', readForm, takeNeed)
}
