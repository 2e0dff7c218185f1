import { Router } from 'express'
import { PlanError } from '../../shared/errors'
import type { Access } from '../access/Access'
import { COOKIES, setCookie } from '../access/cookies'
import { serve } from '../http/serve'
import type { AskToComeIn, AtTheDoor } from './askToComeIn'
import { readJoinCode } from './joinCode'

/** Looks a code up for somebody while holding back whoever tries codes. */
interface Guesses {
  /** @throws join/unknown-code where `find` tells null; join/locked after too many of these */
  look<T>(address: string | undefined, code: string, find: () => Promise<T | null>): Promise<T>
}

interface Needs {
  access: Access
  guesses: Guesses
  askToComeIn: AskToComeIn
}

export function createJoinRoutes({ access, guesses, askToComeIn }: Needs): Router {
  const router = Router()

  serve(router, 'join', access.anyone, async ({ visitor: { session }, body, request, response }) => {
    const find = () => askToComeIn({ ...body, session }).catch(nullForUnknownCode)
    const { door, token } = await guesses.look(request.ip, readJoinCode(body.code) ?? '', find)
    if (token) setCookie(request, response, COOKIES.person, token)
    return door
  })

  return router
}

function nullForUnknownCode(error: unknown): AtTheDoor | null {
  if (error instanceof PlanError && error.code === 'join/unknown-code') return null
  throw error
}
