import { Router } from 'express'
import type { Access } from '../access/Access'
import { COOKIES, setCookie } from '../access/cookies'
import { serve } from '../http/serve'
import type { AskToComeIn } from './askToComeIn'
import { readJoinCode } from './joinCode'
import type { Meetings } from './meetings'

/** Looks a code up for somebody while holding back whoever tries codes. */
interface Guesses {
  /** @throws join/unknown-code where `find` tells null; join/locked after too many of these */
  look<T>(address: string | undefined, code: string, find: () => Promise<T | null>): Promise<T>
}

interface Needs {
  access: Access
  guesses: Guesses
  meetings: Meetings
  askToComeIn: AskToComeIn
}

export function createJoinRoutes({ access, guesses, meetings, askToComeIn }: Needs): Router {
  const router = Router()

  serve(router, 'join', access.anyone, async ({ visitor: { session }, body, request, response }) => {
    // Who is there already is not asked for a code that still opens the door.
    const present = session && (await askToComeIn.isPresent(body.code, session))
    if (!present) await guesses.look(request.ip, readJoinCode(body.code) ?? '', () => meetings.findDoor(body.code))
    const { door, token } = await askToComeIn({ ...body, session })
    if (token) setCookie(request, response, COOKIES.person, token)
    return door
  })

  return router
}
