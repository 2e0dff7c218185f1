import { Router, type Request, type Response } from 'express'
import { localMinute } from '../../shared/localMinute'
import type { DecisionView } from '../../shared/decision'
import type { Glossary } from '../../shared/glossary'
import type { PromisesView } from '../../shared/promise'
import type { Access, Visitor } from '../access/Access'
import type { Clock } from '../Clock'
import type { LivePlans } from '../live/livePlans'
import type { Meetings } from '../meetings/meetings'
import { createAdmitInside, ownAddress } from './admitInside'
import { keepLanguage, type Desk } from './desk'
import { by } from '../record/actors'
import type { RecordKeeper } from '../record/record'
import { codeOf, type Places } from './places'
import { renderPlan } from './renderPlan'
import { renderRemoved, renderWaiting } from './renderWaiting'
import { showClock } from './showTime'

interface Needs {
  access: Access
  meetings: Meetings
  places: Places
  desk: Desk
  livePlans: LivePlans
  clock: Clock
  record: RecordKeeper
  decisions: { view(viewer: Visitor, hidden: Set<string>): Promise<DecisionView> }
  promises: { view(viewer: Visitor, hidden: Set<string>): Promise<PromisesView> }
  /** Of whom the viewer may not know that they are in the meeting. */
  hiddenFrom(viewer: Visitor): Promise<Set<string>>
  /** The county’s own short forms. */
  glossary: Glossary
}

/** Waiting at the door, and the plan for phones that run no scripts. */
export function createInsidePages(needs: Needs): Router {
  const { meetings, places, desk, livePlans, clock, record, decisions, promises, hiddenFrom, glossary } = needs
  const admit = createAdmitInside(needs)

  async function showWaiting(request: Request, response: Response): Promise<void> {
    const own = ownAddress(request)
    const place = await places.findPlace(request)
    if (!place) return response.redirect(303, own + keepLanguage(request))
    const { meeting, membership } = place
    const plain = request.query['plain'] === '1'
    const inside = `/m/${meeting._id.toHexString()}`
    if (membership.state === 'admitted') {
      const plan = `${own}/plan${keepLanguage(request)}`
      return response.redirect(303, plain ? plan : inside)
    }
    const voice = desk.voiceFor(request, membership.language)
    const sign = await desk.signOf(meeting, voice.language)
    const door = codeOf(request) === meeting.joinCode && meetings.isDoorOpen(meeting) ? own : null
    if (membership.state === 'removed') response.send(renderRemoved(voice, sign.leadName, door))
    else response.send(renderWaiting(voice, { sign, guest: membership, here: `${own}/waiting`, door, inside, plain }))
  }

  async function showPlan(request: Request, response: Response): Promise<void> {
    const inside = await admit(request, response, 'plan:read')
    if (!inside) return
    const { place, meetingId, visitor, own } = inside
    record.report({ what: 'plan-opened', ...by(visitor), about: {} })
    const voice = desk.voiceFor(request, place.membership.language)
    const hidden = await hiddenFrom(visitor)
    const [sign, plan, decision, { answers: promised }] = await Promise.all([
      desk.signOf(place.meeting, voice.language),
      livePlans.readPlan(meetingId),
      decisions.view(visitor, hidden),
      promises.view(visitor, hidden),
    ])
    const readAt = showClock(clock(), place.meeting.timeZone, voice.language)
    const { sealed, startsAt, timeZone } = place.meeting
    const later = clock() > startsAt ? clock() : startsAt
    const span = { timeZone, from: localMinute(later, timeZone).slice(0, 10) }
    const said = { decision, promised, glossary }
    response.send(
      renderPlan(voice, { sign, plan, readAt, sealed, here: `${own}/plan`, team: `${own}/team`, span, ...said }),
    )
  }

  /** Where the app sends a browser that runs no scripts. */
  async function findPlan(request: Request, response: Response): Promise<void> {
    const place = await places.findLatest(request)
    response.redirect(303, place ? `/j/${place.meeting.joinCode}/waiting?plain=1` : '/j')
  }

  return Router().get('/j/plan', findPlan).get('/j/:code/waiting', showWaiting).get('/j/:code/plan', showPlan)
}
