import type { Glossary } from '../../shared/glossary'
import { Router, urlencoded, type ErrorRequestHandler, type Request, type Response } from 'express'
import type { Logger } from 'pino'
import { ERRORS } from '../../shared/errors'
import type { Actor } from '../../shared/record'
import { Language } from '../../shared/meeting'
import { fieldOf } from './fieldOf'
import { COOKIES, setCookie } from '../access/cookies'
import type { Clock } from '../Clock'
import { toPlanError } from '../http/errorHandler'
import { withoutContent } from '../http/withoutContent'
import type { Desk } from '../join/desk'
import { renderRefused, renderTrouble } from '../join/renderCode'
import type { StoredParticipant } from '../meetings/participantModel'
import { byNobody } from '../record/actors'
import type { RecordKeeper } from '../record/record'
import { createBeforePages } from './beforePages'
import type { LinkedBefores } from './linkedBefore'
import type { LinkedPlan, LinkedPlans } from './linkedPlans'
import type { StoredLink } from './linkModel'
import { LINK_SCRIPT } from './linkScript'
import { toLinkView, type Links } from './links'
import { renderAskCode, renderAskLink, renderLinkedPlan, renderLinkedPlans } from './renderLink'
import { renderResume } from './renderResume'
import { createWithLink } from './withLink'

interface Needs {
  links: Links
  linkedPlans: LinkedPlans
  linkedBefore: LinkedBefores
  desk: Desk
  clock: Clock
  record: RecordKeeper
  log: Logger
  /** The county’s own short forms. */
  glossary: Glossary
}

const readForm = urlencoded({ extended: false, limit: '8kb', parameterLimit: 10 })

/** The link's person: in a meeting what they were there, outside of meetings nobody in particular. */
function asReader(link: StoredLink, participant?: StoredParticipant): { actor: Actor; familyId: string } {
  const familyId = link.familyId.toHexString()
  if (!participant) return { ...byNobody, familyId }
  const { _id, role, agency, name } = participant
  return { actor: { staffId: null, participantId: _id.toHexString(), standing: role, agency, name }, familyId }
}

function noteRead(record: RecordKeeper, link: StoredLink, { participant, version }: LinkedPlan): void {
  const { meetingId, id: versionId } = version
  record.report({ what: 'version-read', ...asReader(link, participant), meetingId, about: { versionId } })
}

function sayTrouble(desk: Desk, log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const known = toPlanError(error)
    if (!known) log.error({ route: request.route?.path, ...withoutContent(error) }, 'unexpected error')
    if (response.headersSent) return next(error)
    const voice = desk.voiceFor(request)
    response.status(ERRORS[known?.code ?? 'server/trouble'].http)
    response.send(known ? renderRefused(voice) : renderTrouble(voice))
  }
}

/** What a link of one's own opens: plain pages, without scripts but for taking the secret out of the address. */
export function createLinkPages(needs: Needs): Router {
  const { links, linkedPlans, linkedBefore, desk, clock, record, log, glossary } = needs
  const withLink = createWithLink(links)
  const languageOf = (request: Request) => Language.safeParse(fieldOf(request.body, 'language')).data

  /** The secret comes in a form, never in an address. Good link or not: the same page asks for the code. */
  function takeLink(request: Request, response: Response): void {
    const token = fieldOf(request.body, 'link').replace(/^.*#/s, '').trim().slice(0, 64)
    // Not awaited: how long the answer takes does not tell whether a code was sent.
    links.askForCode(token).catch((error: unknown) => log.error(withoutContent(error), 'code not sent'))
    response.send(renderAskCode(desk.voiceFor(request, languageOf(request)), { token, wrong: false }))
  }

  async function takeCode(request: Request, response: Response): Promise<void> {
    const voice = desk.voiceFor(request, languageOf(request))
    const token = fieldOf(request.body, 'link').slice(0, 64)
    const opened = await links.open(token, fieldOf(request.body, 'code').slice(0, 24))
    if (!opened) return void response.status(404).send(renderAskCode(voice, { token, wrong: true }))
    record.report({ what: 'link-opened', ...asReader(opened.link), about: {} })
    setCookie(request, response, COOKIES.link, opened.reading)
    response.redirect(303, `/f/plans?lang=${voice.language}`)
  }

  const showPlans = withLink(async (link, request, response) => {
    const [plans, ahead, own] = await Promise.all([
      linkedPlans.list(link),
      linkedBefore.list(link),
      links.list(link.memberId),
    ])
    response.send(
      renderLinkedPlans(desk.voiceFor(request, link.language), {
        plans,
        ahead,
        links: own.map(toLinkView),
        here: link._id.toHexString(),
      }),
    )
  })

  const showPlan = withLink(async (link, request, response) => {
    const read = await linkedPlans.read(link, String(request.params.versionId)).catch(() => null)
    if (!read) return response.redirect(303, '/f/plans')
    noteRead(record, link, read)
    const voice = desk.voiceFor(request, link.language)
    const sign = await desk.signOf(read.meeting, voice.language)
    const { whole: version, meeting } = read
    response.send(renderLinkedPlan(voice, { sign, version, readAt: clock(), timeZone: meeting.timeZone, glossary }))
  })

  const showResume = withLink(async (link, request, response) => {
    const { entries, plans } = await linkedPlans.resume(link)
    for (const plan of plans) noteRead(record, link, plan)
    response.send(renderResume(desk.voiceFor(request, link.language), entries))
  })

  const endLink = withLink(async (link, request, response) => {
    const linkId = fieldOf(request.body, 'id')
    if (/^[0-9a-f]{24}$/.test(linkId) && (await links.end(linkId, link.memberId.toHexString())))
      record.report({ what: 'link-ended-by-owner', ...asReader(link), about: {} })
    response.redirect(303, '/f/plans')
  })

  return Router()
    .get('/f.js', (_request, response) => {
      response.set('Cache-Control', 'public, max-age=3600').type('js').send(LINK_SCRIPT)
    })
    .get('/f', (request, response) => void response.send(renderAskLink(desk.voiceFor(request))))
    .post('/f', readForm, takeLink)
    .get('/f/open', (_request, response) => response.redirect(303, '/f'))
    .post('/f/open', readForm, takeCode)
    .get('/f/plans', showPlans)
    .get('/f/plans/:versionId', showPlan)
    .get('/f/resume', showResume)
    .use(createBeforePages({ ...needs, withLink }))
    .post('/f/plans', readForm, endLink)
    .use('/f', sayTrouble(desk, log))
}
