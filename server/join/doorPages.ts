import { Router, urlencoded, type Request, type Response } from 'express'
import { Language } from '../../shared/meeting'
import type { Access, Membership } from '../access/Access'
import { COOKIES, setCookie } from '../access/cookies'
import { readJoinCode } from '../meetings/joinCode'
import type { AskToComeIn } from '../meetings/askToComeIn'
import { keepLanguage, type Desk } from './desk'
import type { Places } from './places'
import { NOTHING_TYPED, readDoorForm, type Typed } from './readDoorForm'
import { renderCode } from './renderCode'
import { renderDoor } from './renderDoor'

interface Needs {
  access: Access
  places: Places
  desk: Desk
  askToComeIn: AskToComeIn
}

const CODE_MAX = 24
const readForm = urlencoded({ extended: false, limit: '8kb', parameterLimit: 20 })

/** The hidden field in which the form remembers its language. */
function languageIn(form: unknown): Language | undefined {
  return Language.safeParse((form as { language?: unknown } | undefined)?.language).data
}

function typedBy({ name, role, agency }: Membership): Typed {
  return { name, role, agency: agency ?? '' }
}

/** Asking to come in: the form behind a meeting's link, and the field for a code. */
export function createDoorPages({ access, places, desk, askToComeIn }: Needs): Router {
  async function showDoor(request: Request, response: Response): Promise<void> {
    const present = await places.findPresent(request)
    const changing = present?.membership.state === 'waiting' && request.query['change'] === '1'
    if (present && !changing) {
      response.redirect(303, `/j/${present.meeting.joinCode}/waiting${keepLanguage(request)}`)
      return
    }
    const meeting = present?.meeting ?? (await places.findDoor(request))
    const voice = desk.voiceFor(request, present?.membership.language)
    const sign = await desk.signOf(meeting, voice.language)
    const typed = present ? typedBy(present.membership) : NOTHING_TYPED
    response.send(renderDoor(voice, { sign, typed, mistakes: [], changing }))
  }

  async function takeForm(request: Request, response: Response): Promise<void> {
    const present = await places.findPresent(request)
    const meeting = present?.meeting ?? (await places.findDoor(request))
    const voice = desk.voiceFor(request, languageIn(request.body))
    const read = readDoorForm(request.body)
    if ('mistakes' in read) {
      const sign = await desk.signOf(meeting, voice.language)
      response.status(400).send(renderDoor(voice, { sign, ...read, changing: present !== null }))
      return
    }
    const { session } = await access.anyone(request)
    const guest = { ...read.guest, language: voice.language, session }
    const { token } = await askToComeIn({ ...guest, code: meeting.joinCode })
    if (token) setCookie(request, response, COOKIES.person, token)
    response.redirect(303, `/j/${meeting.joinCode}/waiting`)
  }

  function showCode(request: Request, response: Response): void {
    const { code } = request.query
    const typed = typeof code === 'string' ? code.trim().slice(0, CODE_MAX) : ''
    if (typed) response.redirect(303, `/j/${readJoinCode(typed) ?? encodeURIComponent(typed)}${keepLanguage(request)}`)
    else response.send(renderCode(desk.voiceFor(request)))
  }

  return Router().get('/j', showCode).get('/j/:code', showDoor).post('/j/:code', readForm, takeForm)
}
