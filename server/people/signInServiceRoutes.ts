import { Router, type Request } from 'express'
import type { Logger } from 'pino'
import { PlanError } from '../../shared/errors'
import type { Access } from '../access/Access'
import { clearCookie, COOKIES, readCookie, setCookie } from '../access/cookies'
import type { Config } from '../config'
import { addressGroup } from '../http/addressGroup'
import { Limiter } from '../http/Limiter'
import { withoutContent } from '../http/withoutContent'
import type { People } from './people'
import type { SigningIn } from './signingIn'
import type { SignInService } from './signInService'

interface Needs {
  access: Access
  config: Config
  people: People
  signingIn: SigningIn
  service: SignInService
  log: Logger
}

/** How many may set out from one address in a quarter of an hour: a whole office signs in, a flood does not. */
const SETTING_OUT = { points: 100, duration: 15 * 60 }
const BACK_PATH = '/signin/back'

/** The path to go to in the end: only one of our own, so no link can send a person elsewhere. */
function ownPath(wish: unknown): string {
  if (typeof wish !== 'string' || !/^\/(?![/\\])/.test(wish) || !URL.canParse(wish, 'http://own')) return '/'
  const url = new URL(wish, 'http://own')
  return url.host === 'own' ? url.pathname + url.search : '/'
}

/** The two addresses that browsers are sent through; what goes wrong is said on the sign-in page. */
export function createSignInServiceRoutes({ access, config, people, signingIn, service, log }: Needs): Router {
  const router = Router()
  const limit = new Limiter(SETTING_OUT)
  const here = (request: Request) => config.publicUrl ?? `${request.protocol}://${request.host}`

  function problemPath(error: unknown): string {
    const known = error instanceof PlanError ? error : new PlanError('session/service-failed', { cause: error })
    if (known.cause) log.warn(withoutContent(known.cause), 'the sign-in service did not let somebody in')
    return `/signin?problem=${encodeURIComponent(known.code)}`
  }

  async function setOut(request: Request): Promise<{ url: string; token: string }> {
    await limit.consume(addressGroup(request.ip)).catch((error: unknown) => {
      throw error instanceof Error ? error : new PlanError('request/too-many')
    })
    return service.setOut(here(request) + BACK_PATH, ownPath(request.query['back']))
  }

  router.get('/signin/service', async (request, response) => {
    try {
      const { url, token } = await setOut(request)
      setCookie(request, response, COOKIES.service, token)
      response.redirect(303, url)
    } catch (error) {
      response.redirect(303, problemPath(error))
    }
  })

  router.get(BACK_PATH, async (request, response) => {
    clearCookie(request, response, COOKIES.service)
    try {
      const url = new URL(request.originalUrl, here(request))
      const arrival = await service.comeBack(url, readCookie(request.headers.cookie, COOKIES.service))
      const person = await people.recogniseFrom(arrival.service, arrival.email)
      const { session } = await access.anyone(request)
      await signingIn.begin(person, session, request, response)
      response.redirect(303, arrival.back)
    } catch (error) {
      response.redirect(303, problemPath(error))
    }
  })

  return router
}
